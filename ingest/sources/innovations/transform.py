"""A row of a list of innovations, and the body in which each was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.errors import WrongValue
from graph.schema.codes import Programme, Stage, Survival
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Innovation
from graph.schema.relations import INITIATED
from ingest.row import Row

REQUIRED = ("name",)
ROLES = (
    "name",
    "code",
    "programme",
    "batch",
    "year",
    "unit",
    "agency",
    "region_code",
    "region_name",
    "stage",
    "survival",
    "description",
    "organiser",
    "category",
    "affair",
    "dates",
    "output",
    "score",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {"programme": Programme, "stage": Stage, "survival": Survival}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Innovation, INITIATED)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into an innovation and the body that began it.

    One project of one body, programme and year is one innovation, whatever list it stands in.
    """
    row.take("organiser", "category", "affair", "dates", "output", "score", "cited_source")
    region = row.region_here()
    body = _body(row, region) or row.government(region)
    name = row.text("name")
    programme = row.choice("programme", Programme, Programme.UNKNOWN)
    year = _year(row)
    told = "" if programme is Programme.UNKNOWN else programme.value
    words = " ".join(filter(None, (name, told, str(year or ""))))
    made = Innovation(
        id=row.id("innovation", words, owner=body or ""),
        name=name,
        code=row.maybe("code"),
        description=row.maybe("description"),
        programme=programme,
        batch=row.maybe("batch"),
        year=year,
        stage=row.choice("stage", Stage, Stage.UNKNOWN),
        survival=row.choice("survival", Survival, Survival.UNKNOWN),
    )
    yield made
    if body:
        yield INITIATED(body, made.id)
    row.done()


def _body(row: Row, region: str | None) -> str | None:
    """Give the unit of the body that the row names, else the body itself."""
    unit, agency = row.maybe("unit"), row.maybe("agency")
    if unit is None:
        return row.body("agency", agency, region) if agency else None
    return row.body("unit", f"{unit}, {agency}" if agency else unit, region)


def _year(row: Row) -> int | None:
    """Give the year of a cell; one that names none, or several, is refused."""
    text = row.maybe("year")
    if text is None:
        return None
    found = set(YEAR.findall(text))
    if len(found) != 1:
        raise WrongValue(row.place_of("year"), key="year", value=text[:80], expected="2024")
    return int(found.pop())
