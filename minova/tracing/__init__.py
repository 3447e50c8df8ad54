"""The way of one request through minova, as a tree with times: what `minova-manage trace` shows.

    recorder      the tree, and where in it the request is
    instruments   what is put around the parts of minova while a request is traced, and taken off again
    rendering     the tree as text, and as a page

Nothing in minova knows this package, and without a trace nothing of it is in the way of a request.
"""
