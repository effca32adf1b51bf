"""What people ask of a version, answered as the contract says: rows of plain values.

The commands, the pages and the notebooks all call these, so they show the same.
"""

from graph.questions.findings import redundant
from graph.questions.lookup import MOST, names_of, resolve_node, search
from graph.questions.pairs import WRITTEN, same, similar
from graph.questions.profile import functions, show

__all__ = [
    "MOST",
    "WRITTEN",
    "functions",
    "names_of",
    "redundant",
    "resolve_node",
    "same",
    "search",
    "show",
    "similar",
]
