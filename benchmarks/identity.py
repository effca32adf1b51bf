"""Measure one and the same: merged pairs and suggestions against hand labels, and speed.

Run `python -m benchmarks.identity` from the root. The labels (`canonical_app` of Kab. Madiun) are
read here and nowhere else; Kota Madiun (MDN) and other regions (NEW) are counted, never tuned on.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from graph import reference
from graph.analysis.names import spelled
from graph.build.describe import national
from graph.build.keys import Ledger
from graph.build.resolve import Description, Identity, identify
from graph.schema.records import Reference, slug

DOMAIN = Path(__file__).resolve().parents[1] / ".." / "shared" / "domain"
Row = Mapping[str, str]


def rows(inventory: str) -> list[dict[str, str]]:
    """Read the application rows of one inventory: MDK, MGT, MDN or NEW."""
    with (DOMAIN / "apps_real.csv").open(encoding="utf-8", newline="") as f:
        every = csv.DictReader(f)
        return [r for r in every if r["id"].startswith(inventory) and r["record_kind"] != "website"]


def described(inventory: str, read: Sequence[Row]) -> dict[str, Description]:
    """Describe each row by its id as a load would: the survey tells who uses, others who owns."""
    governments = {r.code: r.government for r in reference.regions().values()}
    ledger = Ledger()
    refs = [Reference("app", r["owner"], f"{r['name']} {r['id']}", r["address"]) for r in read]
    found = {}
    for r, key in zip(read, ledger.assign(inventory, refs), strict=True):
        government = governments.get(r["region_code"])
        body = (f"{government or 'agency'}-{slug(r['owner'])}",) if r["owner"] else ()
        found[r["id"]] = Description(
            key=key,
            name=r["name"],
            spellings=(r["name"],),
            text=r["description"] or None,
            addresses=(r["address"],) if r["address"] else (),
            owners=() if inventory == "MDK" else body,
            units=body if inventory == "MDK" else (),
            government=government,
            system=True,
            mention=False,
            source=inventory,
            order=ledger.order(key),
        )
    return found


def resolved(descriptions: Iterable[Description]) -> Identity:
    """Identify with the reference records beside, as the build does."""
    general = list(reference.general_applications().values())
    return identify([*descriptions, *national()], general, [])


def gold(read: Sequence[Row]) -> tuple[set[tuple[str, str]], dict[str, str]]:
    """Give the pairs of rows that are one application, and row → application."""
    app = {r["id"]: r["canonical_app"] or r["id"] for r in read}
    return {(a, b) for a, b in combinations(sorted(app), 2) if app[a] == app[b]}, app


def measure(inventory: str, show: bool = False) -> None:
    """Print precision and recall of merged pairs and of suggestions for one inventory."""
    read = rows(inventory)
    said = described(inventory, read)
    id_of = {d.key: id for id, d in said.items()}
    name_of = {r["id"]: r["name"] for r in read}
    identity = resolved(said.values())
    node = {id: identity.canonical[d.key] for id, d in said.items()}
    true, app = gold(read)
    merged = {(a, b) for a, b in combinations(sorted(node), 2) if node[a] == node[b]}
    right = merged & true
    print(
        f"{inventory}: {len(read)} rows, {len(true)} gold pairs; merged {len(merged)},"
        f" precision {len(right) / max(1, len(merged)):.3f},"
        f" recall {len(right) / max(1, len(true)):.3f}"
    )
    joined, wrong = _national(node, app)
    print(f"  joined with a national application: {joined} rows, {len(wrong)} not labelled so")
    members: dict[str, list[str]] = {}
    for id, n in node.items():
        members.setdefault(n, []).append(id)
    good = [
        s
        for s in identity.suggestions
        if {app[i] for i in members.get(s.left, [])} & {app[i] for i in members.get(s.right, [])}
        or _names_app(s.left, s.right, members, app)
    ]
    reached = {
        (a, b)
        for s in identity.suggestions
        for a in members.get(s.left, [])
        for b in members.get(s.right, [])
        for a, b in [sorted((a, b))]
    }
    rest = true - merged
    print(
        f"  suggested {len(identity.suggestions)}, right {len(good)}"
        f" ({len(good) / max(1, len(identity.suggestions)):.3f});"
        f" of {len(rest)} gold pairs left they reach {len(reached & rest)}"
    )
    if show:
        print("  NATIONAL", [(name_of[i], app[i], node[i]) for i in wrong])
        _show(identity, node, merged - true, rest - reached, good, name_of, id_of)


def _national(node: Mapping[str, str], app: Mapping[str, str]) -> tuple[int, list[str]]:
    """Count rows joined with a reference record, and list those whose label names another one.

    A label that joins two entries of the list ("SIKS-NG / DTSEN") is right for either.
    """
    known = {a.id: a for a in reference.general_applications().values()}
    joined = {row: known[n] for row, n in node.items() if n in known}
    wrong = [row for row, a in joined.items() if _bare(a.name) not in _bare(app[row])]
    return len(joined), wrong


def _bare(text: str) -> str:
    return spelled(text).replace(" ", "")


def _names_app(
    left: str, right: str, members: Mapping[str, Sequence[str]], app: Mapping[str, str]
) -> bool:
    """Say whether a suggestion joins rows with the reference record of their own application."""
    by_id = {a.id: a.name for a in reference.general_applications().values()}
    for ref, other in ((left, right), (right, left)):
        if ref in by_id and any(app[i] == by_id[ref] for i in members.get(other, [])):
            return True
    return False


def _show(identity, node, wrong, missed, good, name_of, id_of) -> None:  # type: ignore[no-untyped-def]
    for a, b in sorted(wrong):
        print("  FALSE", a, name_of[a], "|", b, name_of[b])
    for a, b in sorted(missed):
        print("  MISSED", a, name_of[a], "|", b, name_of[b])
    shown = {k: f"{id} {name_of[id]}" for k, id in id_of.items()}
    for s in identity.suggestions:
        mark = "+" if s in good else "-"
        why = "; ".join(r["text_en"] for r in s.reasons), "; ".join(r["text_en"] for r in s.against)
        left, right = shown.get(s.left, s.left), shown.get(s.right, s.right)
        print(f"  {mark} {s.score:.2f} {left} | {right}\n       {why[0]}\n       BUT {why[1]}")


def large(n: int, seed: int = 1) -> list[Description]:
    """Make n descriptions over all regencies and cities, words of the rows swapped (generated)."""
    rng = random.Random(seed)
    base = [d for i in ("MDK", "MGT") for d in described(i, rows(i)).values()]
    places = [r for r in reference.regions().values() if r.kind != "province"]
    words = sorted({w for d in base for w in d.name.split() if len(w) > 3})
    found = []
    for i in range(n):
        d, region = rng.choice(base), rng.choice(places)
        name = d.name if rng.random() < 0.3 else f"{rng.choice(words)} {rng.choice(words)} {i % 97}"
        unit = (f"{region.government}-unit-{rng.randrange(30)}",)
        found.append(
            replace(
                d,
                key=f"app:g{i:06d}",
                name=name,
                spellings=(name,),
                addresses=tuple(
                    a.replace("madiunkab", slug(region.name.split()[-1]) + "kab")
                    for a in d.addresses
                ),
                owners=(),
                units=unit,
                government=region.government,
                order=i,
            )
        )
    return found


def main() -> None:
    """Print all figures; `--show` lists what is wrong for MDK and MGT."""
    show = "--show" in sys.argv
    for inventory in ("MDK", "MGT"):
        measure(inventory, show)
    for inventory in ("MDN", "NEW"):
        measure(inventory)
    for n in (3_000, 30_000) if "--fast" not in sys.argv else ():
        made = large(n)
        start = time.process_time()
        identity = resolved(made)
        seconds = time.process_time() - start
        found = f"{len(identity.merges)} merged, {len(identity.suggestions)} suggested"
        print(f"generated {n}: {seconds:.1f} CPU s, {found}")


if __name__ == "__main__":
    main()
