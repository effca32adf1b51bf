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


class Direction(Code):
    """How the direction of an exchange is known."""

    STATED = "stated", "Dinyatakan", "Stated"
    INFERRED = "inferred", "Disimpulkan", "Inferred"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class InterfaceStatus(Code):
    """Whether an interface answers now."""

    PLANNED = "planned", "Direncanakan", "Planned"
    PILOT = "pilot", "Uji coba", "Pilot"
    LIVE = "live", "Berjalan", "Live"
    DEPRECATED = "deprecated", "Akan dihentikan", "Deprecated"
    STOPPED = "stopped", "Berhenti", "Stopped"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Programme(Code):
    """The programme in which an innovation was made or entered."""

    PKN1 = "pkn1", "Pelatihan Kepemimpinan Nasional Tingkat I", "National leadership training I"
    PKN2 = "pkn2", "Pelatihan Kepemimpinan Nasional Tingkat II", "National leadership training II"
    PKA = "pka", "Pelatihan Kepemimpinan Administrator", "Leadership training for administrators"
    PKP = "pkp", "Pelatihan Kepemimpinan Pengawas", "Leadership training for supervisors"
    LATSAR = "latsar", "Pelatihan Dasar CPNS", "Basic training of civil servants"
    RLA = "rla", "Reform Leader Academy", "Reform Leader Academy"
    DIKLATPIM = "diklatpim", "Diklat kepemimpinan lama", "Older leadership training"
    TRAINING = "training", "Pelatihan, jenjang tidak disebut", "Training, level not stated"
    KIPP = "kipp", "Kompetisi Inovasi Pelayanan Publik", "Public service innovation competition"
    IGA = "iga", "Indeks Inovasi Daerah", "Regional innovation index"
    EXPO = "expo", "Pameran", "Exhibition"
    OTHER = "other", "Program lain", "Another programme"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Stage(Code):
    """How far an innovation has come."""

    INITIATIVE = "initiative", "Inisiatif", "Initiative"
    TRIAL = "trial", "Uji coba", "Trial"
    APPLIED = "applied", "Penerapan", "In application"
    UNKNOWN = "unknown", "Belum diketahui", "Not known"


class Survival(Code):
    """What became of an innovation after its programme ended."""

    ACTIVE = "active", "Masih berjalan", "Still running"
    INACTIVE = "inactive", "Tidak berjalan", "Not running"
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
