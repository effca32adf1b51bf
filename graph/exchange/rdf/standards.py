"""What the European profiles ask for beyond the terms that the model declares.

DCAT-AP 3, CPSV-AP 3.2, CPOV-AP 2.1 and BRegDCAT-AP 2.1: the same name under further properties,
the way back of a relation, and the concepts of others that the export refers to.
"""

from __future__ import annotations

from typing import NamedTuple

ALSO_WRITTEN: dict[tuple[str, str], tuple[str, ...]] = {
    # an agent's title stands in one language only (BRegDCAT-AP), its preferred label in both
    ("Agency", "name"): ("foaf:name", "dct:title"),
    ("Application", "name"): ("dct:title",),
    ("Interface", "name"): ("dct:title",),
    ("Service", "name"): ("dct:title",),
    ("Service", "name_en"): ("dct:title",),
}
# CPOV-AP allows one such label per language
FIRST_ALSO_WRITTEN = {("Agency", "aliases"): "skos:altLabel"}
BACKWARDS = {"PART_OF": "org:hasSubOrganization", "SUCCEEDED_BY": "dct:replaces"}
IDENTIFIED = (
    "Agency",
    "Application",
    "Service",
    "DataEntity",
    "Interface",
    "Innovation",
    "Function",
    "Region",
)
SCHEMES = {"DataEntity": "data", "Function": "function"}

INDONESIA = "eu:country/IDN"
APPLICATION = "dr8:DigitalSolutionApplicationComponent"
INTERFACE = "dr8:MachineToMachineInterfaceApplicationInterface"
SHARED_APPLICATION = "dr8:SharedPlatformApplicationComponent"
MASTER_DATA = "dr8:MasterDataDataObject"
ACCESS = {
    "public": "eu:access-right/PUBLIC",
    "limited": "eu:access-right/RESTRICTED",
    "closed": "eu:access-right/NON_PUBLIC",
    "personal": "eu:access-right/NON_PUBLIC",
}


class Concept(NamedTuple):
    """A concept of others, described as far as the shapes look at it."""

    iri: str
    classes: tuple[str, ...]
    scheme: str
    id: str
    en: str


FOREIGN = (
    Concept(INDONESIA, ("dct:Location",), "eu:country", "Indonesia", "Indonesia"),
    Concept("eu:language/IND", ("dct:LinguisticSystem",), "eu:language", "Indonesia", "Indonesian"),
    Concept("eu:language/ENG", ("dct:LinguisticSystem",), "eu:language", "Inggris", "English"),
    Concept("eu:data-theme/GOVE", (), "eu:data-theme", "Pemerintahan", "Government"),
    Concept(
        "eu:access-right/PUBLIC", ("dct:RightsStatement",), "eu:access-right", "publik", "public"
    ),
    Concept(
        "eu:access-right/RESTRICTED",
        ("dct:RightsStatement",),
        "eu:access-right",
        "terbatas",
        "restricted",
    ),
    Concept(
        "eu:access-right/NON_PUBLIC",
        ("dct:RightsStatement",),
        "eu:access-right",
        "tidak publik",
        "non-public",
    ),
    Concept(
        "eu:file-type/RDF_TURTLE", ("dct:MediaTypeOrExtent",), "eu:file-type", "Turtle", "Turtle"
    ),
    Concept(
        "eu:file-type/RDF_N_TRIPLES",
        ("dct:MediaTypeOrExtent",),
        "eu:file-type",
        "N-Triples",
        "N-Triples",
    ),
    Concept(APPLICATION, (), "dr8:", "Komponen aplikasi", "Application component"),
    Concept(INTERFACE, (), "dr8:", "Antarmuka antarmesin", "Machine-to-machine interface"),
    Concept(SHARED_APPLICATION, (), "dr8:", "Aplikasi bersama", "Shared platform"),
    Concept(MASTER_DATA, (), "dr8:", "Data induk", "Master data"),
)
FOREIGN_SCHEMES = {
    "eu:country": ("Negara", "Country"),
    "eu:language": ("Bahasa", "Language"),
    "eu:data-theme": ("Tema data", "Data theme"),
    "eu:access-right": ("Hak akses", "Access right"),
    "eu:file-type": ("Jenis berkas", "File type"),
    "dr8:": ("Arsitektur rujukan EIRA", "European Interoperability Reference Architecture"),
}
# terms that the export writes and no declaration of the model names: (curie, kind, id, en)
OWN_TERMS = (
    ("sim:Relation", "class", "Hubungan", "Relation"),
    ("sim:Evidence", "class", "Bukti", "Evidence"),
    ("sim:evidence", "link", "bukti", "evidence"),
    ("sim:side", "text", "pihak", "side"),
    ("sim:text", "words", "teks", "text"),
    ("sim:value", "number", "nilai", "value"),
    ("sim:origin", "text", "asal", "origin"),
)
BORROWED = {
    "adms:Asset": "class",
    "cpsv:PublicService": "class",
    "dcat:Catalog": "class",
    "dcat:DataService": "class",
    "dcat:Dataset": "class",
    "dcat:Distribution": "class",
    "dct:Location": "class",
    "dct:LinguisticSystem": "class",
    "dct:MediaTypeOrExtent": "class",
    "dct:RightsStatement": "class",
    "foaf:Agent": "class",
    "rdf:Statement": "class",
    "skos:Concept": "class",
    "skos:ConceptScheme": "class",
    "dcat:accessURL": "link",
    "dcat:dataset": "link",
    "dcat:distribution": "link",
    "dcat:endpointURL": "link",
    "dcat:resource": "link",
    "dcat:servesDataset": "link",
    "dcat:service": "link",
    "dcat:theme": "link",
    "dct:accessRights": "link",
    "dct:description": "words",
    "dct:format": "link",
    "dct:identifier": "text",
    "dct:language": "link",
    "dct:modified": "date",
    "dct:publisher": "link",
    "dct:spatial": "link",
    "dct:subject": "link",
    "dct:title": "words",
    "dct:type": "link",
    "foaf:name": "words",
    "schema:url": "link",
    "skos:altLabel": "words",
    "skos:broader": "link",
    "skos:inScheme": "link",
    "skos:notation": "text",
    "skos:prefLabel": "words",
    "skos:topConceptOf": "link",
}
