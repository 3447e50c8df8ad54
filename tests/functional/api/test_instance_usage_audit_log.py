"""What the hosts reported of the usage of servers."""

import datetime

from minova.db import engine
from minova.db import tables as t

URL = "/os-instance_usage_audit_log"


def report(host: str, state: str, items: int = 0, errors: int = 0) -> None:
    with engine.writer() as conn:
        conn.execute(t.task_log.insert().values(
            task_name="instance_usage_audit", host=host, state=state, task_items=items,
            errors=errors, message="m", period_beginning=datetime.datetime(2012, 6, 1),
            period_ending=datetime.datetime(2012, 7, 1)))


def test_a_host_that_did_not_report(client):
    answer = client.get(f"{URL}/2012-07-05%2010:00:00")
    assert answer.json == {"instance_usage_audit_log": {
        "hosts_not_run": ["compute"], "log": {}, "num_hosts": 1, "num_hosts_done": 0,
        "num_hosts_not_run": 1, "num_hosts_running": 0,
        "overall_status": "0 of 1 hosts done. 0 errors.",
        "period_beginning": "2012-06-01 00:00:00", "period_ending": "2012-07-01 00:00:00",
        "total_errors": 0, "total_instances": 0}}


def test_reports_are_summed_up(client):
    report("compute", "DONE", items=3, errors=1)
    audit = client.get(f"{URL}/2012-07-05%2010:00:00.5").json["instance_usage_audit_log"]
    assert audit["overall_status"] == "ALL hosts done. 1 errors."
    assert (audit["total_instances"], audit["total_errors"]) == (3, 1)
    assert audit["log"] == {
        "compute": {"state": "DONE", "instances": 3, "errors": 1, "message": "m"}}
    other = client.get(f"{URL}/2012-08-05%2010:00:00").json["instance_usage_audit_log"]
    assert other["log"] == {}


def test_a_host_at_work(client):
    report("compute", "RUNNING")
    audit = client.get(f"{URL}/2012-07-05%2010:00:00").json["instance_usage_audit_log"]
    assert (audit["num_hosts_running"], audit["num_hosts_not_run"]) == (1, 0)


def test_the_index_is_of_the_last_period(client):
    audit = client.get(URL).json["instance_usage_audit_logs"]
    ending = datetime.datetime.fromisoformat(audit["period_ending"])
    assert ending.day == 1
    assert datetime.timedelta(0) < datetime.datetime.now() - ending < datetime.timedelta(31.1)


def test_bad_times(client):
    for text in ("x", "2012-07-05", "0001-01-01%2000:00:00"):
        answer = client.get(f"{URL}/{text}")
        assert answer.status == 400
        assert answer.message == f"Invalid timestamp for date {text.replace('%20', ' ')}"


def test_administrators_only(client):
    for path in (URL, f"{URL}/x"):
        answer = client.get(path, user="demo", project="p")
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-instance-usage-audit-log to be "
                 "performed.")
