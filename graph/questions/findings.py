"""Redundant groups: what an analyst may put before the owners."""

from __future__ import annotations

from typing import Any

from graph.errors import UnknownFunction
from graph.landscape import Landscape
from graph.questions.profile import origin_rows


def redundant(
    landscape: Landscape,
    lang: str = "id",
    *,
    function: str | None = None,
    agency: str | None = None,
    kind: str | None = None,
) -> list[dict[str, Any]]:
    """Give the findings, the highest score first and rejected ones last, with their evidence.

    Parameters
    ----------
    function
        The code of a function.
    agency
        The id of an agency: findings with a member it owns, uses or governs.
    kind
        covered, government, product or neighbours.

    Raises
    ------
    UnknownFunction
        If no function has the code; the nearest are named.
    """
    if function is not None:
        codes = sorted(r["code"] for r in landscape.rows("Function"))
        if function not in codes:
            raise UnknownFunction(function, codes)
    rows = []
    for finding in landscape.rows("Finding"):
        row = _finding(landscape, finding, lang)
        if function is not None and row["function"] != function:
            continue
        if kind is not None and row["kind"] != kind:
            continue
        members = [m["id"] for m in row["members"]]
        if agency is not None and not any(_concerns(landscape, m, agency) for m in members):
            continue
        rows.append(row)
    return sorted(rows, key=lambda r: (r["decision"] == "reject", -r["score"], r["finding"]))


def _concerns(landscape: Landscape, app: str, agency: str) -> bool:
    bodies = {*landscape.sources(app, "OWNS"), *landscape.sources(app, "USES")}
    return agency in bodies or landscape.node(app)["government"] == agency


def _finding(landscape: Landscape, finding: dict[str, Any], lang: str) -> dict[str, Any]:
    id = finding["id"]
    text = f"text_{lang}"

    def evidence(side: str) -> list[dict[str, Any]]:
        return [
            {"kind": e["kind"], "text": e[text], "origins": origin_rows(e["origins"])}
            for e in landscape.evidence_of(id, side)
        ]

    survivor = landscape.brief(finding["survivor"])
    return {
        "finding": id,
        "name": finding["name"] if lang == "id" else finding["name_en"] or finding["name"],
        "kind": finding["kind"],
        "function": landscape.node(finding["function"])["code"],
        "score": finding["score"],
        "members": [landscape.brief(m) for m in sorted(landscape.sources(id, "MEMBER_OF"))],
        "survivor": survivor
        and {
            "node": survivor,
            "reasons": [e[text] for e in landscape.evidence_of(id, "survivor")],
        },
        "covered_by": landscape.brief(finding["covered_by"]),
        "rules": [
            {
                "regulation": e["facts"]["regulation"],
                "article": e["facts"]["article"],
                "status": e["facts"]["status"],
                "text": e[text],
            }
            for e in landscape.evidence_of(id, "rule")
        ],
        "evidence": evidence("for"),
        "against": evidence("against"),
        "decision": finding["decision"],
        "members_changed": finding["members_changed"],
    }
