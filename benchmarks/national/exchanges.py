"""Services, data, interfaces, exchanges and innovations: most of what a national graph holds."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.national import words
from benchmarks.national.world import App, Government, Unit, World, general
from graph import reference
from graph.schema.records import slug

SERVICES = 1.8  # per application
DATA = 2.8
INTERFACES = 0.8
INTEGRATIONS = 1.6
INNOVATIONS = 0.5
SERVICE_HEADINGS = ("No", "Nama Layanan", "Uraian Layanan", "Penanggung Jawab", "Prioritas")
DATA_HEADINGS = ("Nama Data", "Jenis Data", "Sifat Data", "Kunci", "Sistem Induk", "Wali Data")
INTEGRATION_HEADINGS = (
    *("Sistem Penyedia", "Instansi Penyedia", "Sistem Pengguna", "Instansi Pengguna"),
    *("Data", "Saluran", "Protokol", "Status", "Sejak"),
)
INTERFACE_HEADINGS = (
    *("Nama API", "Sistem", "Instansi Pemilik", "Endpoint", "Versi", "Protokol", "Autentikasi"),
    *("Data", "Gateway", "Status API", "Aplikasi Konsumen"),
)
INNOVATION_HEADINGS = (
    *("Judul Inovasi", "Jenis Pelatihan", "Tahun", "Unit Kerja", "Instansi", "Ringkasan"),
    "Status Inovasi",
)
SERVICE_ROLES = ("", "name", "description", "lead_agency", "priority")
DATA_ROLES = ("name", "kind", "openness", "join_keys", "master_system", "steward")
INTEGRATION_ROLES = (
    *("provider_system", "provider_agency", "consumer_system", "consumer_agency"),
    *("data_entities", "channel", "protocol", "status", "since"),
)
INTERFACE_ROLES = (
    *("name", "system", "owner", "endpoint", "version", "protocol", "authentication"),
    *("data_entities", "gateway", "status", "subscribers"),
)
INNOVATION_ROLES = (
    *("name", "programme", "year", "unit", "agency", "description"),
    "survival",
)
KINDS = ("Data Induk", "Transaksi", "Dokumen", "Statistik", "Referensi")
OPENNESS = ("Terbuka", "Terbatas", "Tertutup")
KEYS = ("NIK", "NIP", "kode wilayah", "nomor registrasi", "NPSN", "NIB", "")
CHANNELS = ("API", "SPLP", "SFTP", "manual", "basis data bersama", "")
GATEWAYS = ("SPLP", "SPLP", "", "")
PROGRAMMES = ("PKA", "PKP", "PKN II", "Latsar", "KIPP", "IGA")
IDEAS = ("Optimalisasi", "Peningkatan", "Digitalisasi", "Percepatan", "Strategi", "Inovasi")
STATES = ("Berjalan", "Uji Coba", "Rencana", "Berhenti")
HOW_BEGUN = ("melalui aplikasi", "lewat", "berbasis", "dengan")
WHAT = ("Data", "Rekap", "Daftar", "Jumlah", "Statistik")
KIND_OF_SERVICE = ("Layanan", "Pelayanan", "Permohonan", "Konsultasi", "Fasilitasi")


def services(world: World, government: Government) -> list[list[str]]:
    """Give the services of a government, each with the unit that is responsible."""
    rng = government.stream(world.seed, "services")
    found: dict[str, list[str]] = {}
    for _ in range(int(len(government.apps) * SERVICES)):
        unit = rng.choice(government.units)
        label = _label(rng)
        name = f"{rng.choice(KIND_OF_SERVICE)} {label} {_where(unit, government)}"
        text = f"{label.capitalize()} bagi {rng.choice(words.FOR)}" if rng.random() < 0.5 else ""
        row = [str(len(found) + 1), name, text, _full(unit, government), "tidak"]
        found.setdefault(name, row)
    return list(found.values())


def data(world: World, government: Government) -> list[list[str]]:
    """Give the data of a government with master system and steward."""
    rng = government.stream(world.seed, "data")
    found: dict[str, list[str]] = {}
    for _ in range(int(len(government.apps) * DATA)):
        app = rng.choice(government.apps)
        label = rng.choice(words.labels(app.functions[0]))
        name = f"{rng.choice(WHAT)} {label} {_where(app.unit, government)}"
        found.setdefault(
            name,
            [
                name,
                rng.choice(KINDS),
                rng.choice(OPENNESS),
                rng.choice(KEYS),
                app.name if rng.random() < 0.85 else "",
                _full(app.unit, government),
            ],
        )
    return list(found.values())


def integrations(
    world: World, government: Government, dictionary: list[list[str]]
) -> Iterator[list[str]]:
    """Give exchanges inside a government and with national applications."""
    rng = government.stream(world.seed, "integrations")
    names = [row[0] for row in dictionary]
    for _ in range(int(len(government.apps) * INTEGRATIONS)):
        one, other = _ends(rng, government)
        if one == other or not names:
            continue
        carried = rng.sample(names, min(len(names), rng.choices((1, 2, 3), (70, 20, 10))[0]))
        yield [
            one.name,
            _body(one, government),
            other.name,
            _body(other, government),
            "; ".join(carried),
            rng.choice(CHANNELS),
            rng.choice(("REST/JSON", "SOAP", "CSV", "")),
            rng.choices(STATES, weights=(70, 10, 15, 5))[0],
            str(rng.randint(2015, 2025)),
        ]


def interfaces(
    world: World, government: Government, dictionary: list[list[str]]
) -> Iterator[list[str]]:
    """Give the interfaces of a government's applications, who calls them and what they carry."""
    rng = government.stream(world.seed, "interfaces")
    names = [row[0] for row in dictionary]
    for n in range(int(len(government.apps) * INTERFACES)):
        app = rng.choice(government.apps)
        label = rng.choice(words.labels(app.functions[0]))
        yield [
            f"API {label.title()} {app.name}",
            app.name,
            _body(app, government),
            f"https://api.{government.host}/{slug(label)}/{n}" if rng.random() < 0.5 else "",
            rng.choice(("v1", "v2", "1.0", "")),
            rng.choice(("REST", "REST", "SOAP", "")),
            rng.choice(("OAuth2", "API key", "Basic", "")),
            rng.choice(names) if names else "",
            rng.choice(GATEWAYS),
            rng.choices(("Berjalan", "Uji Coba", "Rencana", "Berhenti"), (70, 10, 12, 8))[0],
            _caller(rng, government, app),
        ]


