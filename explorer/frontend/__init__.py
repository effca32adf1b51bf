"""Our own browser components: sources in `src/`, what browsers load in `built/` (see `build.mjs`).

Streamlit looks for packaged components among installed distributions. Simpul also runs from a
checkout, so each is registered from here instead; inline script would be refused by our policy.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

HERE = Path(__file__).parent
PACKAGE = "simpul"


def component(name: str, *, html: str = "", css: str | None = None) -> Callable[..., Any]:
    """Give the component whose script is `built/<name>.js`.

    Parameters
    ----------
    css
        The name of a file in `built/`; None for a component without styles of its own.
    """
    full = f"{PACKAGE}.{name}"
    manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig(name, asset_dir="built")])

    def mount(**settings: Any) -> Any:
        manager = get_bidi_component_manager()  # one per server, and per trial run of a page
        if manager.get_component_asset_root(full) is None:
            manager.register_from_manifest(manifest, HERE)
        made = st.components.v2.component(full, html=html or None, css=css, js=f"{name}.js")
        return made(**settings)

    return mount
