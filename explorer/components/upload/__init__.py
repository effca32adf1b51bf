"""Pieces of the upload page: one file in five steps, a module each."""

from explorer.components.upload.changes import differences
from explorer.components.upload.columns import mapping, wrong_mapping
from explorer.components.upload.frame import head, step, trouble
from explorer.components.upload.keeping import about, commit
from explorer.components.upload.picking import pick
from explorer.components.upload.rows import result
from explorer.components.upload.session import look

__all__ = [
    "about",
    "commit",
    "differences",
    "head",
    "look",
    "mapping",
    "pick",
    "result",
    "step",
    "trouble",
    "wrong_mapping",
]
