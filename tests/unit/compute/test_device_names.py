"""What disks are called."""

import pytest

from minova import exception
from minova.compute import device_names


@pytest.mark.parametrize("root, used, wanted, name", [
    ("/dev/vda", [], None, "/dev/vdb"),
    ("/dev/sda", ["/dev/sda", "/dev/sdb"], None, "/dev/sdc"),
    ("vda", ["/dev/vdc"], None, "/dev/vdb"),
    ("/dev/sda1", [], None, "/dev/sdb"),
    ("/dev/vda", [], "/dev/vdf", "/dev/vdf"),
    ("/dev/vda", [], "/dev/sdc", "/dev/vdc"),
    ("/dev/xvda", [], "/dev/xvdd1", "/dev/xvdd"),
    ("/dev/vda", [f"/dev/vd{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"], None, "/dev/vdaa"),
])
def test_the_next_one(root, used, wanted, name):
    assert device_names.choose(root, used, wanted) == name


def test_taken_and_impossible_ones():
    with pytest.raises(exception.DevicePathInUse) as error:
        device_names.choose("/dev/vda", ["/dev/vdb"], "/dev/sdb")
    assert error.value.message == "The supplied device path (/dev/sdb) is in use."
    with pytest.raises(exception.DevicePathInUse):
        device_names.choose("/dev/vda", [], "/dev/vda")
    with pytest.raises(exception.InvalidDevicePath):
        device_names.choose("/dev/vda", [], "/dev/vd b")
