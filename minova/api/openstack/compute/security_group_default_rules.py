"""The rules that the default security group of a new project begins with."""

import webob.exc

from minova import compute, exception
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.security_groups import from_body, http_errors
from minova.api.openstack.compute.views import security_groups as view
from minova.api.validation import security_groups as validation
from minova.policies import security_group_default_rules as policies

ALIAS = 'os-security-group-default-rules'


class SecurityGroupDefaultRulesController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.security_group_api = compute.SecurityGroupAPI()

    @extensions.expected_errors((404, 501))
    def index(self, req):
        req.context.can(policies.BASE)
        rules = self.security_group_api.get_default_rules(req.context)
        return {'security_group_default_rules': [view.default_rule(rule) for rule in rules]}

    @extensions.expected_errors((400, 404, 501))
    def show(self, req, id):
        req.context.can(policies.BASE)
        with http_errors():
            rule = self.security_group_api.get_default_rule(
                req.context, self.security_group_api.validate_id(id))
        return {'security_group_default_rule': view.default_rule(rule)}

    @extensions.expected_errors((400, 409, 501))
    def create(self, req, body):
        req.context.can(policies.BASE)
        values = from_body(body, 'security_group_default_rule')
        with http_errors():
            rule = validation.ingress_rule(
                values.get('ip_protocol'), values.get('from_port'), values.get('to_port'),
                source_cidr=validation.cidr(values.get('cidr')))
            if rule is None:
                raise exception.Invalid('Not enough parameters to build a valid rule.')
            try:
                rule = self.security_group_api.create_default_rule(req.context, rule)
            except exception.SecurityGroupRuleExists as e:
                raise webob.exc.HTTPConflict(explanation=e.message) from None
        return {'security_group_default_rule': view.default_rule(rule)}

    @wsgi.response(204)
    @extensions.expected_errors((400, 404, 501))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        with http_errors():
            self.security_group_api.delete_default_rule(
                req.context, self.security_group_api.validate_id(id))


class SecurityGroupDefaultRules(extensions.V21APIExtensionBase):
    """Default rules of security groups."""

    name = 'SecurityGroupDefaultRules'
    alias = ALIAS
    description = 'Default rules for security group support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, SecurityGroupDefaultRulesController())]

    def get_controller_extensions(self):
        return []
