"""The pages of the explorer, declared once: navigation, links, tests and pictures read this."""

from __future__ import annotations

from typing import NamedTuple

SECTIONS = ("", "temuan", "jelajah", "hubungan", "data")
"""The menus, in order; a page of "" stands in the bar itself."""


class Place(NamedTuple):
    """One page.

    Parameters
    ----------
    path
        Its address below the explorer's; "" is the first page. Its title is the text `page.<name>`.
    script
        The file in `explorer/pages`, without its ending.
    section
        The menu it stands in, the text `section.<name>`; "" stands in the bar itself.
    example
        A query with something to show, for tests and pictures; ids of the small test landscape.
    """

    path: str
    script: str
    section: str = ""
    example: str = ""

    @property
    def name(self) -> str:
        """The name of its texts."""
        return self.path or "ikhtisar"


PAGES = (
    Place("", "overview"),
    Place("temuan", "findings", "temuan", "temuan=finding:f1"),
    Place("sama", "same", "temuan", "jawab=app:simpeg-a~app:simpeg-b"),
    Place("bandingkan", "compare", "temuan", "kiri=app:eoffice&kanan=app:esurat"),
    Place("cari", "search", "jelajah", "cari=srikandi"),
    Place("profil", "profile", "jelajah", "app=app:lapor"),
    Place("jejaring", "network", "jelajah", "app=app:lapor&langkah=2&pilih=app:sipeduli"),
    Place("peta", "map", "jelajah", "pilih=app:lapor"),
    Place("laporan", "reports", "data", "laporan=applications-by-agency-and-function"),
    Place("ekspor", "exports", "data", "untuk=internal"),
    Place("unggah", "upload", "data"),
    Place("integrasi", "integration", "hubungan"),
    Place("inovasi", "innovations", "hubungan"),
)
