"""Links on a page lead on in the same session; see `frontend/src/links.js`."""

from explorer.frontend import component

_links = component("links")


def keep_session() -> None:
    """Let links between pages keep the session, and with it what was typed and chosen."""
    _links(key="links")
