"""Certificates."""

import stat
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from minova.conf import CONF

MEMBER = {"user": "demo", "project": "p"}


def test_a_certificate_is_signed_by_the_root(client):
    root = client.get("/os-certificates/root", **MEMBER).json["certificate"]
    assert root["private_key"] is None
    assert client.get("/os-certificates/root").json["certificate"] == root
    answer = client.post("/os-certificates", **MEMBER)
    assert answer.status == 200
    made = answer.json["certificate"]
    text, begin, pem = made["data"].partition("-----BEGIN CERTIFICATE-----")
    certificate = x509.load_pem_x509_certificate((begin + pem).encode())
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(root["data"].encode()))
    key = serialization.load_pem_private_key(made["private_key"].encode(), password=None)
    assert certificate.public_key() == key.public_key()
    assert f"Serial Number: {certificate.serial_number} " in text
    assert "CN=p-demo" in certificate.subject.rfc4514_string()


def test_two_certificates_differ(client):
    first, second = (client.post("/os-certificates").json["certificate"] for _ in range(2))
    assert first["data"] != second["data"] and first["private_key"] != second["private_key"]


def test_the_authority_s_key_is_for_the_service_alone(client):
    client.get("/os-certificates/root")
    path = Path(CONF.state_path) / "CA" / "authority.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["authority.pem"]


def test_only_the_root_is_shown(client):
    answer = client.get("/os-certificates/nosuch")
    assert (answer.status, answer.message) == (501, "Only root certificate can be retrieved.")
    assert client.get("/os-certificates").status == 404
