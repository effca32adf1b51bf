"""What the RDF export promises: canonical, readable by others, conforming, and discreet."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH, SKOS

from graph.errors import CannotWrite, UnknownNode, WrongType
from graph.exchange.rdf import lines as making
from graph.exchange.rdf.export import Format, write
from graph.exchange.rdf.lines import Lines
from graph.exchange.rdf.terms import Names, address
from graph.exchange.selection import Profile, chosen
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from tests.graph.exchange.sample import LONG, NASTY

ROOT = Path(__file__).resolve().parents[3]
SHAPES = ROOT.parent / "shared" / "shapes"
OFFICIAL = (
    "dcat-ap-3.0.1-shapes.ttl",
    "dcat-ap-3.0.1-shapes_recommended.ttl",
    "dcat-ap-3.0.1-range.ttl",
    "dcat-ap-3.0.1-mdr-vocabularies.shape.ttl",
    "dcat-ap-3.0.1-deprecateduris.ttl",
    "dcat-ap-3.0.1-dcat-ap-SHACL.ttl",
    "cpsv-ap-3.2.0-SHACL.ttl",
    "cpov-ap-2.1.2-SHACL.ttl",
    "bregdcat-ap-2.1.0-shapes.ttl",
    "bregdcat-ap-2.1.0-mdr.ttl",
)
NAMES = Names()
SIM = NAMES.iri("sim:")


def exported(
    landscape: Landscape,
    folder: Path,
    format: Format = "ntriples",
    profile: Profile = "internal",
    **options: Any,
) -> str:
    path = folder / f"x-{profile}.{format}"
    write(landscape, path, format=format, profile=profile, **options)
    return path.read_text(encoding="utf-8")


def read(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def thing(id: str) -> URIRef:
    return URIRef(NAMES.thing(id)[1:-1])


def term(curie: str) -> URIRef:
    return URIRef(NAMES.iri(curie))


# ------------------------------------------------------------------ canonical
@pytest.mark.parametrize("profile", ["public", "internal"])
def test_lines_are_sorted_distinct_and_without_blank_nodes(
    landscape: Landscape, tmp_path: Path, profile: Profile
) -> None:
    text = exported(landscape, tmp_path, profile=profile)
    lines = text.removesuffix("\n").split("\n")
    assert lines == sorted(set(lines))
    assert all(line.startswith("<") and " _:" not in line.split('"')[0] for line in lines)


def test_spilling_to_files_changes_nothing(
    landscape: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = exported(landscape, tmp_path)
    monkeypatch.setattr(Lines.__init__, "__defaults__", (2_000,))
    spilt = Counter[int]()
    spill = Lines._spill
    monkeypatch.setattr(Lines, "_spill", lambda self: (spilt.update([1]), spill(self))[1])
    assert exported(landscape, tmp_path) == once
    assert spilt[1] > 10


def test_the_same_landscape_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from graph.exchange.rdf.export import write;"
        "from tests.graph.exchange.sample import made;"
        "[print(write(made(), Path(sys.argv[1]), format=f).sha256)"
        " for f in ('turtle', 'ntriples')]"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "x")],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_both_formats_read_the_same_by_both_readers(landscape: Landscape, tmp_path: Path) -> None:
    triples = exported(landscape, tmp_path)
    turtle = exported(landscape, tmp_path, "turtle")
    by_rdflib = Graph().parse(data=triples, format="nt")
    assert len(by_rdflib) == triples.count("\n")
    assert set(by_rdflib) == set(read(turtle))
    ours = {str(t.triple) for t in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)}
    assert ours == {str(t.triple) for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    again = by_rdflib.serialize(format="nt")
    assert ours == {str(t.triple) for t in ox.parse(again, format=ox.RdfFormat.N_TRIPLES)}


def test_strange_texts_come_back_as_they_were(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    found = set(graph.objects(thing("app:esurat"), SKOS.altLabel))
    kept = {"".join(c for c in t if c not in "\x00\x07\x0b\x1f\ufffe") for t in NASTY}
    assert found == {Literal(t, lang="id") for t in kept}
    assert list(graph.objects(thing("app:esurat"), term("dct:description"))) == [
        Literal(LONG, lang="id")
    ]


def test_a_literal_is_escaped_once() -> None:
    assert making.literal('a "b" \\n\n', "@id") == '"a \\"b\\" \\\\n\\n"@id'


# ------------------------------------------------------------------ what is in it
def test_every_node_bears_its_type_and_its_name(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    for kind, declared in NODE_TYPES.items():
        rows = landscape.rows(kind)
        assert {thing(r["id"]) for r in rows} == set(graph.subjects(RDF.type, term(declared.term)))
        name = term(declared.props["name"].meaning.term)
        for row in rows:
            assert Literal(row["name"], lang="id") in set(graph.objects(thing(row["id"]), name))


def test_an_inverse_term_is_written_from_the_target(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    assert (thing("app:siak"), term("dct:rightsHolder"), thing("agency:kemendagri")) in graph
    whole = thing("agency:kab-madiun")
    assert (whole, term("org:hasSubOrganization"), thing("agency:kominfo-madiun")) in graph


def test_every_agency_has_a_place(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    place = {
        r["id"]: set(graph.objects(thing(r["id"]), term("dct:spatial")))
        for r in landscape.rows("Agency")
    }
    assert place["agency:bidang-aptika"] == {thing("region:35-19")}  # of its whole's government
    assert place["agency:anri"] == {term("eu:country/IDN")}
    assert all(len(found) == 1 for found in place.values())


def test_a_body_has_all_its_names_and_one_alternative_label(
    landscape: Landscape, tmp_path: Path
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    names = {str(o) for o in graph.objects(thing("agency:anri"), term("sim:otherName"))}
    assert names == {"ANRI", "Arsip Nasional RI"}
    assert list(graph.objects(thing("agency:anri"), SKOS.altLabel)) == [Literal("ANRI", lang="id")]


def test_functions_stand_below_their_groups(landscape: Landscape, tmp_path: Path) -> None:
    label = {"Administrasi perkantoran": ("Perkantoran", "Office")}
    graph = read(exported(landscape, tmp_path, "turtle", groups=label))
    group = thing("function-group:administrasi-perkantoran")
    assert dict(graph.subject_objects(SKOS.broader)) == {thing("function:persuratan"): group}
    assert set(graph.objects(group, SKOS.prefLabel)) == {
        Literal("Perkantoran", lang="id"),
        Literal("Office", lang="en"),
    }
    bare = read(exported(landscape, tmp_path, "turtle"))
    assert set(bare.objects(group, SKOS.prefLabel)) == {
        Literal("Administrasi perkantoran", lang="id")
    }


def test_a_public_service_has_a_description_and_an_authority(
    landscape: Landscape, tmp_path: Path
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    found = set(graph.subjects(RDF.type, term("cpsv:PublicService")))
    assert found == {thing("service:ktp")}


def test_mastered_data_of_a_known_owner_is_a_dataset(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    found = set(graph.subjects(term("dct:subject"), None))
    assert found == {thing("dataset:penduduk-at-siak")}
    rights = set(graph.objects(thing("dataset:penduduk-at-siak"), term("dct:accessRights")))
    assert rights == {term("eu:access-right/NON_PUBLIC")}


def test_an_interface_is_a_data_service_only_at_an_address(
    landscape: Landscape, tmp_path: Path
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    assert set(graph.subjects(RDF.type, term("dcat:DataService"))) == {thing("interface:nik")}
    assert set(graph.subjects(RDF.type, term("sim:Interface"))) == {
        thing("interface:nik"),
        thing("interface:x"),
    }
    served = set(graph.objects(thing("interface:nik"), term("dcat:servesDataset")))
    assert served == {thing("dataset:penduduk-at-siak")}
    endpoints = {str(o) for o in graph.objects(None, term("dcat:endpointURL"))}
    assert endpoints == {"https://api.example.go.id/kependudukan/1.0"}


def test_an_application_is_generated_by_its_innovation(
    landscape: Landscape, tmp_path: Path
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    born = set(graph.subject_objects(term("prov:wasGeneratedBy")))
    assert born == {(thing("app:esurat"), thing("innovation:esurat"))}
    by = set(graph.objects(thing("innovation:esurat"), term("prov:wasAssociatedWith")))
    assert by == {thing("agency:kab-madiun")}


def test_what_is_told_of_an_edge_stands_on_a_named_node(
    landscape: Landscape, tmp_path: Path
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    exchanges = set(graph.subjects(RDF.type, term("sim:Exchange")))
    said = {
        tuple(sorted(str(o) for o in graph.objects(e, term("sim:exchangeStatus"))))
        for e in exchanges
    }
    assert said == {
        (NAMES.iri("sim:ExchangeStatus-live"),),
        (NAMES.iri("sim:ExchangeStatus-stopped"),),
    }
    for e in exchanges:
        assert graph.value(e, RDF.subject) == thing("app:siak")
        assert graph.value(e, term("sim:data")) == thing("data:penduduk")
    members = set(graph.subjects(RDF.type, term("sim:Membership")))
    assert len(members) == 1  # the others are plain triples: nothing is told of them


def test_rows_are_told_in_the_internal_profile_only(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    assert list(graph.objects(thing("app:esurat"), term("sim:origin"))) == [
        Literal("survei-2025 › survei.csv › #17 › stated")
    ]
    public = read(exported(landscape, tmp_path, "turtle", "public"))
    assert not list(public.subject_objects(term("sim:origin")))


def test_addresses_become_links_only_when_they_are(landscape: Landscape, tmp_path: Path) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    assert dict(graph.subject_objects(term("schema:url"))) == {
        thing("app:srikandi"): URIRef("https://srikandi.arsip.go.id/"),
        thing("app:esurat"): URIRef("https://esurat.madiunkab.go.id/a%20b?x=%5B1%5D%7C%3C2%3E"),
    }
    written = set(graph.objects(thing("app:surat-lain"), term("sim:address")))
    assert written == {Literal("javascript:alert(1)")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "lpse.go.id",
        "http://",
        "http://[bad",
        "http://a b.go.id/",
        "http://x:port/",
        "ftp://x.go.id",
        "javascript:alert(1)",
        "http://a<b>.go.id",
        "https://\u0430.go.id",
    ],
)
def test_what_is_no_web_address_is_no_link(text: str | None) -> None:
    assert address(text) is None


# ------------------------------------------------------------------ what is not in it
def test_the_public_profile_shows_accepted_findings_only(
    landscape: Landscape, tmp_path: Path
) -> None:
    text = exported(landscape, tmp_path, profile="public")
    graph = read(text)
    found = set(graph.subjects(RDF.type, term("sim:Finding")))
    assert found == {thing("finding:diterima")}
    assert "BUKTI" in text
    for word in ("RAHASIA", "finding/terbuka", "finding/ditolak", "sim#sameAs", "similarTo"):
        assert word not in text
    assert "RAHASIA-3" in exported(landscape, tmp_path)


def test_internal_properties_types_and_relations_stay_inside(
    landscape: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = NODE_TYPES["Application"].props["address"]
    hidden = dataclasses.replace(
        address, meaning=dataclasses.replace(address.meaning, visibility="internal")
    )
    monkeypatch.setitem(NODE_TYPES["Application"].props, "address", hidden)
    monkeypatch.setitem(
        NODE_TYPES, "Service", dataclasses.replace(NODE_TYPES["Service"], visibility="internal")
    )
    text = exported(landscape, tmp_path, profile="public")
    assert "esurat.madiunkab" not in text
    assert "service/ktp" not in text
    inside = exported(landscape, tmp_path)
    assert "esurat.madiunkab" in inside
    assert "service/ktp" in inside


def test_what_is_said_about_what_is_hidden_is_hidden_too(landscape: Landscape) -> None:
    shown = chosen(landscape, "public")
    assert set(shown.evidence["about"].to_pylist()) == {"finding:diterima"}
    ids = {row["id"] for kind in NODE_TYPES for row in shown.rows(kind)}
    ids |= {row["id"] for name in RELATIONS for row in shown.edge_rows(name)}
    assert set(shown.origins["about"].to_pylist()) <= ids


@pytest.mark.parametrize("agency", [None, "agency:kab-madiun", "agency:anri", "agency:kab-lain"])
@pytest.mark.parametrize("hidden", [None, "Function", "Agency"])
def test_no_link_leads_to_nothing(
    landscape: Landscape,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    agency: str | None,
    hidden: str | None,
) -> None:
    if hidden == "Agency" and agency:
        return
    if hidden:
        inside = dataclasses.replace(NODE_TYPES[hidden], visibility="internal")
        monkeypatch.setitem(NODE_TYPES, hidden, inside)
    graph = read(exported(landscape, tmp_path, "turtle", "public", agency=agency))
    described = set(graph.subjects())
    things = {o for o in graph.objects() if str(o).startswith((NAMES.base + "id/", SIM))}
    classes = set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDF.predicate))
    assert things - described - classes == set()


def test_an_agency_gets_what_is_its_own_and_what_that_touches(landscape: Landscape) -> None:
    part = chosen(landscape, "public", "agency:kab-madiun")
    ids = {row["id"] for kind in NODE_TYPES for row in part.rows(kind)}
    assert {"agency:kominfo-madiun", "app:esurat", "app:srikandi", "service:ktp"} <= ids
    assert {"region:35", "function:persuratan", "source:survei-2025", "app:siak"} <= ids
    assert not {"app:e", "service:arsip", "agency:kab-lain", "data:nothing"} & ids
    assert {row["source"] for row in part.edge_rows("MEMBER_OF")} == {
        "app:esurat",
        "app:surat-lain",
    }


def test_an_agency_that_is_none_is_named(landscape: Landscape) -> None:
    with pytest.raises(UnknownNode, match="agency:kab-madiun"):
        chosen(landscape, "public", "agency:kab-madun")
    with pytest.raises(WrongType):
        chosen(landscape, "public", "app:siak")


# ------------------------------------------------------------------ the official shapes
def official(name: str) -> Graph:
    """Read a shape file; property shapes without a path are broken at the source."""
    shapes = Graph().parse(SHAPES / name, format="turtle")
    for shape in set(shapes.objects(None, SH.property)):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((None, SH.property, shape))
    return shapes


def check_official(graph: Graph, name: str) -> None:
    import pyshacl

    ok, _, text = pyshacl.validate(
        graph,
        shacl_graph=official(name),
        inference="none",
        allow_warnings=True,
        allow_infos=True,
        do_owl_imports=False,
    )
    assert ok, text[:2000]


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("name", OFFICIAL)
@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_export_conforms(
    landscape: Landscape, tmp_path: Path, name: str, profile: Profile
) -> None:
    check_official(read(exported(landscape, tmp_path, "turtle", profile)), name)


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_export_of_the_examples_conforms(
    example_landscape: Landscape, tmp_path: Path, profile: Profile
) -> None:
    graph = read(exported(example_landscape, tmp_path, "turtle", profile))
    agencies = set(graph.subjects(RDF.type, term("cv:PublicOrganisation")))
    assert len(agencies) == example_landscape.nodes["Agency"].num_rows > 100
    for name in OFFICIAL:
        check_official(graph, name)


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("as_of", [None, "2025", "2025-06", "2025-06-21"])
def test_the_export_conforms_whatever_its_date(tmp_path: Path, as_of: str | None) -> None:
    graph = read(exported(Landscape.of([], [], as_of=as_of), tmp_path, "turtle"))
    for name in OFFICIAL:
        check_official(graph, name)


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("agency", ["agency:kab-madiun", "agency:anri"])
def test_the_export_of_one_agency_conforms(
    landscape: Landscape, tmp_path: Path, agency: str
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle", "public", agency=agency))
    for name in OFFICIAL:
        check_official(graph, name)


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize(
    ("profile_file", "subject", "predicate"),
    [
        ("dcat-ap-3.0.1-shapes.ttl", "agency:anri", "foaf:name"),
        ("bregdcat-ap-2.1.0-shapes.ttl", "agency:anri", "dct:title"),
        ("bregdcat-ap-2.1.0-shapes.ttl", "agency:anri", "dct:identifier"),
        ("bregdcat-ap-2.1.0-shapes.ttl", "agency:anri", "dct:spatial"),
        ("bregdcat-ap-2.1.0-shapes.ttl", "service:ktp", "cv:hasCompetentAuthority"),
        ("cpsv-ap-3.2.0-SHACL.ttl", "service:ktp", "dct:description"),
        ("cpsv-ap-3.2.0-SHACL.ttl", "dataset:landscape", "dct:publisher"),
        ("dcat-ap-3.0.1-shapes.ttl", "distribution:landscape-nt", "dcat:accessURL"),
        ("dcat-ap-3.0.1-shapes.ttl", "function:lain", "skos:prefLabel"),
    ],
)
def test_the_official_shapes_look_at_the_export(
    landscape: Landscape, tmp_path: Path, profile_file: str, subject: str, predicate: str
) -> None:
    graph = read(exported(landscape, tmp_path, "turtle"))
    assert (thing(subject), term(predicate), None) in graph
    graph.remove((thing(subject), term(predicate), None))
    with pytest.raises(AssertionError, match="Violation"):
        check_official(graph, profile_file)


# ------------------------------------------------------------------ files
def test_a_place_that_cannot_be_written_is_named(landscape: Landscape, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write(landscape, tmp_path / "nowhere" / "x.nt")
    with pytest.raises(CannotWrite):
        write(landscape, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_file_that_was_there(
    landscape: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.nt"
    path.write_text("before")

    def full(self: Lines) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Lines, "_run", full)
    with pytest.raises(CannotWrite, match="no room left"):
        write(landscape, path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.nt"]
    assert path.read_text() == "before"


def test_the_hash_and_the_count_are_those_of_the_file(landscape: Landscape, tmp_path: Path) -> None:
    from hashlib import sha256

    told = write(landscape, tmp_path / "x.nt", format="ntriples", profile="internal")
    data = told.path.read_bytes()
    assert (told.sha256, told.records) == (sha256(data).hexdigest(), data.count(b"\n"))


def test_an_empty_landscape_is_written_too(tmp_path: Path) -> None:
    graph = read(exported(Landscape.of([], []), tmp_path, "turtle"))
    assert (None, RDF.type, term("dcat:Catalog")) in graph
