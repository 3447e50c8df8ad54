"""How limits look."""

#: Resource -> the names that its limit goes by.
_NAMES = {
    'instances': ('maxTotalInstances',),
    'cores': ('maxTotalCores',),
    'ram': ('maxTotalRAMSize',),
    'key_pairs': ('maxTotalKeypairs',),
    'floating_ips': ('maxTotalFloatingIps',),
    'metadata_items': ('maxServerMeta', 'maxImageMeta'),
    'injected_files': ('maxPersonality',),
    'injected_file_content_bytes': ('maxPersonalitySize',),
    'security_groups': ('maxSecurityGroups',),
    'security_group_rules': ('maxSecurityGroupRules',),
    'server_groups': ('maxServerGroups',),
    'server_group_members': ('maxServerGroupMembers',),
}


class ViewBuilder:

    def build(self, limits: dict[str, int]) -> dict:
        """`limits` by resource; -1, as everywhere, is no limit. Rates are not limited."""
        absolute = {name: limits[resource]
                    for resource, names in _NAMES.items() if resource in limits for name in names}
        return {'limits': {'rate': [], 'absolute': absolute}}
