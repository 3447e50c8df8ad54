"""The file of signing keys: made once, by one of many, for its owner alone."""

import threading

import pytest
from cryptography.fernet import Fernet

from minova import exception
from minova.conf import CONF
from minova.identity import keys


@pytest.fixture
def path(minova_configured, tmp_path):
    before = CONF.state_path
    CONF.set_override('state_path', str(tmp_path / 'state'))
    keys.reset()
    yield tmp_path / 'state' / 'identity.keys'
    CONF.set_override('state_path', before)
    keys.reset()


def test_made_at_first_use_and_kept(path):
    token = keys.current().fernet.encrypt(b'claims')
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ['identity.keys']
    keys.reset()
    assert keys.current().fernet.decrypt(token) == b'claims'


def test_of_many_that_start_at_once_one_makes_it(path):
    found, barrier = [], threading.Barrier(8)

    def read():
        barrier.wait()
        found.append(keys._read(str(path)))

    threads = [threading.Thread(target=read) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(each == found[0] for each in found)
    assert [each.name for each in path.parent.iterdir()] == ['identity.keys']


def test_a_new_first_key_takes_over(path):
    old = keys.current().fernet.encrypt(b'claims')
    derived = keys.current().derive('something')
    path.write_text(Fernet.generate_key().decode() + '\n' + path.read_text())
    keys.reset()
    assert keys.current().fernet.decrypt(old) == b'claims'
    assert keys.current().derive('something') != derived
    assert keys.current().derive('something') != keys.current().derive('something else')


@pytest.mark.parametrize('text', ['', 'secret\n', 'é'])
def test_a_file_that_has_no_keys(path, text):
    path.parent.mkdir()
    path.write_bytes(text.encode())
    with pytest.raises(exception.SigningKeysInvalid) as caught:
        keys.current()
    assert str(path) in str(caught.value) and 'secret' not in str(caught.value)


def test_one_that_everybody_reads_is_worth_a_warning(path, caplog):
    path.parent.mkdir()
    path.write_bytes(Fernet.generate_key())
    path.chmod(0o644)
    keys.current()
    assert 'can be read by others' in caplog.text
