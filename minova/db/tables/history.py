"""What was done to servers, and what went wrong."""

from sqlalchemy import Boolean, Column, Index, Integer, UniqueConstraint

from minova.db.tables.base import child_of, required, table, timestamps
from minova.db.types import DateTime, LongText, Name, Uuid, utcnow

instance_actions = table(
    "instance_actions",
    *timestamps(),
    required("instance_uuid", Uuid),
    required("action", Name),
    Column("request_id", Name),
    Column("user_id", Name),
    Column("project_id", Name),
    required("start_time", DateTime, default=utcnow),
    Column("finish_time", DateTime),
    Column("message", Name),
    Index(None, "instance_uuid", "created_at", "id"),
    Index(None, "request_id"),
)

instance_actions_events = table(
    "instance_actions_events",
    *timestamps(),
    child_of("action_id", "instance_actions"),
    required("event", Name),
    required("start_time", DateTime, default=utcnow),
    Column("finish_time", DateTime),
    Column("result", Name),
    Column("traceback", LongText),
    Column("host", Name),
    Column("details", LongText),
    Index(None, "action_id"),
)

instance_faults = table(
    "instance_faults",
    required("created_at", DateTime, default=utcnow),
    required("instance_uuid", Uuid),
    required("code", Integer),
    Column("message", Name),
    Column("details", LongText),
    Column("host", Name),
    Index(None, "instance_uuid", "created_at", "id"),
)

migrations = table(
    "migrations",
    *timestamps(),
    Column("source_compute", Name),
    Column("dest_compute", Name),
    Column("source_node", Name),
    Column("dest_node", Name),
    Column("dest_host", Name),
    Column("old_instance_type_id", Integer),
    Column("new_instance_type_id", Integer),
    required("instance_uuid", Uuid),
    Column("status", Name),
    Column("migration_type", Name),
    required("hidden", Boolean, default=False),
    Index(None, "instance_uuid", "status"),
    Index(None, "status"),
)

# One audit of usage by one host for one period.
task_log = table(
    "task_log",
    *timestamps(),
    required("task_name", Name),
    required("state", Name),
    required("host", Name),
    required("period_beginning", DateTime),
    required("period_ending", DateTime),
    required("message", Name, default=""),
    Column("task_items", Integer, default=0),
    Column("errors", Integer, default=0),
    UniqueConstraint("task_name", "host", "period_beginning", "period_ending"),
    Index(None, "period_beginning"),
    Index(None, "period_ending"),
)
