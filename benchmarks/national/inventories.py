"""Inventories of a made-up world, each in the headings and with the faults that real ones have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.national import words
from benchmarks.national.world import App, Government, Unit, World
from graph import reference

REPEATED = 0.05  # share of applications that stand twice in one inventory
CATALOGUED = 0.1  # share that the national catalogue lists once more
WEBSITES = 0.08  # websites per application
NO_TEXT = 0.3  # share of rows without a description
NO_UNIT = 0.06


@dataclass(frozen=True)
class Layout:
    """How a government writes its inventory: role → heading, delimiter, words of the status."""

    headings: dict[str, str]
    delimiter: str = ","
    statuses: tuple[str, str, str] = ("Aktif", "Tidak Aktif", "Pengembangan")


LAYOUTS = (
    Layout(
        {
            "reporting_unit": "Nama Perangkat Daerah",
            "name": "Nama Aplikasi",
            "description": "Deskripsi Singkat Aplikasi",
            "address": "Alamat Domain / Link Aplikasi",
            "class_reported": "Jenis Aplikasi",
            "status": "Status Aplikasi",
            "contact_name": "Nama Pengelola",
        },
        ";",
    ),
    Layout(
        {
            "name": "Nama Aplikasi",
            "description": "Fungsi",
            "owner": "Perangkat Daerah",
            "platform": "Platform",
            "status": "Status",
            "address": "Alamat",
        },
        statuses=("Digunakan", "Tidak Dipakai", "Development"),
    ),
    Layout(
        {
            "code": "Kode Aplikasi",
            "name": "Nama Sistem Informasi",
            "description": "Uraian",
            "owner": "OPD Pemilik",
            "status": "Kondisi",
        },
        statuses=("Berjalan", "Nonaktif", "Dalam Pengembangan"),
    ),
    Layout(
        {
            "name": "Aplikasi",
            "description": "Kegunaan",
            "reporting_unit": "Nama OPD",
            "address": "URL",
        }
    ),
    Layout(
        {
            "owner": "Unit Kerja",
            "name": "Nama Aplikasi / Sistem",
            "record_kind": "Jenis",
            "class_reported": "Kategori Aplikasi",
            "description": "Keterangan",
            "platform": "Berbasis",
            "address": "Link Akses",
        },
        "\t",
    ),
)
CATALOGUE = Layout(
    {
        "name": "Nama Aplikasi",
        "description": "Uraian Aplikasi",
        "owner": "Instansi Pemilik",
        "region_code": "Kode Wilayah",
        "region_name": "Wilayah",
        "class_reported": "Klasifikasi",
        "status": "Status",
        "address": "Alamat URL",
    }
)


@dataclass(frozen=True)
class Entry:
    """One row of an inventory, and the truth of it.

    Parameters
    ----------
    app
        Key of the true application; empty for a website.
    how
        What was done to its name.
    """

    cells: dict[str, str]
    app: str
    how: str


def layout(government: Government, seed: int) -> Layout:
    """Give how a government writes."""
    return government.stream(seed, "layout").choice(LAYOUTS)


def inventory(world: World, government: Government) -> list[Entry]:
    """Give the rows of a government's own inventory, in no order."""
    rng = government.stream(world.seed, "inventory")
    how = layout(government, world.seed)
    found = []
    for app in government.apps:
        found.append(_entry(rng, how, government, app, app.name, "as it is"))
        if rng.random() < REPEATED:
            name, done = words.respelt(rng, app.name, app.long, government.region.name)
            found.append(_entry(rng, how, government, app, name, f"repeated: {done}"))
    for unit, app in government.uses:
        name, done = _national(rng, app)
        found.append(_entry(rng, how, government, app, name, done, unit))
    found += [_website(rng, how, government) for _ in range(_drawn(rng, len(found) * WEBSITES))]
    rng.shuffle(found)
    return found


def central(world: World) -> list[Entry]:
    """Give the inventory of the central bodies."""
    rng = random.Random(f"{world.seed}:central:inventory")
    return [
        Entry(_cells(rng, CATALOGUE, app, app.name, app.unit.name, ""), app.key, "as it is")
        for app in world.central
    ]


