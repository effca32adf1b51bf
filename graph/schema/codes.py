"""The closed lists of the model, each word with both labels."""

from graph.schema.core import Code


class AgencyKind(Code):
    """What kind of body an agency is."""

    CENTRAL = "central", "Instansi pusat", "Central agency"
    GOVERNMENT = "government", "Pemerintah daerah", "Regional government"
    UNIT = "unit", "Perangkat daerah atau unit", "Unit"
    ENTERPRISE = "enterprise", "BUMN atau BUMD", "State enterprise"
    OTHER = "other", "Badan lain", "Other body"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class RegionKind(Code):
    """The level of a region."""

    PROVINCE = "province", "Provinsi", "Province"
    REGENCY = "regency", "Kabupaten", "Regency"
    CITY = "city", "Kota", "City"


class ApplicationKind(Code):
    """Whether a node stands for one system or for a class of them."""

    SYSTEM = "system", "Aplikasi", "System"
    CLASS = "class", "Kelas aplikasi", "Class of systems"


class Scope(Code):
    """Whom an application is for."""

    GENERAL = "general", "Umum", "General"
    SECTOR = "sector", "Sektor", "Sector"
    LOCAL = "local", "Khusus atau daerah", "Local"
    OTHER = "other", "Lainnya", "Other"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Lifecycle(Code):
    """Where an application stands in its life."""

    PLANNED = "planned", "Direncanakan", "Planned"
    DEVELOPMENT = "development", "Dikembangkan", "In development"
    ACTIVE = "active", "Aktif", "Active"
    INACTIVE = "inactive", "Tidak aktif", "Inactive"
    RETIRED = "retired", "Dipensiunkan", "Retired"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class DataKind(Code):
    """What part a data entity plays."""

    MASTER = "master", "Data induk", "Master data"
    REFERENCE = "reference", "Data referensi", "Reference data"
    TRANSACTION = "transaction", "Data transaksi", "Transaction data"
    DOCUMENT = "document", "Dokumen", "Document"
    STATISTIC = "statistic", "Data statistik", "Statistic"
    SPATIAL = "spatial", "Data spasial", "Spatial data"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Openness(Code):
    """Who may have a data entity."""

    PUBLIC = "public", "Terbuka", "Public"
    LIMITED = "limited", "Terbatas", "Limited"
    CLOSED = "closed", "Tertutup", "Closed"
    PERSONAL = "personal", "Pribadi", "Personal"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Certainty(Code):
    """How an integration is known."""

    DECLARED = "declared", "Dinyatakan", "Declared"
    OBSERVED = "observed", "Teramati", "Observed"
    ASSUMED = "assumed", "Dugaan", "Assumed"


class ExchangeStatus(Code):
    """Whether data goes over an integration now."""

    LIVE = "live", "Berjalan", "Live"
    PILOT = "pilot", "Uji coba", "Pilot"
    PLANNED = "planned", "Direncanakan", "Planned"
    STOPPED = "stopped", "Berhenti", "Stopped"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class DecreeStatus(Code):
    """Whether the text that is cited was seen."""

    SEEN = "seen", "Keputusan terlihat", "Decree seen"
    NOT_SEEN = "not_seen", "Keputusan belum terlihat", "Decree not seen"


class FindingKind(Code):
    """What a redundancy cluster is."""

    COVERED = "covered", "Tercakup aplikasi umum", "Covered by a general application"
    GOVERNMENT = "government", "Beberapa di satu pemerintah", "Several of one government"
    PRODUCT = "product", "Satu produk di banyak tempat", "One product in many places"
    NEIGHBOURS = "neighbours", "Dibangun berulang antarpemerintah", "Built again by neighbours"


class Decision(Code):
    """What analysts decided about a finding."""

    ACCEPT = "accept", "Diterima analis", "Accepted"
    REJECT = "reject", "Ditolak", "Rejected"


class Disposition(Code):
    """What analysts decided about one member of a finding."""

    KEEP = "keep", "Pertahankan", "Keep"
    MERGE = "merge", "Gabungkan", "Merge"
    RETIRE = "retire", "Pensiunkan", "Retire"
    INTEGRATE = "integrate", "Integrasikan", "Integrate"
