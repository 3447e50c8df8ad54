"""The network API: Neutron's v2.0, over the nouns of `minova.network.contract.NeutronAPI`.

    app         the application, and errors in Neutron's form
    versions    which versions there are, without a token, and which resources
    nouns       what each noun is called, and its attributes: who may send, see and search what
    checks      what attributes must be like
    bodies      requests to create and to change
    lists       the query of a list, and how things look
    resources   listing, showing, creating, changing and deleting, the same for all nouns
    routers     the interfaces of routers
    quotas      how much a project may have
    extensions  what clients ask for before they use it
"""
