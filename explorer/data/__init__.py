"""What the pages ask of a workspace: one module for each page or topic; nothing here draws.

Pages say `data.entries(…)`; no other folder keeps answers.
"""

from explorer.data.core import here, workspace
from explorer.data.drawings import adjacency, atlas, most_connected, neighbours, network
from explorer.data.every_page import Facts, Hit, facts, generated, hits, name, origins
from explorer.data.exports import amounts, file, made, make
from explorer.data.findings import card, entries, findings_of, members_of
from explorer.data.integration import exchanges, exchanges_of, innovations, kinds_of_data
from explorer.data.judging import decided, judge, undo
from explorer.data.names import (
    agency_names,
    bodies_by_name,
    function_names,
    region_names,
    regulation_names,
)
from explorer.data.overview import Summary, matrix, quality, row_counts, summary, survey
from explorer.data.pairs import application_names, closest, likeness, near, pair_of, similar_count
from explorer.data.profiles import borne_by, most_used, profile_of, search
from explorer.data.reports import answer, choices, kinds, meant
from explorer.data.same import answered, judged, merged, suggested

__all__ = [
    "Facts",
    "Hit",
    "Summary",
    "adjacency",
    "agency_names",
    "amounts",
    "answer",
    "answered",
    "application_names",
    "atlas",
    "bodies_by_name",
    "borne_by",
    "card",
    "choices",
    "closest",
    "decided",
    "entries",
    "exchanges",
    "exchanges_of",
    "facts",
    "file",
    "findings_of",
    "function_names",
    "generated",
    "here",
    "hits",
    "innovations",
    "judge",
    "judged",
    "kinds",
    "kinds_of_data",
    "likeness",
    "made",
    "make",
    "matrix",
    "meant",
    "members_of",
    "merged",
    "most_connected",
    "most_used",
    "name",
    "near",
    "neighbours",
    "network",
    "origins",
    "pair_of",
    "profile_of",
    "quality",
    "region_names",
    "regulation_names",
    "row_counts",
    "search",
    "similar_count",
    "suggested",
    "summary",
    "survey",
    "undo",
    "workspace",
]
