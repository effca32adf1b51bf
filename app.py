"""The explorer's door: opens the workspace, lists the pages, runs one."""

from typing import Any

import streamlit as st

from explorer import STATIC, data
from explorer.components import bar, links, parts
from explorer.sitemap import PAGES, SECTIONS
from explorer.words import lang, t
from graph.errors import NoVersion, SimpulError

st.set_page_config(page_title="Simpul", page_icon=str(STATIC / "icon.svg"), layout="wide")
st.logo(str(STATIC / f"logo-{st.context.theme.type or 'light'}.svg"), size="large")
with st.container(key="unseen"):  # what draws nothing takes no room either
    bar.language()
    st.html(STATIC.with_name("look.css"))
    links.keep_session()
pages = {
    p: st.Page(
        f"explorer/pages/{p.script}.py",
        title=t(f"page.{p.name}"),
        url_path=p.path or None,
        default=not p.path,
    )
    for p in PAGES
}
sections: dict[str, list[Any]] = {
    t(f"section.{s}") if s else "": [made for p, made in pages.items() if p.section == s]
    for s in SECTIONS
}
page = st.navigation(sections, position="top")


def run() -> None:
    """Run the page, under what every page shows."""
    try:
        data.here()
    except NoVersion:
        if page.url_path != "unggah":  # the way out of an empty workspace
            parts.nothing_loaded(data.workspace().path.name)
            parts.show(f"<p>{parts.link(t('unggah.from-empty'), 'unggah')}</p>")
            return
    else:
        bar.draw(page.url_path)
        if made_up := data.generated(lang()):
            parts.show(parts.made_up(made_up))
    page.run()


try:
    run()
except SimpulError as e:
    parts.show(parts.wrong(e))
