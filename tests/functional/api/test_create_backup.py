"""createBackup: what is asked for, and what the image gets of it."""

import pytest

IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b'


@pytest.mark.parametrize('metadata, message', [
    ({'k': 'v', 'a/b': 'v', 'n': 1}, None),
    ({'': 'v'}, 'Image metadata key cannot be blank'),
    ({'k' * 256: 'v'}, 'Image metadata key too long'),
    ([], "Invalid input for field/attribute metadata. Value: []. [] is not of type 'object'"),
])
def test_metadata(minova_client, metadata, message):
    server = minova_client.boot()['id']
    answer = minova_client.post(f'/servers/{server}/action', {'createBackup': {
        'name': 'b', 'backup_type': 'daily', 'rotation': 1, 'metadata': metadata}})
    if message:
        assert (answer.status, answer.message) == (400, message)
        return
    assert answer.status == 202, answer.text
    image = minova_client.get(f"/images/{answer.headers['Location'].rpartition('/')[2]}").json['image']
    assert {key: str(value) for key, value in metadata.items()}.items() <= image['metadata'].items()
