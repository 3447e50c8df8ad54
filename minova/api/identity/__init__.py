"""The identity API: Keystone's v3, over minova.identity.

    app         the application: whose token a request has, and errors in Keystone's form
    versions    which versions there are, without a token
    tokens      logging in, and asking about tokens
    users, projects, roles, services, application_credentials     one noun each
    read_only   what a Keystone would let an administrator change
    views       what they look like
    schemas     what clients may send
"""
