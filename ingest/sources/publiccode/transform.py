"""The one row of a publiccode.yml: an application whose source code is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graph.schema.codes import Lifecycle
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Application
from graph.schema.relations import OWNS
from ingest.row import Row

REQUIRED = ("name",)
FIXED = {
    "name": "name",
    "applicationSuite": "suite",
    "url": "repository",
    "landingURL": "address",
    "softwareVersion": "version",
    "releaseDate": "release_date",
    "platforms": "platform",
    "developmentStatus": "status",
    "localisation.availableLanguages": "languages",
    "legal.license": "license",
    "legal.mainCopyrightOwner": "owner",
    "maintenance.contacts": "contact_name",
}
"""Key of the standard → role."""
DESCRIBED = {
    "shortDescription": "description",
    "longDescription": "long_description",
    "features": "features",
    "localisedName": "localised_name",
}
"""Key below `description.<language>` → role."""
LANGUAGES = ("id", "en")
"""Languages whose description is taken first; else the first in the file."""
MARK = "publiccodeYmlVersion"
ROLES = (*(r for r in FIXED.values() if r != "contact_name"), *DESCRIBED.values())
CODES: Mapping[str, type[Code]] = {"status": Lifecycle}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Application, OWNS)
LEAF = re.compile(r"description\.([^.]+)\.(\w+)")


def columns(headings: Sequence[str]) -> dict[str, str]:
    """Give heading → role, as the standard fixes them; empty if this is no publiccode.yml."""
    if MARK not in headings:
        return {}
    described: dict[str, dict[str, str]] = {}
    for heading in headings:
        if found := LEAF.fullmatch(heading):
            described.setdefault(found[1], {})[heading] = found[2]
    ranked = sorted(described, key=lambda x: LANGUAGES.index(x) if x in LANGUAGES else 9)
    leaves = described[ranked[0]] if ranked else {}
    taken = {h: DESCRIBED[leaf] for h, leaf in leaves.items() if leaf in DESCRIBED}
    return {h: FIXED[h] for h in headings if h in FIXED} | taken


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn the row into an application and the body that holds its rights.

    An address of a repository is the same with or without `.git`: it is kept without.
    """
    row.take("suite", "long_description")
    name = row.text("name")
    owner = row.agency("owner")
    repository = _repository(row.maybe("repository"))
    address = row.address()
    localised = row.maybe("localised_name")
    app = Application(
        id=row.id("app", name, owner=owner or "", address=repository or address or ""),
        name=name,
        aliases=(localised,) if localised and localised != name else (),
        description=row.maybe("description"),
        status=row.choice("status", Lifecycle, Lifecycle.UNKNOWN),
        platform=row.maybe("platform"),
        address=address,
        repository=repository,
        version=row.maybe("version"),
        release_date=row.maybe("release_date"),
        languages=row.split("languages"),
        license=row.maybe("license"),
        features=row.split("features"),
    )
    yield app
    if owner:
        yield OWNS(owner, app.id)
    row.done()


def _repository(url: str | None) -> str | None:
    return re.sub(r"(\.git)?/*$", "", url) if url else None
