"""minova-manage identity: hashes, and users files before the service reads them."""

import io

import pytest

from minova.cmd import manage
from minova.identity import passwords


@pytest.fixture
def run(minova_configured, capsys, monkeypatch):
    """Run minova-manage with something to read: (status, out, err)."""
    # The configuration is the test's; a second reading of it would undo that.
    monkeypatch.setattr(manage.config, 'parse_args', lambda *args: None)

    def run(*args: str, stdin: str = '') -> tuple[int, str, str]:
        monkeypatch.setattr('sys.stdin', io.StringIO(stdin))
        status = manage.main(args)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_hash(run):
    status, out, err = run('identity', 'hash', stdin='my password \nmore\n')
    assert (status, err) == (0, '')
    assert passwords.is_hash(out.strip()) and passwords.matches('my password ', out.strip())
    assert run('identity', 'hash') == (1, '', 'minova-manage: There is no password.\n')


def test_a_users_file(run, tmp_path):
    status, out, err = run('identity', 'check')
    assert (status, err) == (0, '')
    assert [line.split() for line in out.splitlines()[1:]] == [
        ['minova', 'Default', 'project', 'service', 'service'],
        ['admin', 'Default', 'project', 'admin', 'admin'],
        ['admin', 'Default', 'project', 'demo', 'admin'],
        ['admin', 'Default', 'domain', 'Default', 'admin'],
        ['admin', 'Default', 'system', 'admin'],
        ['demo', 'Default', 'project', 'demo', 'member']]
    broken = tmp_path / 'users.yaml'
    broken.write_text('users: [{name: ann, password: secret, projects: {blue: [member]}}]')
    status, out, err = run('identity', 'check', '--file', str(broken))
    assert (status, out) == (1, '')
    assert err.endswith('user ann: there is no project blue\n') and 'secret' not in err
