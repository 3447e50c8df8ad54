"""Where servers go: availability zones, filters, and how far a host may be overcommitted."""

from oslo_config import cfg

zone_opts = [
    cfg.StrOpt(
        "default_availability_zone",
        default="nova",
        help="Availability zone of the hosts that belong to no aggregate with a zone.",
    ),
    cfg.StrOpt(
        "internal_service_availability_zone",
        default="internal",
        help="Availability zone in which services other than nova-compute are shown.",
    ),
    cfg.StrOpt(
        "default_schedule_zone",
        help="Availability zone of servers whose request names none. Unset: any.",
    ),
]

ratio_opts = [
    cfg.FloatOpt(
        "cpu_allocation_ratio",
        default=16.0,
        min=0.0,
        help="Virtual CPUs that may be given out per physical CPU of a host.",
    ),
    cfg.FloatOpt(
        "ram_allocation_ratio",
        default=1.5,
        min=0.0,
        help="MiB of memory that may be given out per MiB of memory of a host.",
    ),
    cfg.FloatOpt(
        "disk_allocation_ratio",
        default=1.0,
        min=0.0,
        help="GiB of disk that may be given out per GiB of disk of a host.",
    ),
]

reserve_opts = [
    cfg.IntOpt(
        "reserved_host_memory_mb",
        default=512,
        min=0,
        help="Memory of a host that is kept for itself, in MiB.",
    ),
    cfg.IntOpt(
        "reserved_host_disk_mb",
        default=0,
        min=0,
        help="Disk of a host that is kept for itself, in MiB.",
    ),
]

filter_opts = [
    cfg.IntOpt(
        "scheduler_max_attempts",
        default=3,
        min=1,
        help="How often another host is looked for when one has no room left after all.",
    ),
    cfg.ListOpt(
        "scheduler_default_filters",
        default=[
            "RetryFilter",
            "AvailabilityZoneFilter",
            "RamFilter",
            "DiskFilter",
            "ComputeFilter",
            "ComputeCapabilitiesFilter",
            "ImagePropertiesFilter",
            "ServerGroupAntiAffinityFilter",
            "ServerGroupAffinityFilter",
        ],
        help="What a host must pass to get a server, comma-separated. There are also CoreFilter, "
        "AggregateInstanceExtraSpecsFilter, DifferentHostFilter, SameHostFilter and "
        "AllHostsFilter.",
    ),
    cfg.IntOpt(
        "scheduler_host_subset_size",
        default=1,
        min=1,
        help="A server goes to a random one of this many of the hosts with the most free memory.",
    ),
]

scheduler_opts = zone_opts + ratio_opts + reserve_opts + filter_opts


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(scheduler_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": scheduler_opts}
