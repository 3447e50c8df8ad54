"""What python-openstackclient asks of image."""

import pytest

from tests.clients.cloud import IMAGE
from tests.clients.registry import require
from tests.functional.processes import eventually

pytestmark = require("python-openstackclient")

CONTENT = bytes(range(256)) * 1000


def names(rows: list[dict]) -> set[str]:
    return {row["Name"] for row in rows}


@pytest.fixture
def image(openstack, new, tmp_path) -> str:
    """The name of an image with content, which is deleted after the test."""
    tmp_path.joinpath("image").write_bytes(CONTENT)
    name = new("image")
    openstack("image create --disk-format raw --container-format bare --property os_distro=mini --tag small"
              f" --file {tmp_path / 'image'} {name}")
    yield name
    openstack("image delete", name)


def test_content(openstack, image, tmp_path):
    shown = openstack.json("image show", image)
    assert (shown["status"], shown["size"], shown["visibility"]) == ("active", len(CONTENT), "shared")
    assert shown["properties"]["os_distro"] == "mini" and shown["tags"] == ["small"]
    openstack("image save --file", tmp_path / "saved", image)
    assert tmp_path.joinpath("saved").read_bytes() == CONTENT


def test_lists(openstack, admin, image):
    assert {image, IMAGE} <= names(openstack.json("image list"))
    row, = openstack.json("image list --long --name", image)
    assert (row["Disk Format"], row["Tags"]) == ("raw", ["small"])
    for words in ("--shared", "--property os_distro=mini", "--tag small", "--status active", "--limit 1000",
                  "--sort name:asc"):
        assert image in names(openstack.json(f"image list {words}")), words
    assert image not in names(openstack.json("image list --public"))
    assert image not in names(admin.json("image list --public"))


def test_changes(openstack, image):
    openstack("image set --property os_distro=mega --min-disk 1 --tag big --name", f"{image}-b", image)
    openstack("image unset --property os_distro --tag small", f"{image}-b")
    shown = openstack.json("image show", f"{image}-b")
    assert shown["min_disk"] == 1 and shown["tags"] == ["big"] and "os_distro" not in shown["properties"]
    openstack("image set --name", image, f"{image}-b")


def test_activation(admin, openstack, image, tmp_path):
    identity = openstack.json("image show", image)["id"]
    admin("image set --deactivate", identity)
    assert "Unable to download" in openstack.refused("image save --file", tmp_path / "saved", image)
    admin("image set --activate", identity)
    openstack("image save --file", tmp_path / "saved", image)


def test_protection(openstack, image):
    openstack("image set --protected", image)
    assert "protected" in openstack.refused("image delete", image)
    openstack("image set --unprotected", image)


def test_sharing(openstack, admin, cloud, image):
    shown = openstack.json("image show", image)
    openstack("image add project", image, cloud.session("admin").get_project_id())
    row, = openstack.json("image member list", image)
    assert row["Status"] == "pending"
    admin("image set --accept", shown["id"])
    member = cloud.session("admin").get_project_id()
    assert openstack.json("image member get", image, member)["status"] == "accepted"
    openstack("image remove project", image, cloud.session("admin").get_project_id())
    assert openstack.json("image member list", image) == []


def test_import(openstack, cloud, new, tmp_path):
    name = new("image")
    # The client cannot make one without content unless it has a terminal: it reads what comes on stdin.
    image = {"name": name, "disk_format": "raw", "container_format": "bare"}
    cloud.session("demo").post("/v2/images", json=image, endpoint_filter={"service_type": "image"})
    assert openstack.json("image show", name)["status"] == "queued"
    tmp_path.joinpath("image").write_bytes(CONTENT)
    assert "glance-direct" in openstack("image import info")
    openstack("image stage --file", tmp_path / "image", name)
    openstack("image import --method glance-direct", name)
    assert eventually(lambda: openstack.json("image show", name)["status"] == "active", "an imported image")
    openstack("image delete", name)


def test_a_member_publishes_nothing(openstack, image):
    assert "403" in openstack.refused("image set --public", image)
