"""The quotas of a project for which nobody has set others. -1 means no limit."""

from oslo_config import cfg


def _quota(resource: str, default: int, what: str) -> cfg.IntOpt:
    return cfg.IntOpt(
        f"quota_{resource}", default=default, min=-1, mutable=True, help=f"{what} -1: no limit."
    )


quota_opts = [
    _quota("instances", 10, "Servers per project."),
    _quota("cores", 20, "Virtual CPUs per project."),
    _quota("ram", 50 * 1024, "MiB of memory per project."),
    _quota("floating_ips", 10, "Floating IP addresses per project."),
    _quota("fixed_ips", -1, "Fixed IP addresses per project, at least as many as servers."),
    _quota("metadata_items", 128, "Metadata items per server, and per image made from one."),
    _quota("injected_files", 5, "Files injected into a server."),
    _quota("injected_file_content_bytes", 10 * 1024, "Bytes per injected file."),
    _quota("injected_file_path_length", 255, "Bytes in the path of an injected file."),
    _quota("security_groups", 10, "Security groups per project."),
    _quota("security_group_rules", 20, "Rules per security group."),
    _quota("key_pairs", 100, "Key pairs per user."),
    _quota("server_groups", 10, "Server groups per project."),
    _quota("server_group_members", 10, "Servers per server group."),
    _quota("volumes", 10, "Volumes per project."),
    _quota("snapshots", 10, "Snapshots of volumes per project."),
    _quota("gigabytes", 1000, "GiB per project, in volumes and snapshots together."),
]


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(quota_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": quota_opts}
