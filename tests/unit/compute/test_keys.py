"""Keys are what other tools take them for."""

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from minova import exception
from minova.compute import keys

RSA = ('ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE'
       '/F/pNRr0lRE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpv9FhY+2YiUkpwFOcLImyrxEsYXpD/0d3a'
       'c30bNH6Sw9JD9UZHYcpSxsIbECHw== Generated-by-Nova')
ED25519 = ('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl')


def test_ssh_fingerprint():
    assert keys.ssh_fingerprint(RSA) == '1e:2c:9b:56:79:4b:45:77:f9:ca:7a:98:2c:b0:d5:3c'
    assert keys.ssh_fingerprint(ED25519) == '65:96:2d:fc:e8:d5:a9:11:64:0c:0f:ea:00:6e:5b:bd'


@pytest.mark.parametrize('text', [
    '', 'ssh-rsa', 'garbage', 'ssh-rsa AAAA', 'ssh-rsa !', RSA + '\0', RSA[:60], 'ssh-nosuch AAAA',
    '-----BEGIN CERTIFICATE-----', 'é é'])
def test_ssh_fingerprint_of_what_is_no_key(text):
    with pytest.raises(exception.InvalidKeypair) as caught:
        keys.ssh_fingerprint(text)
    assert caught.value.message == 'Keypair data is invalid: failed to generate fingerprint'


def test_make_ssh():
    private_key, public_key, fingerprint = keys.make_ssh()
    assert private_key.startswith('-----BEGIN RSA PRIVATE KEY-----\n')
    loaded = serialization.load_pem_private_key(private_key.encode(), None)
    assert loaded.key_size == 2048
    assert (serialization.load_ssh_public_key(public_key.encode()).public_numbers()
            == loaded.public_key().public_numbers())
    assert public_key.endswith(' Generated-by-Nova')
    assert fingerprint == keys.ssh_fingerprint(public_key)


@pytest.mark.parametrize('user_id', ['fake', 'x' * 255, 'ü', ''])
def test_make_x509(user_id):
    bundle, certificate, fingerprint = keys.make_x509(user_id)
    key, in_bundle, others = pkcs12.load_key_and_certificates(base64.b64decode(bundle), None)
    loaded = x509.load_pem_x509_certificate(certificate.encode())
    assert in_bundle == loaded and others == []
    assert loaded.public_key().public_numbers() == key.public_key().public_numbers()
    assert loaded.issuer == loaded.subject
    assert [a.value for a in loaded.subject] == ([user_id[:64]] if user_id else [])
    account = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value[0]
    assert account.type_id.dotted_string == '1.3.6.1.4.1.311.20.2.3'
    assert account.value.endswith(f'{user_id}@localhost'.encode())
    assert fingerprint == keys.x509_fingerprint(certificate)
    assert len(fingerprint) == 59


@pytest.mark.parametrize('text, head', [
    ('a', '0c 01'), ('a' * 127, '0c 7f'), ('a' * 128, '0c 81 80'), ('é' * 150, '0c 82 01 2c')])
def test_the_account_in_a_certificate_is_der(text, head):
    assert keys._der_text(text) == bytes.fromhex(head) + text.encode()


@pytest.mark.parametrize('text', ['', 'garbage', RSA, '-----BEGIN CERTIFICATE-----\nAAAA\n'
                                  '-----END CERTIFICATE-----\n'])
def test_x509_fingerprint_of_what_is_no_certificate(text):
    with pytest.raises(exception.InvalidKeypair) as caught:
        keys.x509_fingerprint(text)
    assert caught.value.message.startswith(
        'Keypair data is invalid: failed to generate X509 fingerprint. Error message: Unable to ')
