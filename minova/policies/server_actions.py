from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
START = 'os_compute_api:servers:start'
STOP = 'os_compute_api:servers:stop'
REBOOT = 'os_compute_api:servers:reboot'
REBUILD = 'os_compute_api:servers:rebuild'
RESIZE = 'os_compute_api:servers:resize'
CONFIRM_RESIZE = 'os_compute_api:servers:confirm_resize'
REVERT_RESIZE = 'os_compute_api:servers:revert_resize'
CREATE_IMAGE = 'os_compute_api:servers:create_image'


def list_rules():
    return [
        base.rule(START, '', 'Start a server.', _ACTION),
        base.rule(STOP, '', 'Stop a server.', _ACTION),
        base.rule(REBOOT, '', 'Reboot a server.', _ACTION),
        base.rule(REBUILD, '', 'Rebuild a server.', _ACTION),
        base.rule(RESIZE, '', 'Resize a server.', _ACTION),
        base.rule(CONFIRM_RESIZE, '', 'Confirm a resize.', _ACTION),
        base.rule(REVERT_RESIZE, '', 'Revert a resize.', _ACTION),
        base.rule(CREATE_IMAGE, '', 'Make an image of a server.', _ACTION),
    ]
