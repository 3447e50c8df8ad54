"""The default backend's own certificate authority.

The authority's key and certificate are one file below state_path, made when first needed. Whoever
may read that file may sign, so only the service's own user may.
"""

import datetime
import os
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from minova.conf import CONF

_KEY_BITS = 2048
_ROOT_DAYS = 3650
_USER_DAYS = 365


def root() -> str:
    """The certificate of the authority, as PEM."""
    return _pem(_authority()[1])


def issue(common_name: str) -> tuple[str, str, int]:
    """A new key and its certificate: (key as PEM, certificate in words and as PEM, number)."""
    authority_key, authority = _authority()
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    subject = _name('OpenStack', unit='NovaDev', common_name=common_name)
    certificate = _sign(subject, key.public_key(), authority.subject, authority_key,
                        _USER_DAYS, is_authority=False)
    return _key_pem(key), f'{_describe(certificate)}{_pem(certificate)}', certificate.serial_number


def _authority() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    folder = os.path.join(CONF.state_path, 'CA')
    path = os.path.join(folder, 'authority.pem')
    if not os.path.exists(path):
        _make_authority(folder, path)
    with open(path, 'rb') as f:
        pem = f.read()
    return (serialization.load_pem_private_key(pem, password=None),
            x509.load_pem_x509_certificate(pem))


def _make_authority(folder: str, path: str) -> None:
    """Write the file; of several processes that do so at once, one wins."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = _name('NOVA ROOT')
    certificate = _sign(name, key.public_key(), name, key, _ROOT_DAYS, is_authority=True)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder)    # for the owner's eyes only
    try:
        with os.fdopen(descriptor, 'w') as f:
            f.write(_key_pem(key) + _pem(certificate))
        try:
            os.link(temporary, path)
        except FileExistsError:
            return      # another's; both would have done
    finally:
        os.unlink(temporary)


def _name(organization: str, unit: str | None = None, common_name: str | None = None) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, 'US'), (NameOID.STATE_OR_PROVINCE_NAME, 'California'),
             (NameOID.ORGANIZATION_NAME, organization)]
    if unit:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    if common_name:
        parts.append((NameOID.COMMON_NAME, common_name[:64]))     # X.509 has no room for more
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _sign(subject: x509.Name, public_key, issuer: x509.Name, issuer_key: rsa.RSAPrivateKey,
          days: int, is_authority: bool) -> x509.Certificate:
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256()))


def _describe(certificate: x509.Certificate) -> str:
    """The certificate in words, as `openssl x509 -text` begins."""
    return (
        'Certificate:\n'
        '    Data:\n'
        f'        Version: {certificate.version.value + 1} (0x{certificate.version.value:x})\n'
        f'        Serial Number: {certificate.serial_number}'
        f' (0x{certificate.serial_number:x})\n'
        '        Signature Algorithm: sha256WithRSAEncryption\n'
        f'        Issuer: {certificate.issuer.rfc4514_string()}\n'
        '        Validity\n'
        f'            Not Before: {certificate.not_valid_before_utc:%b %d %H:%M:%S %Y} GMT\n'
        f'            Not After : {certificate.not_valid_after_utc:%b %d %H:%M:%S %Y} GMT\n'
        f'        Subject: {certificate.subject.rfc4514_string()}\n')


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption()).decode()
