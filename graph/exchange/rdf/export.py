"""A Landscape as RDF, column by column; `docs/decisions/0004-rdf.md` tells the mapping."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from graph.exchange.rdf import standards
from graph.exchange.rdf.lines import Lines, blocks, literal, literals, turtle
from graph.exchange.rdf.terms import Names, address
from graph.exchange.selection import Profile, chosen
from graph.exchange.written import Written, write_blocks
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Property, Relation
from graph.schema.derive import closed_lists
from graph.schema.records import slug
from graph.texts import LANGUAGES, say

Format = Literal["ntriples", "turtle"]
BATCH = 20_000  # rows made into lines at a time
DAY = re.compile(r"\d{4}-\d\d-\d\d")
DATATYPES: dict[type, str] = {bool: "xsd:boolean", int: "xsd:integer", float: "xsd:decimal"}


def write(
    landscape: Landscape,
    path: Path,
    *,
    format: Format = "turtle",
    profile: Profile = "public",
    agency: str | None = None,
    names: Names | None = None,
    groups: Mapping[str, tuple[str, str]] | None = None,
) -> Written:
    """Write a Landscape as RDF: sorted, distinct, without blank nodes, the same bytes each time.

    Parameters
    ----------
    profile, agency
        What is shown, and whose; see `graph.exchange.selection.chosen`.
    names
        Where the names of our things live.
    groups
        Labels of the function groups, in Indonesian and English; without one, a group is called
        as its functions say.

    Returns
    -------
    Written
        `records` counts triples; both formats hold the same ones.

    Raises
    ------
    CannotWrite, UnknownNode, WrongType

    Notes
    -----
    O(n log n) for n triples: a million in about 2 s, 8 MB of lines in memory at a time.
    """
    if format not in get_args(Format):
        raise ValueError(format)
    names = names or Names()
    shown = chosen(landscape, profile, agency)
    count = 0

    def counted(lines: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal count
        for count, line in enumerate(lines, start=1):  # noqa: B007
            yield line

    with Lines() as lines:
        _Export(shown, lines, names, profile, groups or {}).all()
        made = counted(lines)
        if format == "turtle":
            made = turtle(made, names, [t.prefix for t in NODE_TYPES.values()])
        digest = write_blocks(path, blocks(made))
    return Written(path, digest, count)


class _Export:
    """One export on its way; each method adds the statements about one part of the graph."""

    def __init__(
        self,
        graph: Landscape,
        lines: Lines,
        names: Names,
        profile: Profile,
        groups: Mapping[str, tuple[str, str]],
    ) -> None:
        self.graph, self.lines, self.names, self.profile = graph, lines, names, profile
        self.groups = groups
        self.term, self.things = names.term, names.things
        self.served: set[str] = set()  # interfaces that answer at an address
        self.here = pa.concat_arrays(
            [c for t in graph.nodes.values() for c in t["id"].chunks] or [pa.array([], pa.string())]
        )

    def all(self) -> None:
        for kind in NODE_TYPES:
            for batch in _batches(self.graph.nodes[kind]):
                self.nodes(kind, batch)
        for relation in RELATIONS.values():
            for batch in _batches(self.graph.edges[relation.name]):
                self.edges(relation, batch)
        self.places()
        self.services()
        self.functions()
        self.evidence()
        self.master_data()
        self.catalogue()
        self.vocabulary()
        if self.profile == "internal":
            self.origins()

    # -------------------------------------------------------------- statements
    def say(self, subject: str, curie: str, object: str) -> None:
        self.lines.add(subject, self.term(curie), object)

    def is_a(self, subject: pa.Array | str, *curies: str) -> None:
        for curie in curies:
            self.lines.add(subject, self.term("rdf:type"), self.term(curie))

    def words(self, subject: str, curie: str, **texts: str) -> None:
        for lang, text in texts.items():
            self.say(subject, curie, literal(text, f"@{lang}"))

    def in_words(self, subject: str, curie: str, key: str, /, **facts: object) -> None:
        self.words(subject, curie, **{lang: say(key, lang, **facts) for lang in LANGUAGES})

    def property(self, subjects: pa.Array, prop: Property, column: pa.Array, *also: str) -> None:
        """Add the values of a declared property, under its own term and further ones."""
        if prop.many:
            subjects, column = subjects.take(pc.list_parent_indices(column)), column.flatten()
        objects = self.objects(prop, column)
        for curie in (prop.meaning.term, *also):
            self.lines.add(subjects, self.term(curie), objects)

    def objects(self, prop: Property, column: pa.Array) -> pa.Array:
        """Write a column of values as terms; a link to what is not in the export becomes null."""
        if prop.codes:
            stem = f"<{self.names.iri('sim:')}{prop.codes.__name__}-"
            return pc.binary_join_element_wise(stem, column, ">", "")
        if prop.meaning.ref:
            known = pc.is_in(column, value_set=self.here)
            return self.things(pc.if_else(known, column, pa.scalar(None, pa.string())))
        if prop.type in DATATYPES:
            return literals(_lexical(prop.type, column), f"^^{self.term(DATATYPES[prop.type])}")
        return literals(column, f"@{prop.meaning.lang}" if prop.meaning.lang else "")

    # -------------------------------------------------------------- nodes and edges
    def nodes(self, kind: str, rows: pa.RecordBatch) -> None:
        declared, ids = NODE_TYPES[kind], rows.column("id")
        subjects = self.things(ids)
        self.is_a(subjects, declared.term, *declared.also)
        for name in rows.schema.names[1:]:
            also = standards.ALSO_WRITTEN.get((kind, name), ())
            self.property(subjects, declared.props[name], rows.column(name), *also)
            if (curie := standards.FIRST_ALSO_WRITTEN.get((kind, name))) is not None:
                first = [v[0] if v else None for v in rows.column(name).to_pylist()]
                objects = self.objects(declared.props[name], pa.array(first, pa.string()))
                self.lines.add(subjects, self.term(curie), objects)
        if kind in standards.IDENTIFIED:
            self.identified(kind, rows, subjects)
        if kind in standards.SCHEMES:
            scheme = self.names.thing(f"scheme:{standards.SCHEMES[kind]}")
            self.lines.add(subjects, self.term("skos:inScheme"), scheme)
        if kind == "Application":
            self.applications(rows, subjects)
        if kind == "Interface":
            self.interfaces(rows, subjects)

    def identified(self, kind: str, rows: pa.RecordBatch, subjects: pa.Array) -> None:
        """Give every node one identifier: its code, else the key of its id."""
        key = pc.replace_substring_regex(rows.column("id"), "^[^:]*:", "")
        code = rows.column("code") if "code" in rows.schema.names else None
        if code is not None and NODE_TYPES[kind].props["code"].meaning.term == "dct:identifier":
            key = pc.if_else(pc.is_valid(code), pa.scalar(None, pa.string()), key)
        self.lines.add(subjects, self.term("dct:identifier"), literals(key))

    def applications(self, rows: pa.RecordBatch, subjects: pa.Array) -> None:
        covering = self.graph.edges["COVERS"]["source"]
        shared = subjects.filter(pc.is_in(rows.column("id"), value_set=covering.combine_chunks()))
        self.lines.add(subjects, self.term("dct:type"), self.term(standards.APPLICATION))
        self.lines.add(shared, self.term("dct:type"), self.term(standards.SHARED_APPLICATION))
        catalogue = self.names.thing("catalogue:simpul")
        self.lines.add(catalogue, self.term("dcat:resource"), subjects)
        if "address" in rows.schema.names:
            urls = pa.array([address(a) for a in rows.column("address").to_pylist()], pa.string())
            self.lines.add(subjects, self.term("schema:url"), urls)

    def interfaces(self, rows: pa.RecordBatch, subjects: pa.Array) -> None:
        """Call an interface a data service where its endpoint is an address (DCAT-AP asks it)."""
        self.lines.add(subjects, self.term("dct:type"), self.term(standards.INTERFACE))
        if "endpoint" in rows.schema.names:
            urls = pa.array([address(a) for a in rows.column("endpoint").to_pylist()], pa.string())
            self.lines.add(subjects, self.term("dcat:endpointURL"), urls)
            served = subjects.filter(pc.is_valid(urls))
            self.served |= set(rows.column("id").filter(pc.is_valid(urls)).to_pylist())
            self.is_a(served, "dcat:DataService")
            catalogue = self.names.thing("catalogue:simpul")
            self.lines.add(catalogue, self.term("dcat:service"), served)

    def edges(self, relation: Relation, rows: pa.RecordBatch) -> None:
        source, target = self.things(rows.column("source")), self.things(rows.column("target"))
        curie = relation.term.removeprefix("^")
        ends = (target, source) if relation.term.startswith("^") else (source, target)
        self.lines.add(ends[0], self.term(curie), ends[1])
        if relation.name in standards.BACKWARDS:
            back = standards.BACKWARDS[relation.name]
            self.lines.add(ends[1], self.term(back), ends[0])
        props = [n for n in rows.schema.names if n in relation.props]
        told = [p for p in props if rows.column(p).null_count < len(rows)]
        if told:
            self.relations(relation, curie, rows, told, ends)

    def relations(
        self,
        relation: Relation,
        curie: str,
        rows: pa.RecordBatch,
        props: list[str],
        ends: tuple[pa.Array, pa.Array],
    ) -> None:
        """Name the edges of which something is told, and tell it."""
        told = pa.array([False] * len(rows))
        for name in props:
            told = pc.or_(told, pc.is_valid(rows.column(name)))
        subjects = pc.if_else(told, self.things(rows.column("id")), pa.scalar(None, pa.string()))
        self.is_a(subjects, relation_class(relation), "sim:Relation", "rdf:Statement")
        self.lines.add(subjects, self.term("rdf:subject"), pc.if_else(told, ends[0], None))
        self.lines.add(subjects, self.term("rdf:predicate"), self.term(curie))
        self.lines.add(subjects, self.term("rdf:object"), pc.if_else(told, ends[1], None))
        for name in props:
            self.property(subjects, relation.props[name], rows.column(name))

    # -------------------------------------------------------------- what the profiles ask for
    def places(self) -> None:
        """Put every agency in a place: its own, that of its government or whole, else Indonesia."""
        agencies = self.graph.nodes["Agency"]
        own = dict(_pairs(self.graph.edges["LOCATED_IN"], "source", "target"))
        above = dict(_pairs(self.graph.edges["PART_OF"], "source", "target"))
        if "government" in agencies.column_names:
            above |= {i: g for i, g in _pairs(agencies, "id", "government") if g and g != i}
        ids = [i for i in agencies["id"].to_pylist() if i not in own]
        found = [_place(i, own, above) for i in ids]
        objects = [
            self.names.thing(p) if p else self.term(standards.INDONESIA) for p in found
        ]  # fmt: skip
        subjects = self.things(pa.array(ids, pa.string()))
        self.lines.add(subjects, self.term("dct:spatial"), pa.array(objects, pa.string()))

    def services(self) -> None:
        """Call a service a public service where the profile's conditions hold."""
        services = self.graph.nodes["Service"]
        provided = pc.is_in(
            services["id"], value_set=self.graph.edges["PROVIDES"]["target"].combine_chunks()
        )
        told = pc.is_valid(services["description"])
        for batch in _batches(services.filter(pc.and_(provided, told))):
            self.is_a(self.things(batch.column("id")), "cpsv:PublicService")

    def functions(self) -> None:
        """Put functions below their groups."""
        scheme = self.names.thing("scheme:function")
        groups = dict.fromkeys(self.graph.nodes["Function"]["group"].drop_null().to_pylist())
        iris = {g: self.names.thing(f"function-group:{slug(g)}") for g in groups}
        for group, iri in iris.items():
            self.is_a(iri, "skos:Concept")
            label, label_en = self.groups.get(group, (group, None))
            self.words(iri, "skos:prefLabel", id=label, **({"en": label_en} if label_en else {}))
            self.say(iri, "skos:notation", literal(group))
            self.say(iri, "skos:inScheme", scheme)
            self.say(iri, "skos:topConceptOf", scheme)
        for batch in _batches(self.graph.nodes["Function"]):
            above = [iris.get(g) for g in batch.column("group").to_pylist()]
            subjects = self.things(batch.column("id"))
            self.lines.add(subjects, self.term("skos:broader"), pa.array(above, pa.string()))

    def evidence(self) -> None:
        """Name what speaks for and against the findings shown."""
        findings = self.graph.nodes["Finding"]["id"].combine_chunks()
        table = self.graph.evidence
        shown = table.filter(pc.is_in(table["about"], value_set=findings))
        for rows in _batches(shown):
            names = pa.array([f"evidence:{_digest(row)}" for row in rows.to_pylist()], pa.string())
            subjects, add = self.things(names), partial(self._evidence_value, rows)
            self.is_a(subjects, "sim:Evidence")
            self.lines.add(
                self.things(rows.column("about")), self.term("sim:evidence"), subjects
            )  # fmt: skip
            add(subjects, "side", "sim:side", "")
            add(subjects, "kind", "sim:evidenceKind", "")
            add(subjects, "text_id", "sim:text", "@id")
            add(subjects, "text_en", "sim:text", "@en")
            values = literals(
                _lexical(float, rows.column("value")), f"^^{self.term('xsd:decimal')}"
            )
            self.lines.add(subjects, self.term("sim:value"), values)

    def _evidence_value(
        self, rows: pa.RecordBatch, subjects: pa.Array, name: str, curie: str, tag: str
    ) -> None:
        self.lines.add(subjects, self.term(curie), literals(rows.column(name), tag))

    def master_data(self) -> None:
        """Write a dataset of its owner for each data entity that an application masters."""
        owners: dict[str, str] = {}
        for agency, app in sorted(_pairs(self.graph.edges["OWNS"], "source", "target")):
            owners.setdefault(app, agency)
        exposed: dict[str, list[str]] = {}
        for app, interface in _pairs(self.graph.edges["EXPOSES"], "source", "target"):
            exposed.setdefault(app, []).append(interface)
        carried = set(_pairs(self.graph.edges["CARRIES"], "source", "target"))
        for app, data in _pairs(self.graph.edges["MASTERS"], "source", "target"):
            if app in owners:
                me = self.dataset(app, data, owners[app])
                for interface in exposed.get(app, ()):
                    if (interface, data) in carried and interface in self.served:
                        self.say(self.names.thing(interface), "dcat:servesDataset", me)

    def dataset(self, app: str, data: str, owner: str) -> str:
        """Describe the dataset that an application holds of a data entity; give its name."""
        entity, key = self.graph.node(data), _key(data) + "-at-" + _key(app)
        me = self.names.thing(f"dataset:{key}")
        self.is_a(me, "dcat:Dataset")
        self.say(me, "dct:identifier", literal(key))
        self.say(me, "dct:publisher", self.names.thing(owner))
        self.say(me, "dct:subject", self.names.thing(data))
        self.say(me, "dct:type", self.term(standards.MASTER_DATA))
        self.words(me, "dct:title", id=entity["name"])
        application = self.graph.node(app)["name"]
        self.in_words(
            me, "dct:description", "exchange.master", name=entity["name"], application=application
        )
        if (access := standards.ACCESS.get(entity.get("openness") or "")) is not None:
            self.say(me, "dct:accessRights", self.term(access))
        self.say(self.names.thing("catalogue:simpul"), "dcat:dataset", me)
        return me

    def catalogue(self) -> None:
        """Describe the export itself; it has a state, never a clock."""
        catalogue, agent = self.names.thing("catalogue:simpul"), self.names.thing("agent:simpul")
        self.is_a(agent, "foaf:Agent")
        self.words(agent, "foaf:name", id="Simpul")
        self.words(agent, "dct:title", id="Simpul")
        self.say(agent, "dct:identifier", literal("simpul"))
        self.is_a(catalogue, "dcat:Catalog")
        self.say(catalogue, "dct:identifier", literal("simpul"))
        self.in_words(catalogue, "dct:title", "exchange.catalogue")
        self.in_words(catalogue, "dct:description", "exchange.catalogue-about")
        data = self.names.thing("dataset:landscape")
        self.is_a(data, "dcat:Dataset")
        self.say(data, "dct:identifier", literal("landscape"))
        self.in_words(data, "dct:title", "exchange.landscape")
        self.words(data, "dct:description", **about(self.graph))
        self.say(data, "dcat:theme", self.term("eu:data-theme/GOVE"))
        access = "public" if self.profile == "public" else "closed"
        self.say(data, "dct:accessRights", self.term(standards.ACCESS[access]))
        self.say(catalogue, "dcat:dataset", data)
        for me in (catalogue, data):
            self.say(me, "dct:publisher", agent)
            self.say(me, "dct:spatial", self.term(standards.INDONESIA))
            self.say(me, "dct:language", self.term("eu:language/IND"))
            self.say(me, "dct:language", self.term("eu:language/ENG"))
            self.state(me)
        for suffix, file_type in (("ttl", "RDF_TURTLE"), ("nt", "RDF_N_TRIPLES")):
            me = self.names.thing(f"distribution:landscape-{suffix}")
            self.is_a(me, "dcat:Distribution")
            self.say(me, "dcat:accessURL", f"<{self.names.base}data/simpul.{suffix}>")
            self.say(me, "dct:format", self.term(f"eu:file-type/{file_type}"))
            self.in_words(me, "dct:title", "exchange.file", format=suffix)
            self.say(data, "dcat:distribution", me)

    def state(self, me: str) -> None:
        """Say of when the data are; BRegDCAT-AP takes whole dates only, so a month is ours."""
        if (when := self.graph.as_of) is not None:
            self.say(me, "sim:asOf", literal(when))
            if DAY.fullmatch(when):
                self.say(me, "dct:modified", literal(when, f"^^{self.term('xsd:date')}"))

    def vocabulary(self) -> None:
        """Describe the closed lists, the schemes and the concepts of others that are used."""
        for words in closed_lists():
            scheme = self.term(f"sim:{words.__name__}")
            title = (words.__doc__ or "").strip().rstrip(".")
            self.is_a(scheme, "skos:ConceptScheme")
            self.words(scheme, "dct:title", en=title)
            for word in words:
                me = self.term(self.names.code(word))
                self.is_a(me, "skos:Concept")
                self.say(me, "skos:inScheme", scheme)
                self.say(me, "skos:notation", literal(word.value))
                self.words(me, "skos:prefLabel", id=word.id_label, en=word.en_label)
        for name in standards.SCHEMES.values():
            me = self.names.thing(f"scheme:{name}")
            self.is_a(me, "skos:ConceptScheme")
            self.in_words(me, "dct:title", f"exchange.{name}-scheme")
        for concept in standards.FOREIGN:
            me = self.term(concept.iri)
            self.is_a(me, "skos:Concept", *concept.classes)
            self.say(me, "skos:inScheme", self.term(concept.scheme))
            self.words(me, "skos:prefLabel", id=concept.id, en=concept.en)
        for curie, (text_id, text_en) in standards.FOREIGN_SCHEMES.items():
            self.is_a(self.term(curie), "skos:ConceptScheme")
            self.words(self.term(curie), "dct:title", id=text_id, en=text_en)

    def origins(self) -> None:
        """Say in which rows a node or a named relation was read: one short text per row."""
        whole = self.graph.origins.filter(pc.is_null(self.graph.origins["property"]))
        named = pc.or_(
            pc.is_in(whole["about"], value_set=self.here),
            pc.match_substring_regex(whole["about"], f"^({'|'.join(_with_props())}):"),
        )
        for rows in _batches(whole.filter(named)):
            row = pc.binary_join_element_wise("#", pc.cast(rows.column("row"), pa.string()), "")
            parts = [rows.column(c) for c in ("source", "file", "sheet")]
            place = pc.binary_join_element_wise(
                *parts, row, rows.column("how"), " › ", null_handling="skip"
            )
            subjects = self.things(rows.column("about"))
            self.lines.add(subjects, self.term("sim:origin"), literals(place))


