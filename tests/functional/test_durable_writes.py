"""Commits that wait for the disk, in real processes: from the first start on, in every worker."""

import contextlib
import json

import pytest

from tests.functional.processes import Process

HEADERS = {"X-Auth-Token": "admin:admin", "Content-Type": "application/json"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_new_database_is_written_to_by_all_workers(tmp_path, workers):
    process = Process(tmp_path, osapi_compute_workers=workers, quota_security_groups=-1,
                      database={"sqlite_synchronous": True})
    with process:
        for number in range(8):     # connections of their own: whichever worker takes them
            group = {"security_group": {"name": f"group-{number}", "description": "x"}}
            with contextlib.closing(process.connect()) as connection:
                connection.request("POST", "/v2.1/os-security-groups", json.dumps(group), HEADERS)
                response = connection.getresponse()
                assert response.status == 200, response.read()
        status, body = process.get("/v2.1/os-security-groups", **HEADERS)
        assert status == 200
        assert len(json.loads(body)["security_groups"]) == 9       # with the default one
