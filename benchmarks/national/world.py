"""The truth of a made-up national landscape: who runs which application for which function.

Agencies, regions, kinds of unit, functions and national applications are those of `reference/`;
every application of a government is made up.  One random stream per government, named by the seed
and the region's code, so that the same seed gives the same landscape whatever is made of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from benchmarks.national import words
from graph import reference
from graph.reference import GeneralApplication, Region
from graph.schema.records import slug

PER_GOVERNMENT = 12  # applications from which on a further government takes part
CENTRAL = 0.06  # share of applications that central bodies run
PRODUCTS = 0.012  # products per application; an installation is an application of its government
INSTALLED = 0.16  # share of local applications that are installations of a product
GENERAL = 0.14  # reports of national applications per local application
HOMES: dict[str, tuple[str, ...]] = {
    "G_KANTOR": ("SETDA", "BAG-UMUM", "DISPUSIP", "DISKOMINFO", "SETWAN", "KECAMATAN"),
    "G_SDM": ("BKPSDM", "BPSDM", "BAG-ORG", "DISDIK", "RSUD"),
    "G_REN": ("BAPPEDA", "BAG-ADBANG", "BAG-ORG", "BAG-TAPEM", "BRIDA"),
    "G_KEU": ("BPKAD", "BAPENDA", "BAG-PBJ", "BUMD-PASAR"),
    "G_HUKUM": ("BAG-HUKUM", "INSPEKTORAT", "SETWAN", "KESBANGPOL"),
    "G_LAYANAN": ("DPMPTSP", "DISKOMINFO", "BAG-ORG", "KECAMATAN"),
    "G_WILAYAH": ("DISDUKCAPIL", "DPMD", "KECAMATAN", "KELURAHAN", "DESA"),
    "G_SOSIAL": ("DINSOS", "DP3A", "DPPKB", "BAG-KESRA"),
    "G_KESEHATAN": ("DINKES", "RSUD", "PUSKESMAS"),
    "G_DARURAT": ("BPBD", "SATPOLPP", "DAMKAR"),
    "G_PENDIDIKAN": ("DISDIK", "DISPUSIP", "SEKOLAH"),
    "G_EKONOMI": ("DISNAKER", "DISKOPUKM", "DISDAG", "DISPERIN", "BAG-EKON"),
    "G_ALAM": ("DISTAN", "DKP", "DKP-IKAN", "DISHUT", "DESDM"),
    "G_PERHUBUNGAN": ("DISHUB", "BUMD-PARKIR"),
    "G_INFRA": ("DPUPR", "DPKP", "DLH", "BUMD-PDAM"),
    "G_BUDAYA": ("DISPAR", "DISBUD", "DISPORA", "BAG-KESRA"),
    "G_TIK": ("DISKOMINFO", "BAPPEDA", "BAG-PROKOPIM"),
}
STATUSES = ("active", "inactive", "development", "")
STATUS_WEIGHTS = (68, 12, 8, 12)
PLATFORMS = ("Web", "Android", "Web dan Android", "Desktop", "")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports: a unit of a government or a central body."""

    code: str
    name: str
    own: str = ""  # the own name of a unit that a government has many of

    @property
    def full(self) -> str:
        """Give the name that tells it from its sisters."""
        return f"{self.name} {self.own}".strip()


@dataclass(frozen=True, slots=True)
class App:
    """One true application.

    Parameters
    ----------
    key
        Names it in the truth files and nowhere else.
    kind
        local, product (an installation of one), central, or general (of `reference/`).
    government
        Code of the region; empty for central bodies and national applications.
    functions
        Codes, the first one the main one.
    """

    key: str
    kind: str
    government: str
    unit: Unit
    name: str
    long: str
    functions: tuple[str, ...]
    labels: tuple[str, ...]
    product: str = ""
    host: str = ""
    status: str = ""
    platform: str = ""