def about(graph: Landscape) -> dict[str, str]:
    """Say in each language what a Landscape is, of when, and how findings are to be read."""
    found = {}
    for lang in LANGUAGES:
        as_of = say("exchange.as-of", lang, date=graph.as_of) if graph.as_of else ""
        text = say("exchange.landscape-about", lang, as_of=as_of)
        found[lang] = say("exchange.generated", lang, text=text) if graph.generated else text
    return found


def relation_class(relation: Relation) -> str:
    """Give the class of a relation's named statements: that of its properties, `sim:Exchange`."""
    assert relation.props_cls is not None
    return f"sim:{relation.props_cls.__name__}"


def _with_props() -> list[str]:
    return sorted(r.name.lower() for r in RELATIONS.values() if r.props)


def _batches(table: pa.Table) -> list[pa.RecordBatch]:
    batches: list[pa.RecordBatch] = table.to_batches(max_chunksize=BATCH)
    return batches


def _pairs(table: pa.Table, left: str, right: str) -> list[tuple[str, str]]:
    return list(zip(table[left].to_pylist(), table[right].to_pylist(), strict=True))


def _place(id: str, own: dict[str, str], above: dict[str, str]) -> str | None:
    seen: set[str] = set()
    at: str | None = id
    while at is not None and at not in seen:
        if at in own:
            return own[at]
        seen.add(at)
        at = above.get(at)
    return None


def _lexical(kind: type, column: pa.Array) -> pa.Array:
    """Write numbers and truth values in canonical form; decimals with at most six digits."""
    if kind is not float:
        return pc.cast(column, pa.string())
    texts = (None if v is None else f"{v:.6f}".rstrip("0").rstrip(".") for v in column.to_pylist())
    return pa.array(["0" if t == "-0" else t for t in texts], pa.string())


def _digest(row: dict[str, object]) -> str:
    text = "\x1f".join(str(row[c]) for c in ("about", "side", "kind", "text_id", "value"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _key(id: str) -> str:
    return id.partition(":")[2]
