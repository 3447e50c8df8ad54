"""The image API: Glance's v2, over minova.image.

    app         the application, and errors in Glance's form
    versions    which versions there are, without a token
    images      the images themselves; filters reads the query of their list, patches what is to be changed
    data        their content
    tags, members       what is put on an image, and whom it is shared with
    schemas     what clients may send, and what they are told about it
    common      how an image looks, and what all controllers ask
"""
