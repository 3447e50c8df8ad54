"""X.509 certificates for the users of a cloud."""

import abc


class CertificateAPI(abc.ABC):

    @abc.abstractmethod
    def get_root(self, context) -> str:
        """The certificate (PEM) of the authority that signs the others."""

    @abc.abstractmethod
    def create(self, context) -> tuple[str, str]:
        """A new certificate for the context's user and project: (private key, certificate).

        The key is PEM and not kept. The certificate is PEM, with the same in words before it.
        """