def catalogue(world: World) -> list[Entry]:
    """Give the national catalogue, which lists some applications of every government once more."""
    found = []
    for government in world.governments:
        rng = government.stream(world.seed, "catalogue")
        region = government.region
        for app in government.apps:
            if rng.random() >= CATALOGUED:
                continue
            name, done = words.respelt(rng, app.name, app.long, region.name)
            if rng.random() < 0.5:
                name, done = app.name, "as it is"
            unit = f"{app.unit.full} {region.name}"
            cells = _cells(rng, CATALOGUE, app, name, unit, unit)
            cells |= {"region_code": region.code, "region_name": region.name}
            found.append(Entry(cells, app.key, f"catalogue: {done}"))
    return found


def _entry(
    rng: random.Random,
    how: Layout,
    at: Government,
    app: App,
    name: str,
    done: str,
    unit: Unit | None = None,
) -> Entry:
    body = unit or app.unit
    written = "" if rng.random() < NO_UNIT else spelt(rng, body, at)
    return Entry(_cells(rng, how, app, name, written, body.full), app.key, done)


def _cells(
    rng: random.Random, how: Layout, app: App, name: str, unit: str, body: str
) -> dict[str, str]:
    states = dict(zip(("active", "inactive", "development"), how.statuses, strict=True))
    described = app.labels and rng.random() >= NO_TEXT
    general = app.kind == "general"
    return {
        "name": name,
        "code": f"APL-{rng.randrange(10**6):06}",
        "description": words.description(rng, app.labels, body) if described else "",
        "owner": unit,
        "reporting_unit": unit,
        "address": _address(rng, app.host),
        "status": states.get(app.status, ""),
        "platform": app.platform,
        "class_reported": "Aplikasi Umum" if general else rng.choice(("Aplikasi Khusus", "")),
        "record_kind": "aplikasi",
        "contact_name": f"Petugas {rng.randrange(100)}",
    }


def _address(rng: random.Random, host: str) -> str:
    if not host:
        return rng.choice(("", "", "-"))
    return rng.choice((host, f"https://{host}/", f"http://{host}", f"https://{host}/login"))


def spelt(rng: random.Random, unit: Unit, at: Government) -> str:
    """Write the name of a unit as its clerks do: in full, short, with or without the region."""
    kind = reference.unit_types()[unit.code]
    name = unit.name
    if not kind.named and kind.aliases and rng.random() < 0.3:
        name = kind.aliases[0]
    short = at.region.name.replace("Kabupaten", "Kab.").replace("Provinsi", "Prov.")
    where = rng.choices(("", at.region.name, short), weights=(70, 15, 15))[0]
    return " ".join(filter(None, (name, unit.own, where)))


def _national(rng: random.Random, app: App) -> tuple[str, str]:
    """Give a spelling of a national application, with a fault now and then."""
    known = next(a for a in _known() if a.id == app.key)
    name = rng.choice(known.spellings or (app.name,))
    if rng.random() < 0.1:
        return words.typo(rng, name), "typo"
    if rng.random() < 0.3:
        return (name.upper() if rng.random() < 0.5 else name.lower()), "case"
    return name, "as it is" if name == app.name else "alias"


def _known() -> tuple[reference.GeneralApplication, ...]:
    return tuple(reference.general_applications().values())


def _website(rng: random.Random, how: Layout, at: Government) -> Entry:
    """Give a row about a plain website; only some inventories say that it is one."""
    unit = rng.choice(at.units)
    cells = dict.fromkeys(how.headings, "")
    cells |= {
        "name": f"Website {unit.full}",
        "owner": spelt(rng, unit, at),
        "reporting_unit": spelt(rng, unit, at),
        "address": f"{unit.code.lower()}.{at.host}",
        "record_kind": "website",
        "contact_name": f"Petugas {rng.randrange(100)}",
    }
    return Entry(cells, "", "website")


def _drawn(rng: random.Random, mean: float) -> int:
    """Round to a neighbour, so that the mean holds."""
    return int(mean) + (rng.random() < mean - int(mean))


def rows(entries: list[Entry], how: Layout) -> Iterator[list[str]]:
    """Give the cells in the order of the headings."""
    for entry in entries:
        yield [entry.cells.get(role, "") for role in how.headings]
