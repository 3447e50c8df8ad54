"""Names of addresses."""

import abc


class DNSAPI(abc.ABC):
    """A domain is a dict: domain, scope ('public' or 'private'), project, availability_zone."""

    @abc.abstractmethod
    def get_dns_domains(self, context) -> list[dict]:
        """All domains."""

    @abc.abstractmethod
    def put_dns_domain(self, context, domain: str, scope: str, project: str | None,
                       availability_zone: str | None) -> None:
        """Make the domain, or change whose it is."""

    @abc.abstractmethod
    def delete_dns_domain(self, context, domain: str) -> None:
        """Remove the domain and its entries. Raises NotFound, also after removing a private one."""

    @abc.abstractmethod
    def get_dns_entries_by_name(self, context, name: str, domain: str) -> list[str]:
        """The addresses of the name."""

    @abc.abstractmethod
    def get_dns_entries_by_address(self, context, address: str, domain: str) -> list[str]:
        """The names of the address."""

    @abc.abstractmethod
    def put_dns_entry(self, context, name: str, address: str, dns_type: str, domain: str) -> None:
        """Make the entry, or change its address. The domain need not be known."""

    @abc.abstractmethod
    def delete_dns_entry(self, context, name: str, domain: str) -> None:
        """Raises NotFound."""
