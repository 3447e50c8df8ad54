"""The security context of one request: who asks, for which project, and what they may do."""

import datetime

from oslo_context import context

from minova import policy


class RequestContext(context.RequestContext):
    """Who is behind a request, in oslo.context's form, with Nova's names for the attributes.

    `is_admin` is worked out from the policy rule `context_is_admin` unless it is given.
    """

    def __init__(self, user_id=None, project_id=None, is_admin=None, remote_address=None,
                 timestamp=None, quota_class=None, service_catalog=None, **kwargs):
        super().__init__(user_id=user_id, project_id=project_id, is_admin=bool(is_admin), **kwargs)
        self.remote_address = remote_address
        self.timestamp = timestamp or datetime.datetime.now(datetime.timezone.utc)
        self.quota_class = quota_class
        self.service_catalog = service_catalog or []
        self._credentials = None
        self._own = None
        self._logging_values = None
        if is_admin is None:
            self.is_admin = policy.check_is_admin(self)

    def get_logging_values(self) -> dict:
        """oslo.context's, worked out once: each line of the log asks for them twice."""
        if self._logging_values is None:
            self._logging_values = super().get_logging_values()
        return self._logging_values

    @property
    def credentials(self) -> dict:
        """What policy rules are checked against; worked out once per request."""
        if self._credentials is None:
            self._credentials = {
                'user_id': self.user_id, 'project_id': self.project_id, 'tenant': self.project_id,
                'is_admin': self.is_admin, 'roles': self.roles, 'domain_id': self.domain_id,
                'user_domain_id': self.user_domain_id, 'project_domain_id': self.project_domain_id,
            }
        return self._credentials

    @property
    def own(self) -> dict:
        """The target of policy checks on what is the context's own, as most things are."""
        if self._own is None:
            self._own = {'project_id': self.project_id, 'user_id': self.user_id}
        return self._own

    def can(self, action: str, target: dict | None = None, fatal: bool = True) -> bool:
        """Whether this context may do `action` (a policy rule name).

        `target` is what it is done to; by default something of the context's own project and user.
        Raises PolicyNotAuthorized when it may not and `fatal` is true.
        """
        return policy.authorize(self, action, target, fatal)

    def elevated(self) -> 'RequestContext':
        """The same person with administrator rights, for what minova does on their behalf."""
        return RequestContext(
            user_id=self.user_id, project_id=self.project_id, is_admin=True, roles=self.roles,
            remote_address=self.remote_address, timestamp=self.timestamp, overwrite=False,
            quota_class=self.quota_class, request_id=self.request_id)


def get_admin_context() -> RequestContext:
    """A context for work that nobody asked for: start-up, periodic tasks."""
    return RequestContext(is_admin=True, overwrite=False)
