"""The volume API: Cinder's v3, over minova.volume.

    app             the application: the project in the URL, and errors in Cinder's form
    microversions   which version a request asks for, and what each brought
    versions        which versions there are, without a token
    volumes, volume_actions, snapshots, attachments, types, quotas, services     one noun each
    listing         pages, sorting and filters
    actions         one URL for many things to do
    views           what they look like
    schemas         what clients may send
"""