@dataclass(frozen=True)
class Government:
    """A regional government and what is true of it."""

    region: Region
    units: tuple[Unit, ...]
    apps: tuple[App, ...]
    uses: tuple[tuple[Unit, App], ...]  # who of it uses which national application

    @property
    def host(self) -> str:
        """Give the domain below which its applications are found; `.example` is nobody's."""
        return f"{slug(self.region.name)}.example"

    def stream(self, seed: int, what: str) -> random.Random:
        """Give the random stream for something that is made of this government."""
        return random.Random(f"{seed}:{self.region.code}:{what}")


@dataclass(frozen=True)
class World:
    """All governments, and the applications of central bodies."""

    seed: int
    governments: tuple[Government, ...]
    central: tuple[App, ...]

    def apps(self) -> Iterator[App]:
        """Give every true application, the national ones last."""
        for government in self.governments:
            yield from government.apps
        yield from self.central
        yield from general()


@dataclass(frozen=True, slots=True)
class Product:
    """A system that a vendor sells to many governments."""

    key: str
    name: str
    long: str
    function: str
    labels: tuple[str, ...]


def world(applications: int, seed: int) -> World:
    """Make a landscape of as many applications, the national ones of `reference/` not counted."""
    rng = random.Random(f"{seed}:world")
    products = tuple(_product(rng, n) for n in range(max(2, int(applications * PRODUCTS))))
    central = int(applications * CENTRAL)
    regions = list(reference.regions().values())
    count = max(3, min(len(regions), applications // PER_GOVERNMENT))
    chosen = sorted(rng.sample(regions, count), key=lambda r: r.code)
    sizes = _shares(applications - central, [rng.lognormvariate(0, 0.5) for _ in chosen])
    governments = tuple(
        _government(seed, r, n, products) for r, n in zip(chosen, sizes, strict=True)
    )
    return World(seed, governments, tuple(_central(seed, central)))


@cache
def general() -> tuple[App, ...]:
    """Give the national applications of `reference/` as true applications."""
    return tuple(_general(a) for a in reference.general_applications().values())


def _general(app: GeneralApplication) -> App:
    functions = app.functions or app.upstream_of
    long = max(app.spellings, key=len, default=app.name)
    host = app.hosts[0] if app.hosts else ""
    unit = Unit(app.managing_agency, app.managing_agency)
    return App(app.id, "general", "", unit, app.name, long, functions, (), "", host, "active")


def _shares(total: int, weights: list[float]) -> list[int]:
    """Part a number by weights; what rounding leaves goes to the first ones."""
    found = [int(total * w / sum(weights)) for w in weights]
    for at in range(total - sum(found)):
        found[at % len(found)] += 1
    return found


def _product(rng: random.Random, n: int) -> Product:
    function = _function(rng)
    label = rng.choice(words.labels(function))
    name, long = words.coined(rng), f"Sistem Informasi {label.title()}"
    return Product(f"product-{n:05}", f"{name}{rng.choice(words.CODAS).upper()}", long, function,
                   _labels(rng, function))  # fmt: skip


@cache
def _ranked() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Give the functions and how often each is computerised: what duplicates most, most often."""
    often = {"very_high": 5.0, "high": 2.5, "medium": 1.0}
    known = [f for f in reference.functions().values() if words.labels(f.code)]
    return tuple(f.code for f in known), tuple(often[f.duplication] for f in known)


def _function(rng: random.Random) -> str:
    codes, weights = _ranked()
    return rng.choices(codes, weights)[0]


def _labels(rng: random.Random, function: str) -> tuple[str, ...]:
    known = words.labels(function)
    return tuple(rng.sample(known, min(len(known), rng.randint(1, 3))))


def _units(rng: random.Random) -> tuple[Unit, ...]:
    found = []
    for kind in reference.unit_types().values():
        if kind.code in {"UPTD", "BAGIAN", "BIRO", "BUMD"}:
            continue
        if not kind.named:
            found.append(Unit(kind.code, kind.name))
            continue
        owns = dict.fromkeys(words.place(rng) for _ in range(rng.randint(2, 6)))
        short = {"PUSKESMAS": "Puskesmas", "DESA": "Desa", "SEKOLAH": "SMP"}
        found += [Unit(kind.code, short.get(kind.code, kind.name), own) for own in owns]
    return tuple(found)


def _government(seed: int, region: Region, n: int, products: tuple[Product, ...]) -> Government:
    rng = random.Random(f"{seed}:{region.code}:world")
    units = _units(rng)
    by_code: dict[str, list[Unit]] = {}
    for unit in units:
        by_code.setdefault(unit.code, []).append(unit)
    here = Government(region, units, (), ())
    apps: list[App] = []
    installed: set[str] = set()
    for at in range(n):
        key = f"{region.code}-{at:05}"
        product = _pick(rng, products) if rng.random() < INSTALLED else None
        if product and product.key not in installed:
            installed.add(product.key)
            apps.append(_installation(rng, key, here, by_code, product))
        else:
            apps.append(_local(rng, key, here, by_code))
    return Government(region, units, tuple(apps), tuple(_uses(rng, units, n)))


def _pick(rng: random.Random, products: tuple[Product, ...]) -> Product:
    """Draw a product; the first ones are sold most, as by Zipf's law."""
    return products[min(int(len(products) * rng.random() ** 2.5), len(products) - 1)]


def _home(rng: random.Random, function: str, by_code: dict[str, list[Unit]]) -> Unit:
    code = rng.choice(HOMES[reference.functions()[function].group])
    return rng.choice(by_code[code])


def _installation(
    rng: random.Random, key: str, at: Government, by_code: dict[str, list[Unit]], product: Product
) -> App:
    unit = _home(rng, product.function, by_code)
    name = product.name
    return App(key, "product", at.region.code, unit, name, product.long, (product.function,),
               product.labels, product.key, *_state(rng, name, at.host))  # fmt: skip


def _local(rng: random.Random, key: str, at: Government, by_code: dict[str, list[Unit]]) -> App:
    function = _function(rng)
    functions = [function]
    if rng.random() < 0.12:
        functions.append(_function(rng))
    labels = tuple(x for f in dict.fromkeys(functions) for x in _labels(rng, f))
    name, long = words.name(rng, labels[0])
    unit = _home(rng, function, by_code)
    return App(key, "local", at.region.code, unit, name, long, tuple(dict.fromkeys(functions)),
               labels, "", *_state(rng, name, at.host))  # fmt: skip


def _state(rng: random.Random, name: str, host: str) -> tuple[str, str, str]:
    """Give host (may be empty), status and platform."""
    found = f"{slug(name)[:24].strip('-')}.{host}" if rng.random() < 0.6 else ""
    return found, rng.choices(STATUSES, STATUS_WEIGHTS)[0], rng.choice(PLATFORMS)


def _uses(rng: random.Random, units: tuple[Unit, ...], n: int) -> Iterator[tuple[Unit, App]]:
    """Say which units use which national application; class A is used most."""
    known = general()
    for _ in range(int(n * GENERAL) + 1):
        yield rng.choice(units), known[min(int(len(known) * rng.random() ** 1.7), len(known) - 1)]


def _central(seed: int, n: int) -> Iterator[App]:
    rng = random.Random(f"{seed}:central:world")
    bodies = [a for a in reference.agencies().values() if not a.valid_to]
    for at in range(n):
        body = rng.choice(bodies)
        function = _function(rng)
        labels = _labels(rng, function)
        name, long = words.name(rng, labels[0])
        unit = Unit(body.code, body.name)
        host = f"{slug(body.abbreviation or body.code)}.example"
        yield App(f"pusat-{at:05}", "central", "", unit, name, long, (function,), labels, "",
                  *_state(rng, name, host))  # fmt: skip
