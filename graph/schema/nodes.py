"""Every kind of node in the graph, one class each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from graph.schema.codes import (
    AgencyKind,
    ApplicationKind,
    DataKind,
    Decision,
    DecreeStatus,
    FindingKind,
    InterfaceStatus,
    Lifecycle,
    Openness,
    Programme,
    RegionKind,
    Scope,
    Stage,
    Survival,
)
from graph.schema.core import Entity, Prop, node

Name = Annotated[str, Prop("skos:prefLabel", "Nama", "Name", lang="id")]
Aliases = Annotated[tuple[str, ...], Prop("skos:altLabel", "Nama lain", "Other names", lang="id")]
NameEn = Annotated[
    str | None, Prop("skos:prefLabel", "Nama (Inggris)", "Name in English", lang="en")
]
SourceCode = Annotated[str | None, Prop("dct:identifier", "Kode", "Code")]
Description = Annotated[str | None, Prop("dct:description", "Uraian", "Description", lang="id")]


@node(
    "sim:Region",
    prefix="region",
    id="Wilayah",
    en="Region",
    archimate="Location",
    also=("dct:Location",),
)
@dataclass(frozen=True, kw_only=True)
class Region(Entity):
    """A province, regency or city, by its Kemendagri code."""

    name: Name
    code: SourceCode = None
    kind: Annotated[RegionKind | None, Prop("dct:type", "Tingkat", "Level")] = None


@node(
    "sim:Agency",
    prefix="agency",
    id="Instansi",
    en="Agency",
    archimate="BusinessActor",
    also=("cv:PublicOrganisation", "org:Organization", "foaf:Agent"),
)
@dataclass(frozen=True, kw_only=True)
class Agency(Entity):
    """A public body or one of its units, at any level of government."""

    name: Name
    # CPOV-AP allows a body one skos:altLabel per language; the export writes the first there
    aliases: Annotated[
        tuple[str, ...], Prop("sim:otherName", "Nama lain", "Other names", lang="id")
    ] = ()
    name_en: NameEn = None
    code: SourceCode = None
    kind: Annotated[AgencyKind, Prop("org:classification", "Jenis", "Kind")] = AgencyKind.UNKNOWN
    government: Annotated[
        str | None, Prop("sim:government", "Pemerintah", "Government", ref="Agency")
    ] = None
    valid_from: Annotated[str | None, Prop("schema:foundingDate", "Sejak", "From")] = None
    valid_to: Annotated[str | None, Prop("schema:dissolutionDate", "Sampai", "Until")] = None


@node(
    "sim:Application",
    prefix="app",
    id="Aplikasi",
    en="Application",
    archimate="ApplicationComponent",
    also=("schema:SoftwareApplication", "adms:Asset", "dcat:Resource"),
)
@dataclass(frozen=True, kw_only=True)
class Application(Entity):
    """A software system that a public body runs or uses, whether owned or rented."""

    name: Name
    aliases: Aliases = ()
    code: SourceCode = None
    description: Description = None
    kind: Annotated[
        ApplicationKind, Prop("sim:applicationKind", "Jenis simpul", "Kind of node")
    ] = ApplicationKind.SYSTEM
    scope: Annotated[Scope, Prop("sim:scope", "Cakupan menurut sumber", "Scope as reported")] = (
        Scope.UNKNOWN
    )
    scope_inferred: Annotated[
        Scope, Prop("sim:scopeInferred", "Cakupan disimpulkan", "Scope as inferred")
    ] = Scope.UNKNOWN
    status: Annotated[Lifecycle, Prop("adms:status", "Status", "Status")] = Lifecycle.UNKNOWN
    status_reason: Annotated[
        str | None, Prop("sim:statusReason", "Alasan status", "Reason for the status", lang="id")
    ] = None
    platform: Annotated[str | None, Prop("schema:operatingSystem", "Platform", "Platform")] = None
    address: Annotated[str | None, Prop("sim:address", "Alamat", "Address")] = None
    repository: Annotated[
        str | None, Prop("sim:repository", "Repositori kode sumber", "Source code repository")
    ] = None
    version: Annotated[str | None, Prop("schema:softwareVersion", "Versi", "Version")] = None
    release_date: Annotated[str | None, Prop("dct:issued", "Tanggal rilis", "Release date")] = None
    languages: Annotated[
        tuple[str, ...], Prop("schema:inLanguage", "Bahasa antarmuka", "Languages")
    ] = ()
    license: Annotated[str | None, Prop("sim:license", "Lisensi", "Licence")] = None
    features: Annotated[tuple[str, ...], Prop("sim:feature", "Fitur", "Features", lang="id")] = ()
    website: Annotated[bool, Prop("sim:website", "Situs web biasa", "Plain website")] = False
    mentioned: Annotated[bool, Prop("sim:mentioned", "Hanya disebut", "Mentioned only")] = False
    relay: Annotated[bool, Prop("sim:relay", "Boleh meneruskan data", "May pass data on")] = False
    unresolved_integrations: Annotated[
        tuple[str, ...],
        Prop(
            "sim:unresolvedIntegration",
            "Integrasi yang disebut, pasangannya belum dikenali",
            "Integrations said, the other side not recognised",
            lang="id",
        ),
    ] = ()
    government: Annotated[
        str | None, Prop("sim:government", "Pemerintah", "Government", ref="Agency")
    ] = None


@node("sim:Service", prefix="service", id="Layanan", en="Service", archimate="BusinessService")
@dataclass(frozen=True, kw_only=True)
class Service(Entity):
    """A public or administrative service that an agency provides."""

    name: Name
    aliases: Aliases = ()
    name_en: NameEn = None
    code: SourceCode = None
    description: Description = None
    priority: Annotated[bool, Prop("sim:priority", "Layanan prioritas", "Priority service")] = False


@node(
    "sim:DataEntity",
    prefix="data",
    id="Entitas data",
    en="Data entity",
    archimate="DataObject",
    also=("skos:Concept",),
)
@dataclass(frozen=True, kw_only=True)
class DataEntity(Entity):
    """A kind of record that public bodies keep and exchange: a word in the data dictionary."""

    name: Name
    name_en: NameEn = None
    code: SourceCode = None
    description: Annotated[
        str | None, Prop("skos:definition", "Definisi", "Definition", lang="en")
    ] = None
    kind: Annotated[DataKind, Prop("dct:type", "Jenis data", "Kind of data")] = DataKind.UNKNOWN
    openness: Annotated[Openness, Prop("dct:accessRights", "Keterbukaan", "Openness")] = (
        Openness.UNKNOWN
    )
    join_keys: Annotated[tuple[str, ...], Prop("sim:joinKey", "Kunci penghubung", "Join keys")] = ()


@node(
    "sim:Interface",
    prefix="interface",
    id="Antarmuka",
    en="Interface",
    archimate="ApplicationInterface",
)
@dataclass(frozen=True, kw_only=True)
class Interface(Entity):
    """A way in which an application gives data to other ones or takes them: an API."""

    name: Name
    aliases: Aliases = ()
    code: SourceCode = None
    description: Description = None
    context: Annotated[str | None, Prop("sim:context", "Konteks", "Context")] = None
    version: Annotated[str | None, Prop("sim:version", "Versi", "Version")] = None
    endpoint: Annotated[str | None, Prop("sim:endpoint", "Alamat", "Endpoint")] = None
    protocol: Annotated[str | None, Prop("sim:protocol", "Protokol", "Protocol")] = None
    format: Annotated[str | None, Prop("sim:format", "Format", "Format")] = None
    authentication: Annotated[
        str | None, Prop("sim:authentication", "Autentikasi", "Authentication")
    ] = None
    status: Annotated[InterfaceStatus, Prop("adms:status", "Status", "Status")] = (
        InterfaceStatus.UNKNOWN
    )
    docs: Annotated[str | None, Prop("sim:documentation", "Dokumentasi", "Documentation")] = None


@node(
    "sim:Innovation",
    prefix="innovation",
    id="Inovasi",
    en="Innovation",
    archimate="WorkPackage",
    also=("foaf:Project", "prov:Activity"),
)
@dataclass(frozen=True, kw_only=True)
class Innovation(Entity):
    """A project in which officials made something new: for a training, a contest or an index."""

    name: Name
    aliases: Aliases = ()
    code: SourceCode = None
    description: Description = None
    programme: Annotated[Programme, Prop("dct:type", "Program", "Programme")] = Programme.UNKNOWN
    batch: Annotated[str | None, Prop("sim:batch", "Angkatan", "Batch")] = None
    year: Annotated[int | None, Prop("sim:year", "Tahun", "Year", minimum=1945, maximum=2100)] = (
        None
    )
    stage: Annotated[Stage, Prop("sim:stage", "Tahapan", "Stage")] = Stage.UNKNOWN
    survival: Annotated[Survival, Prop("sim:survival", "Keberlanjutan", "Survival")] = (
        Survival.UNKNOWN
    )


@node(
    "sim:Function",
    prefix="function",
    id="Fungsi",
    en="Function",
    archimate="BusinessFunction",
    also=("skos:Concept",),
)
@dataclass(frozen=True, kw_only=True)
class Function(Entity):
    """A job that applications do, from the functional vocabulary."""

    name: Name
    name_en: NameEn = None
    code: Annotated[str | None, Prop("skos:notation", "Kode", "Code")] = None
    description: Annotated[
        str | None, Prop("skos:definition", "Definisi", "Definition", lang="id")
    ] = None
    group: Annotated[str | None, Prop("sim:functionGroup", "Kelompok", "Group")] = None
    rab_code: Annotated[str | None, Prop("sim:rabCode", "Kode RAB", "RAB code")] = None
    ral_code: Annotated[str | None, Prop("sim:ralCode", "Kode RAL", "RAL code")] = None


@node(
    "sim:Regulation", prefix="regulation", id="Dasar hukum", en="Regulation", archimate="Constraint"
)
@dataclass(frozen=True, kw_only=True)
class Regulation(Entity):
    """A decree that designates an application or obliges agencies."""

    name: Name
    status: Annotated[
        DecreeStatus, Prop("sim:decreeStatus", "Status teks", "Status of the text")
    ] = DecreeStatus.NOT_SEEN


@node(
    "sim:Source",
    prefix="source",
    id="Sumber",
    en="Source",
    archimate="Representation",
    also=("prov:Entity",),
)
@dataclass(frozen=True, kw_only=True)
class Source(Entity):
    """A file or service that was read."""

    name: Annotated[str, Prop("dct:title", "Judul", "Title", lang="id")]
    name_en: Annotated[
        str | None, Prop("dct:title", "Judul (Inggris)", "Title in English", lang="en")
    ] = None
    slug: Annotated[str | None, Prop("sim:slug", "Nama singkat", "Short name")] = None
    publisher: Annotated[str | None, Prop("sim:publisher", "Penerbit", "Publisher")] = None
    as_of: Annotated[str | None, Prop("sim:asOf", "Keadaan per", "As of")] = None
    license: Annotated[str | None, Prop("dct:rights", "Asal dan hak", "Origin and rights")] = None
    generated: Annotated[bool, Prop("sim:generated", "Buatan", "Generated")] = False


@node("sim:Finding", prefix="finding", id="Temuan", en="Finding", archimate="Assessment")
@dataclass(frozen=True, kw_only=True)
class Finding(Entity):
    """A group of applications that an analyst may put before their owners as redundant."""

    name: Name
    name_en: NameEn = None
    kind: Annotated[FindingKind, Prop("sim:findingKind", "Jenis temuan", "Kind of finding")]
    function: Annotated[str, Prop("sim:aboutFunction", "Fungsi", "Function", ref="Function")]
    score: Annotated[float, Prop("sim:score", "Skor", "Score", minimum=0)]
    covered_by: Annotated[
        str | None, Prop("sim:coveredBy", "Dicakup oleh", "Covered by", ref="Application")
    ] = None
    survivor: Annotated[
        str | None, Prop("sim:survivor", "Usul penerus", "Suggested survivor", ref="Application")
    ] = None
    decision: Annotated[Decision | None, Prop("sim:decision", "Keputusan", "Decision")] = None
    members_changed: Annotated[
        bool,
        Prop(
            "sim:membersChanged",
            "Anggota berubah sejak keputusan",
            "Members changed since the decision",
        ),
    ] = False
    evidence_kinds: Annotated[
        tuple[str, ...], Prop("sim:evidenceKind", "Jenis bukti", "Kinds of evidence")
    ] = ()
