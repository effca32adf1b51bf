"""One file that a person uploads: read, mapped, checked, held against what is there, kept.

Nothing is written before `keep`; it loads the very bytes that were checked, under the mapping
that was checked.
"""

from explorer.answers.upload.checking import examine, first_choices
from explorer.answers.upload.columns import given_twice, lacking_roles, roles_of
from explorer.answers.upload.handing_out import TEMPLATE_ROLES, mended, source_yml, template
from explorer.answers.upload.incoming import (
    KINDS,
    LONGEST_NAME,
    MAX_MB,
    MAX_ROWS,
    check_file,
    safe_name,
)
from explorer.answers.upload.keeping import keep, take_back
from explorer.answers.upload.model import (
    ACCEPTED,
    CONTACTS,
    REFUSED,
    Check,
    Choices,
    Effect,
    File,
    Kept,
    Line,
)
from explorer.answers.upload.rehearsing import effect, rehearsable

__all__ = [
    "ACCEPTED",
    "CONTACTS",
    "KINDS",
    "LONGEST_NAME",
    "MAX_MB",
    "MAX_ROWS",
    "REFUSED",
    "TEMPLATE_ROLES",
    "Check",
    "Choices",
    "Effect",
    "File",
    "Kept",
    "Line",
    "check_file",
    "effect",
    "examine",
    "first_choices",
    "given_twice",
    "keep",
    "lacking_roles",
    "mended",
    "rehearsable",
    "roles_of",
    "safe_name",
    "source_yml",
    "take_back",
    "template",
]
