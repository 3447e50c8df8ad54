"""The metadata service: HTTP for servers that ask about themselves.

`handler` finds out which server asks, `tree` knows what it is told under which path, `network` and
`ec2` shape parts of that. Like the compute API it knows compute/ by its contract alone.
"""
