"""The simulated hypervisors: how many, how slow, how unreliable."""

from oslo_config import cfg

fake_group = cfg.OptGroup("fake", title="Simulated hypervisors")

fake_opts = [
    cfg.ListOpt(
        "hosts",
        default=["compute"],
        help="Names of the simulated compute hosts, comma-separated.",
    ),
    cfg.ListOpt(
        "nodes",
        default=[],
        help="Names of the hypervisors (nodes) of these hosts, in the same order. A host for which "
        "none is left has one of its own name.",
    ),
    cfg.ListOpt(
        "services",
        default=["nova-conductor", "nova-compute", "nova-cert", "nova-consoleauth", "nova-network",
                 "nova-scheduler"],
        help="Services of the simulated deployment, comma-separated. There is one nova-compute per "
        "host; each of the others runs on a host that has its name without the nova-.",
    ),
    cfg.IntOpt(
        "vcpus",
        default=64,
        min=1,
        help="Physical CPUs of a simulated host.",
    ),
    cfg.IntOpt(
        "memory_mb",
        default=524288,
        min=1,
        help="Memory of a simulated host, in MiB.",
    ),
    cfg.IntOpt(
        "local_gb",
        default=65536,
        min=0,
        help="Disk of a simulated host, in GiB.",
    ),
    cfg.FloatOpt(
        "boot_seconds",
        default=1.0,
        min=0.0,
        mutable=True,
        help="Seconds that a server takes from BUILD to ACTIVE.",
    ),
    cfg.FloatOpt(
        "action_seconds",
        default=0.5,
        min=0.0,
        mutable=True,
        help="Seconds that any other action on a server takes.",
    ),
    cfg.IntOpt(
        "fail_builds",
        default=0,
        min=0,
        mutable=True,
        help="How many of the servers that are built next end in ERROR.",
    ),
    cfg.DictOpt(
        "transition_seconds",
        default={},
        mutable=True,
        help="How long single transitions take, in seconds or as a range of them, from which it is "
        "chosen at random: resize:5-10,delete:0.5. See docs/simulation.md for their names.",
    ),
    cfg.DictOpt(
        "failure_share",
        default={},
        mutable=True,
        help="Which share of single transitions fails, from 0 to 1, as in build:0.1,migrate:0.5.",
    ),
    cfg.StrOpt(
        "failure_message",
        default="The simulated hypervisor was told to fail.",
        mutable=True,
        help="What such failures say.",
    ),
    cfg.BoolOpt(
        "track_power_state",
        default=False,
        mutable=True,
        help="A server that is stopped, paused or suspended is so for its hypervisor too: its "
        "power_state says it, and when it was resized while it was stopped, it is stopped again "
        "once that is confirmed. Off: whatever exists runs, as with Nova's fake driver.",
    ),
    cfg.BoolOpt(
        "enable_control",
        default=False,
        help="Let administrators change all of this while the service runs, by the API extension "
        "os-minova-simulator. The simulated hypervisors then look into the database before and "
        "while they do anything.",
    ),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_group(fake_group)
    conf.register_opts(fake_opts, group=fake_group)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"fake": fake_opts}
