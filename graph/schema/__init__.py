"""The model, declared once; everything else is read off it."""

from graph.schema import codes, nodes, relations
from graph.schema.core import NODE_TYPES, RELATIONS, Code, Edge, Entity, NodeType, Prop, Relation

__all__ = [
    "NODE_TYPES",
    "RELATIONS",
    "Code",
    "Edge",
    "Entity",
    "NodeType",
    "Prop",
    "Relation",
    "codes",
    "nodes",
    "relations",
]
