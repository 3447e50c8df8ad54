"""Passwords and their hashes."""

import pytest

from minova.identity import passwords

# As Keystone (passlib) writes it: salt 0123456789abcdef.
CORRECT_HORSE = '$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OAkZqUBelG6VIYdTJfYSENL5OmZRxMa3GwXn5oFliTg'


def test_a_hash_is_of_its_password_alone():
    kept = passwords.hashed('höhere mächte')
    assert passwords.is_hash(kept) and 'mächte' not in kept
    assert passwords.matches('höhere mächte', kept)
    assert not passwords.matches('höhere mächte ', kept)
    assert not passwords.matches(kept, kept)
    assert passwords.hashed('höhere mächte') != kept


def test_a_hash_from_elsewhere():
    assert passwords.is_hash(CORRECT_HORSE)
    assert passwords.matches('correct horse', CORRECT_HORSE)
    assert not passwords.matches('wrong horse', CORRECT_HORSE)


def test_a_plain_password():
    assert not passwords.is_hash('plain')
    assert passwords.matches('plain', 'plain')
    assert not passwords.matches('plai', 'plain')
    assert not passwords.matches('', 'plain')


@pytest.mark.parametrize('kept', [
    '$scrypt$', '$scrypt$ln=16,r=8$AAAA$BBBB', '$scrypt$ln=16,r=8,p=1$AAAA', '$scrypt$ln=16,r=8,p=1$A$AAAA',
    '$scrypt$ln=40,r=8,p=1$AAAA$AAAA', '$scrypt$ln=0,r=8,p=1$AAAA$AAAA', '$scrypt$ln=4,r=0,p=1$AAAA$AAAA'])
def test_what_looks_like_a_hash_and_is_none(kept):
    with pytest.raises(ValueError, match='its hash'):
        passwords.is_hash(kept)
