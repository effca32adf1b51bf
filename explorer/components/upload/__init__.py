"""Pieces of the upload page: one file in five steps, a module each."""

from explorer.components.upload.changes import differences
from explorer.components.upload.columns import mapping, wrong_mapping
from explorer.components.upload.frame import head, step, trouble
from explorer.components.upload.keeping import about, commit, outcome
from explorer.components.upload.picking import pick
from explorer.components.upload.rows import result
from explorer.components.upload.session import is_kept, look

__all__ = [
    "about",
    "commit",
    "differences",
    "head",
    "is_kept",
    "look",
    "mapping",
    "outcome",
    "pick",
    "result",
    "step",
    "trouble",
    "wrong_mapping",
]
