"""Making keys, and their fingerprints."""

import base64
import datetime
import hashlib

from cryptography import exceptions as crypto_exc
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from minova import exception

_BITS = 2048
_COMMENT = 'Generated-by-Nova'
_VALID_FOR = datetime.timedelta(days=3650)
#: The name of a Windows account in a certificate.
_USER_PRINCIPAL_NAME = ObjectIdentifier('1.3.6.1.4.1.311.20.2.3')


def _make_rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS)


def make_ssh() -> tuple[str, str, str]:
    """(private key as PEM, public key as OpenSSH writes it, fingerprint)."""
    key = _make_rsa()
    private_key = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption()).decode()
    public_key = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
    public_key = f'{public_key} {_COMMENT}'
    return private_key, public_key, ssh_fingerprint(public_key)


def ssh_fingerprint(public_key: str) -> str:
    """The MD5 fingerprint of a public key in OpenSSH's form. Raises InvalidKeypair."""
    try:
        _refuse_nul(public_key)
        serialization.load_ssh_public_key(public_key.encode())
        blob = base64.b64decode(public_key.split()[1])
    except (ValueError, IndexError, crypto_exc.UnsupportedAlgorithm):
        raise exception.InvalidKeypair(reason='failed to generate fingerprint') from None
    return _colons(hashlib.md5(blob, usedforsecurity=False).digest())


def make_x509(user_id: str) -> tuple[str, str, str]:
    """(base64 of a PKCS #12 file with key and certificate, certificate as PEM, fingerprint).

    The certificate lets the user log in to Windows servers by WinRM.
    """
    key = _make_rsa()
    # A common name has 64 characters at most.
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, user_id[:64])] if user_id else [])
    account = x509.OtherName(_USER_PRINCIPAL_NAME, _der_text(f'{user_id}@localhost'))
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now).not_valid_after(now + _VALID_FOR)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([account]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256()))
    bundle = pkcs12.serialize_key_and_certificates(
        None, key, certificate, None, serialization.NoEncryption())
    return (base64.b64encode(bundle).decode(),
            certificate.public_bytes(serialization.Encoding.PEM).decode(),
            _colons(certificate.fingerprint(hashes.SHA1())))


def x509_fingerprint(certificate: str) -> str:
    """The SHA-1 fingerprint of a certificate in PEM. Raises InvalidKeypair."""
    try:
        _refuse_nul(certificate)
        loaded = x509.load_pem_x509_certificate(certificate.encode())
    except ValueError:
        # What Nova's own library says.
        raise exception.InvalidKeypair(
            reason='failed to generate X509 fingerprint. Error message: Unable to load '
                   'certificate. See https://cryptography.io/en/latest/faq.html'
                   '#why-can-t-i-import-my-pem-file for more details.') from None
    return _colons(loaded.fingerprint(hashes.SHA1()))


def _refuse_nul(text: str) -> None:
    # In what follows the key the parsers let it pass; databases do not.
    if '\0' in text:
        raise ValueError('a NUL character')


def _colons(digest: bytes) -> str:
    return digest.hex(':')


def _der_text(text: str) -> bytes:
    """`text` as a DER UTF8String."""
    data = text.encode()
    length = len(data)
    if length < 0x80:
        return b'\x0c' + bytes([length]) + data
    size = length.to_bytes((length.bit_length() + 7) // 8, 'big')
    return b'\x0c' + bytes([0x80 | len(size)]) + size + data
