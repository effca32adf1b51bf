"""The words by which a spelling is taken apart: kinds of region, of unit and of office."""

import re

from graph.schema.records import plain

# First words of local offices of central bodies: the law makes them part of it.
LOCAL_OFFICES = {
    "pengadilan": "MA",
    "kejaksaan": "KEJAGUNG",
    "polda": "POLRI",
    "polres": "POLRI",
    "polresta": "POLRI",
    "polsek": "POLRI",
}
PROVINCES = {
    "11": ("NAD", "Nanggroe Aceh Darussalam"),
    "12": ("Sumut",),
    "13": ("Sumbar",),
    "16": ("Sumsel",),
    "19": ("Babel", "Bangka Belitung"),
    "21": ("Kepri",),
    "31": ("DKI Jakarta", "DKI", "Jakarta", "DK Jakarta", "Daerah Khusus Jakarta"),
    "32": ("Jabar",),
    "33": ("Jateng",),
    "34": ("DIY", "DI Yogyakarta", "D.I. Yogyakarta", "Yogyakarta"),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "64": ("Kaltim",),
    "65": ("Kaltara",),
    "71": ("Sulut",),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
    "82": ("Malut",),
}
KINDS = {
    "kab": "regency",
    "kabupaten": "regency",
    "pemkab": "regency",
    "kota": "city",
    "kotamadya": "city",
    "pemkot": "city",
    "prov": "province",
    "provinsi": "province",
    "propinsi": "province",
    "pemprov": "province",
}
ADMINISTRATIVE = {"administrasi", "adm"}
GOVERNMENT = {"pemerintah", "pemda", "pemkab", "pemkot", "pemprov", "pem", "daerah"}
SMALL = {"di", "dan", "pada", "untuk", "se"}
REGIONAL = {
    "dinas",
    "kecamatan",
    "kelurahan",
    "kec",
    "kel",
    "desa",
    "bagian",
    "setda",
    "sekretariat",
    "satpol",
    "inspektorat",
    "puskesmas",
    "rsud",
}
SEVERAL = {"KECAMATAN", "KELURAHAN", "DESA", "PUSKESMAS", "SEKOLAH", "UPTD", "BAGIAN", "BIRO"}
"""Kinds of unit of which a government has many: without a name of its own it is a class."""
OFFICES = {
    "dinas",
    "badan",
    "bagian",
    "biro",
    "satuan",
    "inspektorat",
    "sekretariat",
    "kantor",
    "rumah",
    "perusahaan",
    "kecamatan",
    "kelurahan",
}
"""First words of full names of units."""
SHORT_NAMES = {"PUSKESMAS": "Puskesmas"}
WORD_BELONGS = {"SEKOLAH", "UPTD", "BUMD"}
"""Kinds whose word is part of the unit's name (SDN 1, Balai Uji)."""
PLACES = {"KECAMATAN", "KELURAHAN", "DESA", "PUSKESMAS"}
"""Kinds named after a place within the region, which may bear the region's name."""
LONG = {
    "sdm": "sumber daya manusia",
    "ptsp": "pelayanan terpadu satu pintu",
    "pmptsp": "penanaman modal pelayanan terpadu satu pintu",
    "p3a": "pemberdayaan perempuan perlindungan anak",
    "pppa": "pemberdayaan perempuan perlindungan anak",
    "kb": "keluarga berencana",
    "p2kb": "pengendalian penduduk keluarga berencana",
    "ppkb": "pengendalian penduduk keluarga berencana",
    "p3ap2kb": "pemberdayaan perempuan perlindungan anak pengendalian penduduk keluarga berencana",
    "pu": "pekerjaan umum",
    "pupr": "pekerjaan umum penataan ruang",
    "pr": "penataan ruang",
    "pkp": "perumahan kawasan permukiman",
    "perkim": "perumahan kawasan permukiman",
    "lh": "lingkungan hidup",
    "pmd": "pemberdayaan masyarakat desa",
    "ukm": "usaha kecil menengah",
    "umkm": "usaha mikro kecil menengah",
    "esdm": "energi sumber daya mineral",
}
"""Well-known abbreviations within the names of units, and what they stand for."""
LATER = re.compile(r"(?:dahulu|dulu|then|d/h|eks|sebelumnya|formerly)\s+(.+)", re.IGNORECASE)
CLASS = re.compile(
    r"^\d|\bk l\b|^(?:semua|seluruh|berbagai|setiap|lebih dari)\b|\blainnya$|\bkabupaten kota\b"
    r"|^(?:umum|publik|swasta|perorangan|masyarakat|vendor|bank|sro pasar modal)$"
    r"|^(?:instansi|lembaga|instansi pemerintah|pemerintah daerah|pemda|badan usaha|fktp|fasyankes)"
    r"(?: (?:umum|lain|mitra|swasta|pengguna|masing masing|pusat|pusat dan daerah))*$"
    r"|^\w+ (?:provinsi|kabupaten|kota)(?: \d.*)?$"
)
CLASS_REMARKS = {"umum", "tidak disebut", "tidak disebutkan"}
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")


LONGEST_NAME = 200
MOST_WORDS = 25


def is_too_long(text: str) -> bool:
    """Tell whether a text is too long for the name of a body: its words are not tried out."""
    return len(text) > LONGEST_NAME or len(text.split()) > MOST_WORDS


def is_class(text: str) -> bool:
    """Tell whether a text means a class of bodies: "pemerintah daerah (umum)", "K/L dan pemda"."""
    if is_too_long(text):
        return False
    remarks = {plain(remark) for remark in BRACKETS.findall(text)}
    return bool(remarks & CLASS_REMARKS or CLASS.search(plain(text)))
