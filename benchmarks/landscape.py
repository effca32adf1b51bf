"""A national landscape that is made up from a seed: inventories to load, and the truth beside them.

    python -m benchmarks.landscape OUT [--applications 30000] [--seed 1]

`OUT/sources/` is loaded (`simpul load OUT/sources`), `OUT/truth/` only measures.  The same seed and
number give the same bytes.  Every source says `generated: true`, so whatever shows it says so.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benchmarks.national import exchanges, inventories
from benchmarks.national.inventories import Entry, Layout
from benchmarks.national.world import App, Government, World, world
from graph import reference
from graph.schema.records import slug

AS_OF = "2025-11"
ORIGIN = "made up by benchmarks/landscape.py; labels of the function vocabulary, no real inventory"


def generate(out: Path, applications: int, seed: int = 1) -> World:
    """Write the sources and the truth of a made-up landscape; what stood there goes.

    Raises
    ------
    ValueError
        If the folder is a workspace: its loads lie in `sources` too.
    """
    if (out / "CURRENT").exists() or (out / "keys.csv").exists():
        raise ValueError(f"{out} is a workspace")
    made = world(applications, seed)
    shutil.rmtree(out / "sources", ignore_errors=True)
    shutil.rmtree(out / "truth", ignore_errors=True)
    written = list(_inventories(out / "sources", made))
    _rest(out / "sources", made)
    _truth(out / "truth", made, written)
    return made


# ------------------------------------------------------------------------------------- sources
def _inventories(out: Path, made: World) -> Iterator[tuple[str, str, list[Entry]]]:
    """Write the inventories; gives slug, file and rows of each."""
    for government in made.governments:
        how = inventories.layout(government, made.seed)
        entries = inventories.inventory(made, government)
        name = f"aplikasi-{slug(government.region.name)}-{slug(government.region.code)}"
        yield _inventory(out, name, government.region.name, how, entries, government.region.code)
    catalogue = inventories.CATALOGUE
    central = inventories.central(made)
    if central:
        yield _inventory(out, "aplikasi-pusat", "instansi pusat", catalogue, central)
    again = inventories.catalogue(made)
    if again:
        yield _inventory(out, "katalog-nasional", "nasional (katalog)", catalogue, again)


def _inventory(
    out: Path, name: str, of: str, how: Layout, entries: list[Entry], region: str = ""
) -> tuple[str, str, list[Entry]]:
    file = f"{name}.csv"
    _csv(out / name / file, how.headings.values(), inventories.rows(entries, how), how.delimiter)
    columns = {heading: role for role, heading in how.headings.items()}
    _source(out / name, f"Aplikasi {of}", "inventory", file, columns, how.delimiter, region)
    return name, file, entries


def _rest(out: Path, made: World) -> None:
    """Write what is not an inventory, a source of each kind per province."""
    provinces: dict[str, list[Government]] = defaultdict(list)
    for government in made.governments:
        provinces[government.region.code[:2]].append(government)
    for code, governments in provinces.items():
        name = reference.regions()[code].name
        rows: dict[str, list[list[str]]] = {kind: [] for kind in KINDS}
        for government in governments:
            own = exchanges.data(made, government)
            rows["data_entities"] += own
            rows["services"] += exchanges.services(made, government)
            rows["interfaces"] += exchanges.interfaces(made, government, own)
            rows["integrations"] += exchanges.integrations(made, government, own)
            rows["innovations"] += exchanges.innovations(made, government)
        for kind, found in rows.items():
            word = KINDS[kind].word
            ends = f"{word.lower()}-{slug(name)}-{code}"
            _kind(out, ends, f"{word} {name}", kind, found)


class Kind(NamedTuple):
    """A kind of source that is no inventory: its word in Indonesian, and its columns."""

    word: str
    headings: tuple[str, ...]
    roles: tuple[str, ...]


KINDS = {
    "services": Kind("Layanan", exchanges.SERVICE_HEADINGS, exchanges.SERVICE_ROLES),
    "data_entities": Kind("Data", exchanges.DATA_HEADINGS, exchanges.DATA_ROLES),
    "interfaces": Kind("Antarmuka", exchanges.INTERFACE_HEADINGS, exchanges.INTERFACE_ROLES),
    "integrations": Kind("Integrasi", exchanges.INTEGRATION_HEADINGS, exchanges.INTEGRATION_ROLES),
    "innovations": Kind("Inovasi", exchanges.INNOVATION_HEADINGS, exchanges.INNOVATION_ROLES),
}


def _kind(out: Path, name: str, title: str, transform: str, rows: list[list[str]]) -> None:
    if not rows:
        return
    _, headings, roles = KINDS[transform]
    _csv(out / name / f"{name}.csv", headings, rows, ",")
    columns = {h: r for h, r in zip(headings, roles, strict=True) if r}
    _source(out / name, title, transform, f"{name}.csv", columns, ",", "")


def _source(
    folder: Path,
    title: str,
    transform: str,
    file: str,
    columns: dict[str, str],
    delimiter: str,
    region: str,
) -> None:
    """Write the mapping of a source; a JSON text is YAML where it stands on one line."""
    reader = {"format": "delimited", "delimiter": delimiter, "header_row": 1}
    lines = [
        f"title_id: {_text(f'{title} (buatan)')}",
        f"title_en: {_text(f'{title} (generated)')}",
        "publisher: Simpul (buatan)",
        f"as_of: {_text(AS_OF)}",
        f"transform: {transform}",
        *([f"region: {_text(region)}"] if region else []),
        f"origin: {_text(ORIGIN)}",
        "generated: true",
        "files:",
        f"  - file: {file}",
        f"    reader: {_text(reader)}",
        "    columns:",
        *(f"      {_text(heading)}: {role}" for heading, role in columns.items()),
        *(['    ignore: ["No"]'] if transform == "services" else []),
    ]
    (folder / "source.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# --------------------------------------------------------------------------------------- truth
def _truth(out: Path, made: World, written: list[tuple[str, str, list[Entry]]]) -> None:
    """Write what is true: of each row, of each application, and which ones are redundant."""
    _csv(
        out / "rows.csv",
        ("source", "file", "row", "application", "how"),
        (
            (source, file, str(n), entry.app, entry.how)
            for source, file, entries in written
            for n, entry in enumerate(entries, start=2)
        ),
        ",",
    )
    reported = {e.app for _, _, entries in written for e in entries}
    apps = [a for a in made.apps() if a.key in reported]
    _csv(
        out / "applications.csv",
        ("application", "kind", "name", "government", "unit", "functions", "product"),
        (
            (a.key, a.kind, a.name, a.government, a.unit.full, "; ".join(a.functions), a.product)
            for a in apps
        ),
        ",",
    )
    _csv(out / "groups.csv", ("kind", "function", "sign", "members"), _groups(apps), ",")


def _groups(apps: Sequence[App]) -> Iterator[tuple[str, str, str, str]]:
    """Give who does one job: in one government, under a general application, as one product.

    Only the main function counts.  `sign`: the government, general application or product.
    """
    covers = {
        f: a for a in reference.general_applications().values() if a.class_ == "A"
        for f in a.functions
    }  # fmt: skip
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for app in (a for a in apps if a.kind != "general"):
        function = app.functions[0]
        if app.government:
            found["government", function, app.government].append(app.key)
        if function in covers:
            found["covered", function, covers[function].id].append(app.key)
        if app.product:
            found["product", function, app.product].append(app.key)
    for (kind, function, sign), members in sorted(found.items()):
        if kind == "covered" or len(members) > 1:
            yield kind, function, sign, "; ".join(members)


def _csv(
    path: Path, headings: Iterable[str], rows: Iterable[Iterable[str]], delimiter: str
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, delimiter=delimiter, lineterminator="\n")
        writer.writerows(chain([list(headings)], rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a landscape and say how large it is."""
    parser = argparse.ArgumentParser(prog="benchmarks.landscape", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--applications", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    made = generate(given.out, given.applications, given.seed)
    count = sum(1 for _ in made.apps())
    print(f"{count:,} applications of {len(made.governments)} governments in {given.out}")


if __name__ == "__main__":
    main()
