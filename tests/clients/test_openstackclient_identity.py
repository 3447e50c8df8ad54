"""What python-openstackclient asks of identity."""

import json

from tests.clients.registry import require
from tests.clients.shells import Shell

pytestmark = require("python-openstackclient")


def names(rows: list[dict]) -> set[str]:
    return {row["Name"] for row in rows}


def test_token(openstack, cloud):
    token = openstack.json("token issue")
    environment = {"OS_AUTH_TYPE": "token", "OS_TOKEN": token["id"], "OS_AUTH_URL": cloud.auth_url,
                   "OS_PROJECT_ID": token["project_id"]}
    with Shell("openstack", environment) as with_token:
        assert with_token.json("token issue")["user_id"] == token["user_id"]
        openstack("token revoke", token["id"])
        assert "401" in with_token.refused("server list")


def test_a_wrong_password(cloud):
    with Shell("openstack", cloud.environment("demo") | {"OS_PASSWORD": "wrong"}) as stranger:
        assert "The request you have made requires authentication" in stranger.refused("server list")


def test_catalog(openstack, admin):
    assert {"identity", "compute", "image", "network", "volumev3"} <= {
        row["Type"] for row in openstack.json("catalog list")}
    assert "/v2.1" in openstack("catalog show compute")
    rows = admin.json("endpoint list --service compute --interface public")
    assert [row["Region"] for row in rows] == ["RegionOne"]
    assert admin.json("endpoint show", rows[0]["ID"])["url"] == rows[0]["URL"]
    assert "nova" in names(admin.json("service list --long"))
    assert admin.json("service show compute")["type"] == "compute"
    assert "RegionOne" in {row["Region"] for row in admin.json("region list")}


def test_projects(openstack, admin):
    assert {"admin", "demo"} <= names(admin.json("project list --long"))
    assert admin.json("project show demo")["name"] == "demo"
    assert names(openstack.json("project list --my-projects")) == {"demo"}
    assert openstack.json("project show", openstack.json("token issue")["project_id"])["enabled"] is True
    assert "No Project found for nosuch" in admin.refused("project show nosuch")


def test_users_and_roles(openstack, admin):
    assert {"admin", "demo"} <= names(admin.json("user list --long"))
    assert admin.json("user show demo")["name"] == "demo"
    assert {"admin", "member"} <= names(admin.json("role list"))
    assert admin.json("role show admin")["name"] == "admin"
    rows = admin.json("role assignment list --names --user demo --project demo")
    assert "member" in {row["Role"] for row in rows} and {row["User"] for row in rows} == {"demo@Default"}
    assert "403" in openstack.refused("user list")
    assert "Default" in names(admin.json("domain list"))
    assert admin.json("domain show default")["name"] == "Default"


def test_application_credentials(openstack, cloud, new):
    name = new("credential")
    created = openstack.json("application credential create --secret s3cret --description deploys", name)
    environment = {
        "OS_AUTH_TYPE": "v3applicationcredential", "OS_AUTH_URL": cloud.auth_url,
        "OS_APPLICATION_CREDENTIAL_ID": created["id"] if "id" in created else created["ID"],
        "OS_APPLICATION_CREDENTIAL_SECRET": "s3cret"}
    with Shell("openstack", environment) as deploys:
        assert isinstance(json.loads(deploys("server list -f json")), list)
        assert name in names(openstack.json("application credential list"))
        openstack("application credential show", name)
        openstack("application credential delete", name)
        assert "401" in deploys.refused("server list")
