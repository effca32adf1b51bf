"""What the columns of a source mean: `source.yml` read, written, fitted to a file, and guessed.

A mapping leads from headings to roles, and from words of the source to words of the model.
"""

from ingest.mapping.fitting import fitted, for_file, lacking
from ingest.mapping.guessing import IGNORE, chosen, guess, proposed, region_of
from ingest.mapping.model import (
    FILE_KEYS,
    READER_KEYS,
    SOURCE_KEYS,
    WEBSITES,
    FileMapping,
    Guess,
    SourceMapping,
    read_mapping,
)
from ingest.mapping.words import headings
from ingest.mapping.writing import mapping_text, write_mapping
from ingest.row import PERSONAL

__all__ = [
    "FILE_KEYS",
    "IGNORE",
    "PERSONAL",
    "READER_KEYS",
    "SOURCE_KEYS",
    "WEBSITES",
    "FileMapping",
    "Guess",
    "SourceMapping",
    "chosen",
    "fitted",
    "for_file",
    "guess",
    "headings",
    "lacking",
    "mapping_text",
    "proposed",
    "read_mapping",
    "region_of",
    "write_mapping",
]
