"""An interface is known by its endpoint and name, else by its name and its application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.build.build import build
from graph.build.references import Said
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord, Origin, Reference


def said(slug: str, *interfaces: Mapping[str, Any]) -> Said:
    """Say what one list says: each interface with the system that exposes it."""
    nodes: list[NodeRecord] = []
    edges: list[EdgeRecord] = []
    for row, given in enumerate(interfaces, start=2):
        origin = Origin(slug, "a.csv", None, row)
        system = given.get("system")
        owner = given.get("owner", "agency:bkn")
        app = str(Reference("app", owner, system, "", True)) if system else ""
        name, endpoint = given["name"], given.get("endpoint")
        id = str(Reference("interface", app, name, endpoint or ""))
        props = {"name": name} | ({"endpoint": endpoint} if endpoint else {})
        nodes.append(NodeRecord("Interface", id, props, origin))
        if app:
            nodes.append(NodeRecord("Application", app, {"name": system}, origin, {}, True))
            edges.append(EdgeRecord("EXPOSES", app, id, {}, origin))
    return Said(slug, {"name": slug}, nodes, edges)


def landscape(*lists: Said) -> Landscape:
    return build(lists, [], []).landscape


def names(found: Landscape) -> list[str]:
    return sorted(str(r["name"]) for r in found.rows("Interface"))


def test_two_lists_that_name_one_endpoint_meet() -> None:
    one = {"name": "Data ASN", "endpoint": "https://api.contoh.go.id/asn/1.0"}
    other = {"name": "DATA  ASN", "endpoint": "http://API.contoh.go.id/asn/1.0/"}
    found = landscape(said("a", one), said("b", other))
    (row,) = found.rows("Interface")
    assert {o.source for o in found.origins_of(row["id"])} == {"a", "b"}


def test_one_address_for_all_does_not_make_them_one() -> None:
    base = "https://api.contoh.go.id"
    found = landscape(
        said("a", {"name": "Alamat", "endpoint": base}, {"name": "Gaji", "endpoint": base})
    )
    assert names(found) == ["Alamat", "Gaji"]


def test_without_an_endpoint_name_and_application_tell() -> None:
    here = {"name": "Referensi", "system": "SIASN"}
    assert names(landscape(said("a", here), said("b", here))) == ["Referensi"]
    other = {"name": "Referensi", "system": "Wimjof", "owner": "agency:bps"}
    assert names(landscape(said("a", here), said("b", other))) == ["Referensi", "Referensi"]
    nobodys = {"name": "Referensi"}
    assert names(landscape(said("a", here), said("b", nobodys))) == ["Referensi", "Referensi"]


def test_a_key_stays_when_an_interface_of_the_endpoint_is_renamed() -> None:
    endpoint = "https://api.contoh.go.id/asn/1.0"
    first = build([said("a", {"name": "Data ASN", "endpoint": endpoint})], [], [])
    again = build([said("a", {"name": "Pegawai", "endpoint": endpoint})], first.keys, [])
    (before,) = first.landscape.rows("Interface")
    (after,) = again.landscape.rows("Interface")
    assert (after["id"], after["name"]) == (before["id"], "Pegawai")


def test_the_order_of_lists_does_not_matter() -> None:
    lists = [
        said("a", {"name": "Data ASN", "system": "SIASN"}),
        said("b", {"name": "Data ASN", "system": "SIASN"}),
    ]
    assert landscape(*lists).sha256 == landscape(*reversed(lists)).sha256
