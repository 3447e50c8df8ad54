"""One API request: WebOb's, with what the API looks up in it."""

import webob

from minova import exception
from minova.api.openstack import api_version_request, negotiation


class Request(webob.BaseRequest):
    """A request to a resource.

    Derives from BaseRequest because the attributes below are then plain ones; those of webob.Request go
    through a dictionary in the environ.
    """

    api_version_request = api_version_request.APIVersionRequest()

    def __init__(self, environ, **kwargs):
        super().__init__(environ, **kwargs)
        self._db_items = None
        #: What links to things begin with: (with the version, without it); see common.ViewBuilder.
        self.link_roots: tuple[str, str] | None = None

    @property
    def context(self):
        """Who asks (minova.context.RequestContext); None before the authentication filter."""
        return self.environ.get('nova.context')

    @property
    def is_legacy_v2(self) -> bool:
        """Whether the request came in at /v2 or /v1.1."""
        return 'minova.legacy_v2' in self.environ

    def set_api_version_request(self) -> None:
        """Raises InvalidAPIVersionString or InvalidGlobalAPIVersion."""
        self.api_version_request = api_version_request.from_header(
            None if self.is_legacy_v2
            else self.environ.get('HTTP_X_OPENSTACK_NOVA_API_VERSION'))

    def has_readable_query(self) -> bool:
        """Whether GET can be had: its escapes stand for UTF-8, without NUL, which no database looks for."""
        query = self.environ.get('QUERY_STRING', '')
        try:
            return '%' not in query or (self.GET is not None and '%00' not in query)
        except UnicodeDecodeError:
            return False

    def best_match_content_type(self) -> str:
        """What the answer is called: JSON, or its vendor name when the client insists on that."""
        return negotiation.answer_type(self.environ)

    def get_content_type(self) -> str:
        """What the body is called.

        Raises InvalidContentType for anything but JSON, in lower case.
        """
        content_type = self.environ.get('CONTENT_TYPE', '').partition(';')[0].strip()
        if content_type not in negotiation.CONTENT_TYPES:
            raise exception.InvalidContentType(content_type=content_type)
        return content_type

    # What a controller looked up is kept for the extensions that add to its answer.

    def cache_db_items(self, key: str, items: list[dict], item_key: str) -> None:
        if self._db_items is None:
            self._db_items = {}
        self._db_items.setdefault(key, {}).update((item[item_key], item) for item in items)

    def get_db_item(self, key: str, item_key) -> dict | None:
        return self._db_items[key].get(item_key) if self._db_items else None

    def cache_db_instances(self, instances: list[dict]) -> None:
        self.cache_db_items('instances', instances, 'uuid')

    def cache_db_instance(self, instance: dict) -> None:
        self.cache_db_items('instances', [instance], 'uuid')

    def get_db_instance(self, instance_uuid: str) -> dict:
        return self._db_items['instances'][instance_uuid]

    def cache_db_flavors(self, flavors: list[dict]) -> None:
        self.cache_db_items('flavors', flavors, 'flavorid')

    def cache_db_flavor(self, flavor: dict) -> None:
        self.cache_db_items('flavors', [flavor], 'flavorid')

    def get_db_flavor(self, flavorid: str) -> dict:
        return self._db_items['flavors'][flavorid]
