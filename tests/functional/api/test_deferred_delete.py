"""restore and forceDelete."""


def test_who_may_not_restore_a_locked_server(minova_client):
    member = minova_client.as_user('demo', 'blue')
    server = member.boot()['id']
    assert member.post(f'/servers/{server}/action', {'lock': None}).status == 202
    for action, message in (('restore', f"Instance {server} is in an invalid state for 'restore'"),
                            ('forceDelete', f'Instance {server} is locked')):
        answer = member.post(f'/servers/{server}/action', {action: None})
        assert (answer.status, answer.message) == (409, message)
    answer = minova_client.post(f'/servers/{server}/action', {'restore': None}, project='blue')
    assert answer.message == f"Cannot 'restore' instance {server} while it is in vm_state active"
