"""Of a national application the authority list says who owns it; a region's unit uses it."""

from __future__ import annotations

from graph.build.build import build
from graph.build.ownership import RULE
from graph.build.references import Said
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord, Origin, Reference

PLACE = "agency:pemda-33-09"
UNIT = "agency:dinas-arpusda-33-09"


def landscape(name: str, owner: str, government: str | None = PLACE) -> Landscape:
    """Build what one row says: an application, and the body in its column of owners."""
    origin = Origin("daftar", "a.csv", None, 2, "Penanggung Jawab")
    id = str(Reference("app", owner, name, ""))
    body = {"name": "Dinas Arpusda"} | ({"government": government} if government else {})
    nodes = [
        NodeRecord("Agency", owner, body, origin),
        NodeRecord("Application", id, {"name": name}, origin),
    ]
    said = Said("daftar", {"name": "Daftar"}, nodes, [EdgeRecord("OWNS", owner, id, {}, origin)])
    return build([said], [], []).landscape


def test_a_unit_of_a_region_uses_a_national_application_it_is_said_to_own() -> None:
    L = landscape("SRIKANDI", UNIT)
    (app,) = [r["id"] for r in L.rows("Application") if r["name"] == "SRIKANDI"]
    assert L.sources(app, "OWNS") == ["agency:anri"]
    assert L.sources(app, "USES") == [UNIT]
    (edge,) = [e for e in L.edge_rows("USES") if e["target"] == app]
    assert [(o.row, o.column, o.how) for o in L.origins_of(edge["id"])] == [
        (2, "Penanggung Jawab", RULE)
    ]


def test_the_government_of_a_region_is_no_owner_of_it_either() -> None:
    L = landscape("SRIKANDI", PLACE)
    assert {e["source"] for e in L.edge_rows("OWNS")} == {"agency:anri"}


def test_what_is_of_the_region_stays_with_its_owner() -> None:
    L = landscape("Sikapuk", UNIT)
    assert [e["source"] for e in L.edge_rows("OWNS")] == [UNIT]
    assert list(L.edge_rows("USES")) == []


def test_a_body_of_no_region_stays_an_owner_as_its_row_says() -> None:
    L = landscape("SRIKANDI", "agency:kemenpanrb", None)
    assert {e["source"] for e in L.edge_rows("OWNS")} == {"agency:anri", "agency:kemenpanrb"}
