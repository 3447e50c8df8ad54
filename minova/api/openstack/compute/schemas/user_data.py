"""user_data."""

server_create = {'user_data': {'type': 'string', 'format': 'base64'}}
