"""What extensions that only add attributes to the answers of others have in common."""

from minova.api.openstack import wsgi


class AttributesController(wsgi.Controller):
    """Base of controllers that add attributes to what show and detail of a collection answer.

    A subclass has `add`, and further methods of its own where other answers show the same.
    """

    #: The key of one view in an answer; that of many has an s.
    noun = 'server'
    #: The policy rule that lets the attributes be seen.
    rule: str

    def add(self, req, views: list[dict]) -> None:
        """Put the attributes into `views`, from what the request has looked up already."""
        raise NotImplementedError

    def extend(self, req, views: list[dict]) -> None:
        """Add to `views`, if the policy lets it."""
        if req.context.can(self.rule, fatal=False):
            self.add(req, views)

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self.extend(req, [resp_obj.obj[self.noun]])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self.extend(req, resp_obj.obj[f'{self.noun}s'])
