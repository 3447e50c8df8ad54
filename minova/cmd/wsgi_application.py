"""The compute API as `application`, made when this module is imported: for uWSGI and mod_wsgi."""

from minova.cmd import wsgi

application = wsgi.init_application()
