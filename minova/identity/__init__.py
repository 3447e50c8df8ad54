"""Users, projects and tokens: what the identity API is thin over.

    directory                 who there is, as the users file says
    users_file                reads that file
    passwords                 hashes, and comparing without telling how much was right
    keys                      what tokens are signed with
    tokens                    makes tokens, and says whose they are
    login                     from what a client shows to a token
    application_credentials   what a user gives to a program instead of a password
    catalog                   which services there are, and where
    authtoken                 how the other APIs of this installation ask about tokens

A token carries its own contents, signed. In the database are only those that were revoked before their
time, and application credentials. Nothing here knows HTTP.
"""
