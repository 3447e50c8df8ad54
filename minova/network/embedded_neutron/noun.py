"""What the nouns of Neutron's API have in common in this backend: reading, and whose things are."""

import dataclasses

from minova import exception
from minova.db import engine, listing
from minova.network import contract


class Noun:
    """Networks, or subnets, or ports ...: rows of one table, shown as dicts."""

    rows: listing.Listed

    # ---- for each noun to say

    def not_found(self, thing_id: str) -> Exception:
        raise NotImplementedError

    def views(self, rows: list[dict]) -> list[dict]:
        """The rows as the API shows them, by a constant number of statements."""
        raise NotImplementedError

    def prepare(self, context) -> None:
        """What is to be there before anybody looks."""

    # ---- reading

    def get_all(self, context, query: contract.Query) -> list[dict]:
        self.prepare(context)
        return self.views(self.page(context, query))

    def page(self, context, query: contract.Query) -> list[dict]:
        try:
            return self.rows.page(_eyes(context), **dataclasses.asdict(query))
        except KeyError as error:
            raise exception.neutron.InvalidInput(
                error_message=f'{error.args[0]} is invalid attribute for sort_key') from None
        except listing.MarkerNotFound:
            raise self.not_found(query.marker) from None

    def get(self, context, thing_id: str) -> dict:
        return self.views([self.find(context, thing_id)])[0]

    def find(self, context, thing_id: str) -> dict:
        """The row that the context sees. Raises the noun's NotFound."""
        row = self.rows.get(thing_id, _eyes(context))
        if row is None:
            raise self.not_found(thing_id)
        return row

    def find_own(self, context, thing_id: str) -> dict:
        """The row that the context may change. Raises NotAuthorized for one that it only sees."""
        row = self.find(context, thing_id)
        check_owner(context, row['project_id'])
        return row

    def shown(self, thing_id: str) -> dict:
        """The thing that was just written, as it is now."""
        row = self.rows.get(thing_id)
        if row is None:
            raise self.not_found(thing_id)
        return self.views([row])[0]

    # ---- writing

    @engine.retry_on_conflict
    def create(self, context, things: list[dict]) -> list[dict]:
        with engine.writer() as conn:
            self.reserve(conn, context, things)
            made = [self.insert(conn, context, thing) for thing in things]
            return [self.shown(thing_id) for thing_id in made]

    def reserve(self, conn, context, things: list[dict]) -> None:
        """See that the quotas of their projects have room for them. Raises OverQuota."""

    def insert(self, conn, context, thing: dict) -> str:
        """Add the thing; its id."""
        raise NotImplementedError


def _eyes(context) -> str | None:
    """The project that looks; None for an administrator, who sees everything."""
    return None if context.is_admin else context.project_id or ''


def check_owner(context, project_id: str | None) -> None:
    """Raises NotAuthorized."""
    if not context.is_admin and project_id != context.project_id:
        raise exception.neutron.NotAuthorized()


def common(row: dict) -> dict:
    """What all things show."""
    return {'id': row['uuid'], 'name': row.get('name') or '', 'project_id': row['project_id'] or '',
            'description': row['description'] or '', 'created_at': row['created_at'],
            'updated_at': row['updated_at'] or row['created_at'],
            'revision_number': row['revision'] + 1, 'tags': []}
