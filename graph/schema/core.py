"""How a node type or a relation is declared; the declarations are in `nodes` and `relations`."""

from __future__ import annotations

import builtins
import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self, TypeVar, get_args, get_origin, get_type_hints

Value = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Anything with an identity of its own in the graph."""

    id: str


class Code(StrEnum):
    """A closed list of words; each has a label in Indonesian and in English."""

    id_label: str
    en_label: str

    def __new__(cls, value: str, id: str, en: str) -> Code:
        """Make a word of the list with its two labels."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.id_label, word.en_label = id, en
        return word

    @classmethod
    def of(cls, value: str) -> Self:
        """Give the word of the list that is written so; `StopIteration` if none is."""
        return next(word for word in cls if word == value)

    def label(self, lang: str) -> str:
        """Give the label in a language."""
        return self.id_label if lang == "id" else self.en_label


@dataclass(frozen=True)
class Prop:
    """What a property means, beyond its Python type.

    Parameters
    ----------
    term
        The RDF property it is written as, a curie.
    id, en
        Its label in Indonesian and in English.
    unit, minimum, maximum
        Of numbers.
    ref
        The node type whose id the value is.
    lang
        The language of a text that people read; None: no language is claimed (codes, addresses).
    visibility
        `public`, or `internal`: kept out of exports to other bodies.
    """

    term: str
    id: str
    en: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    ref: str | None = None
    lang: str | None = None
    visibility: str = "public"

    def label(self, lang: str) -> str:
        """Give the label in a language."""
        return self.id if lang == "id" else self.en


@dataclass(frozen=True)
class Property:
    """A declared property, read off the field that declares it."""

    name: str
    type: builtins.type
    many: bool
    required: bool
    meaning: Prop

    @property
    def codes(self) -> builtins.type[Code] | None:
        """The closed list the value is from, if there is one."""
        return self.type if issubclass(self.type, Code) else None


def properties(cls: type) -> dict[str, Property]:
    """Read the properties off a declaring dataclass, in order of declaration; `id` is not one."""
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for f in dataclasses.fields(cls):
        hint = hints[f.name]
        if get_origin(hint) is not Annotated:
            continue
        base, *notes = get_args(hint)
        many = get_origin(base) is tuple
        kinds = [t for t in (get_args(base) or (base,)) if t not in (type(None), Ellipsis)]
        meaning = next(n for n in notes if isinstance(n, Prop))
        found[f.name] = Property(f.name, kinds[0], many, f.default is dataclasses.MISSING, meaning)
    return found


@dataclass(frozen=True)
class NodeType:
    """One kind of node, read off the class that declares it."""

    cls: type[Entity]
    term: str
    prefix: str
    id: str
    en: str
    archimate: str
    also: tuple[str, ...] = ()
    visibility: str = "public"

    @property
    def name(self) -> str:
        """The node type's name: label in Cypher, local name of the class in RDF."""
        return self.cls.__name__

    @property
    def doc(self) -> str:
        """The definition: the first paragraph of the class's docstring."""
        return (inspect.getdoc(self.cls) or "").split("\n\n")[0]

    @cached_property
    def props(self) -> dict[str, Property]:
        """Name → property, in order of declaration."""
        return properties(self.cls)

    def label(self, lang: str) -> str:
        """Give the label in a language."""
        return self.id if lang == "id" else self.en


NODE_TYPES: dict[str, NodeType] = {}
RELATIONS: dict[str, Relation] = {}
C = TypeVar("C", bound=type[Entity])


def node(
    term: str,
    *,
    prefix: str,
    id: str,
    en: str,
    archimate: str,
    also: tuple[str, ...] = (),
    visibility: str = "public",
) -> Callable[[C], C]:
    """Register a dataclass as a node type.

    Parameters
    ----------
    term
        Our own RDF class; its local name is the name of the type.
    prefix
        What stands before the colon in ids of this type.
    also
        Further RDF classes that are always written beside `term`.
    """

    def register(cls: C) -> C:
        NODE_TYPES[cls.__name__] = NodeType(cls, term, prefix, id, en, archimate, also, visibility)
        return cls

    return register


@dataclass(frozen=True)
class Edge:
    """One directed fact: `source` stands in `relation` to `target`."""

    relation: Relation
    source: str
    target: str
    props: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Relation:
    """A directed relation; calling it with two ids makes an `Edge`.

    Parameters
    ----------
    sources, targets
        The node types an edge may start from and lead to.
    term
        The RDF property source → target; with a leading `^`, it is written target → source.
    id, en
        The label and the label read backwards, in Indonesian and in English.
    props
        The dataclass that declares the properties of an edge.
    key
        Properties that tell two edges between the same nodes apart.
    """

    name: str
    sources: tuple[type[Entity], ...]
    targets: tuple[type[Entity], ...]
    term: str
    id: tuple[str, str]
    en: tuple[str, str]
    archimate: str
    doc: str
    props_cls: type | None = None
    key: tuple[str, ...] = ()
    visibility: str = "public"

    def __post_init__(self) -> None:
        RELATIONS[self.name] = self

    def __call__(self, source: str, target: str, **props: Any) -> Edge:
        """Make an edge; an undeclared property is a `TypeError`."""
        unknown = set(props) - set(self.props)
        if unknown:
            raise TypeError(f"{self.name} has no property {sorted(unknown)}")
        return Edge(self, source, target, {k: v for k, v in props.items() if v is not None})

    @cached_property
    def props(self) -> dict[str, Property]:
        """Name → property of an edge, in order of declaration."""
        return properties(self.props_cls) if self.props_cls else {}

    def label(self, lang: str, *, backwards: bool = False) -> str:
        """Give the label in a language, read source → target or backwards."""
        return (self.id if lang == "id" else self.en)[backwards]
