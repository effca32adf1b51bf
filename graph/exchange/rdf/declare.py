"""The model for RDF tools: OWL, SHACL and a JSON-LD context, read off the declarations.

Turtle is written as text here, so that the files are the same on every run; the tests read them
with rdflib and pyoxigraph.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.exchange.rdf import standards
from graph.exchange.rdf.export import DATATYPES, relation_class
from graph.exchange.rdf.lines import literal
from graph.exchange.rdf.terms import PREFIXES, Names
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Code, Entity, Property, Relation
from graph.schema.derive import NOTICE, closed_lists

OWL_KINDS = {"class": "owl:Class", "link": "owl:ObjectProperty"}
RANGES = {"text": "xsd:string", "number": "xsd:decimal", "date": "xsd:date"}
# what a place may be: a region of ours, or a country of the European list
WIDER = {"sim:Region": "dct:Location"}


def files(names: Names | None = None) -> dict[str, str]:
    """Give the files for RDF tools: path below `docs/` → text."""
    names = names or Names()
    return {
        "schema/simpul.ttl": ontology(names),
        "schema/shapes.ttl": shapes(names),
        "schema/context.jsonld": context(names),
    }


# ------------------------------------------------------------------ the words
@dataclass
class Word:
    """One RDF property, as the declarations use it.

    Parameters
    ----------
    kind
        link, words (texts in a language), text, number, date or an XSD datatype.
    domains, ranges
        Classes that have it, classes it leads to.
    """

    curie: str
    kind: str
    id: str = ""
    en: str = ""
    doc: str = ""
    domains: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)

    @property
    def own(self) -> bool:
        return self.curie.startswith("sim:")

    @property
    def datatype(self) -> str | None:
        """The XSD datatype of its values; None for links and for texts in a language."""
        return None if self.kind in ("link", "words") else RANGES.get(self.kind, self.kind)


class Contradiction(Exception):
    """One RDF property declared for links and for literals: our bug."""


def vocabulary() -> dict[str, Word]:
    """Gather every RDF property that an export may write, by short name."""
    found: dict[str, Word] = {}
    for t in NODE_TYPES.values():
        for p in t.props.values():
            _learn(found, _word(p), t.term)
    for r in RELATIONS.values():
        _learn(found, _relation_word(r))
        for p in r.props.values():
            _learn(found, _word(p), relation_class(r))
    for curie, kind, id, en in standards.OWN_TERMS:
        if kind != "class":
            _learn(found, Word(curie, kind, id, en))
    for curie, kind in standards.BORROWED.items():
        if kind != "class":
            _learn(found, Word(curie, kind))
    for curie in standards.BACKWARDS.values():
        _learn(found, Word(curie, "link"))
    return dict(sorted(found.items()))


def _learn(found: dict[str, Word], word: Word, domain: str | None = None) -> None:
    known = found.setdefault(word.curie, word)
    if (known.kind == "link") != (word.kind == "link"):
        raise Contradiction(word.curie)
    known.domains += [d for d in [*word.domains, domain] if d and d not in known.domains]
    known.ranges += [r for r in word.ranges if r not in known.ranges]


def value_kind(prop: Property) -> str:
    """Say what the values of a property become: link, words, or an XSD datatype."""
    if prop.codes or prop.meaning.ref:
        return "link"
    if prop.meaning.lang:
        return "words"
    return DATATYPES.get(prop.type, "xsd:string")


def _word(prop: Property) -> Word:
    m = prop.meaning
    ranges = [NODE_TYPES[m.ref].term] if m.ref else []
    return Word(m.term, value_kind(prop), m.id, m.en, ranges=ranges)


def _relation_word(r: Relation) -> Word:
    domains, ranges = [_classes(e) for e in _ends(r)]
    way = r.term.startswith("^")
    return Word(r.term.removeprefix("^"), "link", r.id[way], r.en[way], r.doc, domains, ranges)


def _ends(r: Relation) -> tuple[tuple[type[Entity], ...], tuple[type[Entity], ...]]:
    """Give the types of subject and object of the triple that is written."""
    return (r.targets, r.sources) if r.term.startswith("^") else (r.sources, r.targets)


def _classes(types: tuple[type[Entity], ...]) -> list[str]:
    if Entity in types:
        return [t.term for t in NODE_TYPES.values()]
    return [NODE_TYPES[t.__name__].term for t in types]


# ------------------------------------------------------------------ OWL
def ontology(names: Names) -> str:
    """Write the classes, properties and closed lists as OWL."""
    me = f"<{names.iri('sim:').rstrip('#')}>"
    blocks = [_block(me, [("a", ["owl:Ontology"]), ("dct:title", _both("Simpul", "Simpul"))])]
    blocks += [*_own_classes(me), *_borrowed_classes()]
    blocks += [_property_block(w, me) for w in vocabulary().values()]
    for words in closed_lists():
        blocks += _list_blocks(words, me, names)
    return _head(names) + "\n".join(blocks)


def _own_classes(me: str) -> Iterator[str]:
    for t in NODE_TYPES.values():
        yield _class_block(t.term, t.id, t.en, t.doc, t.also, me)
    for curie, kind, id, en in standards.OWN_TERMS:
        if kind == "class":
            above = ("rdf:Statement",) if curie == "sim:Relation" else ()
            yield _class_block(curie, id, en, "", above, me)
    for props, relations in _told().items():
        r = relations[0]
        yield _class_block(relation_class(r), "", "", props.__doc__ or "", ("sim:Relation",), me)


def _told() -> dict[type, list[Relation]]:
    """Group the relations whose edges have properties, by the class that declares these."""
    found: dict[type, list[Relation]] = {}
    for r in RELATIONS.values():
        if r.props_cls is not None:
            found.setdefault(r.props_cls, []).append(r)
    return found


def _borrowed_classes() -> Iterator[str]:
    above = {c for t in NODE_TYPES.values() for c in t.also}
    named = {c for c, kind in standards.BORROWED.items() if kind == "class"}
    yield from (_block(c, [("a", ["owl:Class"])]) for c in sorted(above | named))


def _class_block(
    curie: str, id: str, en: str, doc: str, above: Iterable[str], me: str
) -> str:  # fmt: skip
    return _block(
        curie,
        [
            ("a", ["owl:Class"]),
            ("rdfs:label", _both(id, en)),
            ("rdfs:comment", [_en(doc)] if doc else []),
            ("rdfs:subClassOf", list(above)),
            ("rdfs:isDefinedBy", [me]),
        ],
    )


def _property_block(word: Word, me: str) -> str:
    kind = OWL_KINDS.get(word.kind, "owl:DatatypeProperty")
    if not word.own:  # others' words are declared only, or OWL tools must guess their kind
        return _block(word.curie, [("a", [kind])])
    literal_range = ["rdf:langString"] if word.kind == "words" else [word.datatype or ""]
    ranges = (
        (word.ranges if len(word.ranges) == 1 else []) if word.kind == "link" else literal_range
    )
    return _block(
        word.curie,
        [
            ("a", [kind]),
            ("rdfs:label", _both(word.id, word.en)),
            ("rdfs:comment", [_en(word.doc)] if word.doc else []),
            ("rdfs:domain", word.domains if len(word.domains) == 1 else []),
            ("rdfs:range", ranges if len(ranges) == 1 else []),
            ("rdfs:isDefinedBy", [me]),
        ],
    )


def _list_blocks(words: type[Code], me: str, names: Names) -> Iterator[str]:
    scheme = f"sim:{words.__name__}"
    title = [_en((words.__doc__ or "").strip())]
    yield _block(
        scheme, [("a", ["skos:ConceptScheme"]), ("dct:title", title), ("rdfs:isDefinedBy", [me])]
    )
    for word in words:
        yield _block(
            names.code(word),
            [
                ("a", ["skos:Concept"]),
                ("skos:prefLabel", _both(word.id_label, word.en_label)),
                ("skos:notation", [literal(word.value)]),
                ("skos:inScheme", [scheme]),
            ],
        )


# ------------------------------------------------------------------ SHACL
@dataclass
class Path:
    """What a shape says about one property: constraint → value, in Turtle."""

    curie: str
    labels: list[str]
    says: dict[str, str]


def shapes(names: Names) -> str:
    """Write our own shapes, one per class."""
    blocks = [_shape_block(t, paths) for t, paths in all_shapes(names).items()]
    return _head(names) + "\n".join(blocks)


def all_shapes(names: Names) -> dict[str, dict[str, Path]]:
    """Give what is asked of each class: class → property → constraints."""
    found = {t.term: _node_paths(t.name, names) for t in NODE_TYPES.values()}
    for relations in _told().values():
        found[relation_class(relations[0])] = _told_paths(relations, names)
    found["sim:Relation"] = _statement_paths([])
    found["sim:Evidence"] = {
        "sim:side": _path("sim:side", "text", needed=True, single=True),
        "sim:evidenceKind": _path("sim:evidenceKind", "text", needed=True, single=True),
        "sim:text": _path("sim:text", "words", needed=True, single=True),
        "sim:value": _path("sim:value", "number", single=True),
    }
    return found


def _node_paths(kind: str, names: Names) -> dict[str, Path]:
    declared = NODE_TYPES[kind]
    paths: dict[str, Path] = {}
    for p in declared.props.values():
        _ask(paths, _property_path(p, names, _always(declared.cls, p)))
    for (type_name, _), curies in standards.ALSO_WRITTEN.items():
        for curie in curies if type_name == kind else ():
            _ask(paths, _path(curie, "words", needed=True, single=True))
    for (type_name, _), curie in standards.FIRST_ALSO_WRITTEN.items():
        if type_name == kind:
            _ask(paths, _path(curie, "words", single=True))
    if kind in standards.IDENTIFIED:
        _ask(paths, _path("dct:identifier", "text", needed=True, single=True))
    if kind in standards.SCHEMES:
        _ask(paths, _path("skos:inScheme", "link", needed=True, target="skos:ConceptScheme"))
    if kind == "Agency":
        _ask(paths, _path("dct:spatial", "link", needed=True, target="dct:Location"))
    for r in RELATIONS.values():
        subjects, objects = [_classes(e) for e in _ends(r)]
        if declared.term in subjects:
            _ask(paths, _link_path(r.term.removeprefix("^"), objects, r))
        if r.name in standards.BACKWARDS and declared.term in objects:
            _ask(paths, _link_path(standards.BACKWARDS[r.name], subjects, None))
    return paths


def _told_paths(relations: list[Relation], names: Names) -> dict[str, Path]:
    props_cls = relations[0].props_cls
    assert props_cls is not None
    paths = _statement_paths([r.term.removeprefix("^") for r in relations])
    for p in relations[0].props.values():
        _ask(paths, _property_path(p, names, _always(props_cls, p)))
    return paths


def _statement_paths(predicates: list[str]) -> dict[str, Path]:
    """Ask for subject, predicate and object, one of each."""
    paths = {
        c: _path(c, "link", needed=True, single=True)
        for c in ("rdf:subject", "rdf:predicate", "rdf:object")
    }
    if predicates:
        paths["rdf:predicate"].says["sh:in"] = f"( {' '.join(sorted(predicates))} )"
    return paths


def _property_path(prop: Property, names: Names, always: bool) -> Path:
    m = prop.meaning
    target = NODE_TYPES[m.ref].term if m.ref else None
    kind = value_kind(prop)
    path = _path(m.term, kind, needed=always, single=not prop.many, target=target)
    path.labels = _both(m.id, m.en)
    if prop.codes:
        path.says["sh:in"] = f"( {' '.join(names.code(w) for w in prop.codes)} )"
    for constraint, bound in (("sh:minInclusive", m.minimum), ("sh:maxInclusive", m.maximum)):
        if bound is not None:
            path.says[constraint] = f"{bound:g}"
    return path


def _path(
    curie: str, kind: str, *, needed: bool = False, single: bool = False, target: str | None = None
) -> Path:
    says: dict[str, str] = {}
    if kind == "link":
        says["sh:nodeKind"] = "sh:IRI"
        if target:
            says["sh:class"] = WIDER.get(target, target)
    else:
        says["sh:datatype"] = "rdf:langString" if kind == "words" else RANGES.get(kind, kind)
    if kind == "words":
        says["sh:languageIn"] = '( "id" "en" )'
    if needed:
        says["sh:minCount"] = "1"
    if single:
        says |= {"sh:uniqueLang": "true"} if kind == "words" else {"sh:maxCount": "1"}
    return Path(curie, [], says)


def _link_path(curie: str, targets: list[str], relation: Relation | None) -> Path:
    target = targets[0] if len(targets) == 1 else None
    path = _path(curie, "link", target=target)
    if relation is not None:
        way = relation.term.startswith("^")
        path.labels = _both(relation.id[way], relation.en[way])
    return path


def _ask(paths: dict[str, Path], path: Path) -> None:
    """Add what is asked of a property to what is asked of it already."""
    known = paths.setdefault(path.curie, path)
    known.says = known.says | path.says
    known.labels = known.labels or path.labels


def _always(cls: type, prop: Property) -> bool:
    """Say whether every node has the property: it is required, or has a default that is a value."""
    default = {f.name: f.default for f in dataclasses.fields(cls)}[prop.name]
    return prop.required or isinstance(default, Code | bool)


def _shape_block(curie: str, paths: dict[str, Path]) -> str:
    properties = ["\n        ".join(["[", *_path_lines(p)]) + "\n    ]" for p in paths.values()]
    statements = [("a", ["sh:NodeShape"]), ("sh:targetClass", [curie])]
    return _block(f"{curie}Shape", [*statements, ("sh:property", properties)])


def _path_lines(path: Path) -> Iterator[str]:
    yield f"sh:path {path.curie} ;"
    if path.labels:
        yield f"sh:name {', '.join(path.labels)} ;"
    yield from (f"{constraint} {value} ;" for constraint, value in path.says.items())


# ------------------------------------------------------------------ JSON-LD
def context(names: Names) -> str:
    """Write a JSON-LD context: a word per property.

    `@id` is never given the name `id`, which is the language code of Indonesian too.
    """
    words: dict[str, object] = {"@version": 1.1, "type": "@type"}
    words |= PREFIXES | {"sim": names.iri("sim:")}
    for curie, word in vocabulary().items():
        local = curie.partition(":")[2]
        plain = local not in words and local not in ("id", "type")
        words[local if plain else curie] = {"@id": curie} | _coercion(word)
    lines = (f'    "{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in words.items())
    body = ",\n".join(lines)
    return f'{{"generated": {json.dumps(NOTICE)},\n  "@context": {{\n{body}\n  }}\n}}\n'


def _coercion(word: Word) -> dict[str, str]:
    if word.kind == "link":
        return {"@type": "@id"}
    if word.kind == "words":
        return {"@container": "@language"}
    return {} if word.datatype == "xsd:string" else {"@type": word.datatype or ""}


# ------------------------------------------------------------------ Turtle
def _head(names: Names) -> str:
    spaces = PREFIXES | {"sim": names.iri("sim:")}
    lines = [f"# {NOTICE}", *(f"@prefix {p}: <{iri}> ." for p, iri in sorted(spaces.items()))]
    return "\n".join(lines) + "\n\n"


def _block(subject: str, statements: Iterable[tuple[str, list[str]]]) -> str:
    said = [f"{verb} {', '.join(objects)}" for verb, objects in statements if objects]
    return f"{subject}\n    " + " ;\n    ".join(said) + " .\n"


def _both(id: str, en: str) -> list[str]:
    found = ((id, "@id"), (en, "@en"))
    return [literal(text, tag) for text, tag in found if text]


def _en(text: str) -> str:
    return literal(" ".join(text.split()), "@en")
