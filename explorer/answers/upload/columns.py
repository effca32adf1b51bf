"""What the columns of an uploaded file may mean, and what is wrong with what they do."""

from __future__ import annotations

from explorer.answers.upload.model import Check, Roles
from ingest.mapping import IGNORE, PERSONAL, lacking
from ingest.sources import transforms


def roles_of(kind: str) -> tuple[str, ...]:
    """Give what a column of this kind of source may mean."""
    return transforms()[kind].roles


def given_twice(roles: Roles) -> tuple[str, list[str]] | None:
    """Give a role that two columns of a sheet bear, and their headings; None if there is none."""
    found: dict[tuple[str | None, str], list[str]] = {}
    for (sheet, heading), role in roles.items():
        if role and role != IGNORE and not role.startswith(PERSONAL):
            found.setdefault((sheet, role), []).append(heading)
    return next(((r, heads) for (_, r), heads in found.items() if len(heads) > 1), None)


def lacking_roles(check: Check) -> list[str]:
    """Give the roles of which no sheet has what this kind of source needs; empty if one has all."""
    transform = transforms()[check.shape.kind]
    sheets = {sheet for sheet, _ in check.roles}
    short = [
        lacking(transform, (r for (s, _), r in check.roles.items() if s == sheet and r))
        for sheet in sheets
    ]
    return min(short, key=len, default=[])
