"""What the prefixes of our RDF terms stand for, and where the names of our own things live."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from graph.schema.core import Code

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dr8": "http://data.europa.eu/dr8/",
    "eu": "http://publications.europa.eu/resource/authority/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SAFE = "!#$%&'()*+,/:;=?@-._~"  # what RFC 3987 lets stand in an IRI


@dataclass(frozen=True)
class Names:
    """Where our names live: the base is the only setting."""

    base: str = "https://w3id.org/simpul/"

    def iri(self, curie: str) -> str:
        """Expand a short name; what stands after `sim:` is a word of ours."""
        prefix, _, local = curie.partition(":")
        return f"{self.base}def#{local}" if prefix == "sim" else PREFIXES[prefix] + local

    def term(self, curie: str) -> str:
        """Write a short name as an N-Triples term."""
        return f"<{self.iri(curie)}>"

    def thing(self, id: str) -> str:
        """Write the id of a node or edge as an N-Triples term."""
        prefix, _, key = id.partition(":")
        return f"<{self.base}id/{prefix}/{quote(key, safe='-._~')}>"

    def things(self, ids: pa.Array) -> pa.Array:
        """Write a column of ids as N-Triples terms."""
        odd = pc.invert(pc.match_substring_regex(ids, r"^[a-z_]+:[a-z0-9-]+$"))
        if pc.any(odd).as_py():
            return pa.array([i and self.thing(i) for i in ids.to_pylist()], pa.string())
        paths = pc.replace_substring(ids, ":", "/", max_replacements=1)
        return pc.binary_join_element_wise(f"<{self.base}id/", paths, ">", "")

    def code(self, word: Code) -> str:
        """Write a word of a closed list as a short name: `sim:Lifecycle-active`."""
        return f"sim:{type(word).__name__}-{word.value}"


def address(text: str | None) -> str | None:
    """Write an address as an N-Triples term; None if it is no web address.

    A scheme is never guessed, and what may not stand in an IRI is percent-escaped.

    >>> address("https://siks.example.go.id/a b[1]?q=x|y")
    '<https://siks.example.go.id/a%20b%5B1%5D?q=x%7Cy>'
    >>> address("siks.example.go.id") is None
    True
    """
    try:
        parts = urlsplit((text or "").strip())
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not host.isascii():
        return None
    if any(c.isspace() or c in '<>"{}|\\^`' for c in parts.netloc):
        return None
    rest = quote(parts._replace(scheme="", netloc="").geturl(), safe=SAFE)
    return f"<{parts.scheme}://{quote(parts.netloc, safe=SAFE)}{rest}>"