def _caller(rng: random.Random, at: Government, app: App) -> str:
    """Name who calls an interface, without its body as such lists do: so mostly what all know."""
    if rng.random() < 0.6:
        return ""
    caller = rng.choice(general()) if rng.random() < 0.9 else rng.choice(at.apps)
    return "" if caller == app else caller.name


def innovations(world: World, government: Government) -> Iterator[list[str]]:
    """Give training projects and competition entries; some of them became applications."""
    rng = government.stream(world.seed, "innovations")
    for _ in range(int(len(government.apps) * INNOVATIONS)):
        app = rng.choice(government.apps)
        label = rng.choice(words.labels(app.functions[0]))
        became = rng.random() < 0.3
        title = f"{rng.choice(IDEAS)} {label.title()} {rng.choice(HOW_BEGUN)} "
        title += app.name if became else words.coined(rng)
        yield [
            title,
            rng.choice(PROGRAMMES),
            str(rng.randint(2016, 2025)),
            app.unit.full,
            f"Pemerintah {government.region.name}",
            f"{label.capitalize()} bagi {rng.choice(words.FOR)}" if rng.random() < 0.6 else "",
            rng.choice(("Masih Berjalan", "Tidak Aktif", "")),
        ]


def _ends(rng: random.Random, at: Government) -> tuple[App, App]:
    """Draw two systems; a few of a government take part in most of its exchanges."""
    one = at.apps[int(len(at.apps) * rng.random() ** 1.5)]
    other = rng.choice(at.apps) if rng.random() < 0.7 else rng.choice(general())
    return (one, other) if rng.random() < 0.5 else (other, one)


def _label(rng: random.Random) -> str:
    return rng.choice(words.labels(rng.choice(tuple(reference.functions()))))


def _where(unit: Unit, at: Government) -> str:
    return f"{unit.own} {at.region.name}".strip()


def _full(unit: Unit, at: Government) -> str:
    return f"{unit.full} {at.region.name}"


def _body(app: App, at: Government) -> str:
    if app.kind == "general":
        return reference.agencies()[app.unit.code].name
    return _full(app.unit, at)
