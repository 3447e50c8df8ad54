"""What the nouns of the embedded volume service share: whose things are seen, filters, lengths."""

from minova import exception

_MAX_LENGTH = 255       # of names and descriptions


def eyes(context) -> str | None:
    """Whose view this is: a project's; None, an administrator's, is everything."""
    return None if context.is_admin else context.project_id or ''


def listed_for(context, all_projects: bool) -> str | None:
    """Whose things a list shows; None: everybody's, which is for administrators."""
    if all_projects or context.project_id is None:
        return eyes(context)
    return context.project_id


def conditions(db, filters: list[tuple]) -> list:
    """Filters of the contract as conditions of `db`, the query module of volumes or of snapshots."""
    found = []
    for key, operator, value in filters:
        found += db.has_metadata(value) if key == 'metadata' else [db.condition(key, operator, value)]
    return found


def page(db, context, limit, offset, filters, sort, marker, all_projects) -> list:
    """A list of the contract. Raises MarkerNotFound."""
    options = {'sort': sort} if sort else {}
    rows = db.get_page(listed_for(context, all_projects), limit, offset, marker=marker,
                       conditions=conditions(db, filters), **options)
    if rows is None:
        raise exception.MarkerNotFound(marker=marker)
    return rows


def check_lengths(**texts: str | None) -> None:
    """Raises InvalidInput."""
    for name, text in texts.items():
        if text is not None and len(text) > _MAX_LENGTH:
            raise exception.InvalidInput(
                reason=f'{name} has {len(text)} characters, more than {_MAX_LENGTH}.')
