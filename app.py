"""The explorer's door: opens the workspace, lists the pages, runs one."""

import streamlit as st

from explorer import data
from explorer.components import bar, parts
from explorer.words import lang, t
from graph.errors import NoVersion, SimpulError

st.set_page_config(page_title="Simpul", page_icon=str(data.STATIC / "icon.svg"), layout="wide")
bar.language()
st.logo(str(data.STATIC / f"logo-{st.context.theme.type or 'light'}.svg"), size="large")
st.html(data.STATIC.with_name("look.css"))
pages = [
    st.Page("explorer/pages/overview.py", title=t("page.ikhtisar"), default=True),
    st.Page("explorer/pages/findings.py", title=t("page.temuan"), url_path="temuan"),
    st.Page("explorer/pages/profile.py", title=t("page.profil"), url_path="profil"),
]
page = st.navigation(pages, position="top")
try:
    data.here()
    bar.draw(page.url_path)
    if made_up := data.generated(lang()):
        parts.show(parts.made_up(made_up))
    page.run()
except NoVersion:
    parts.nothing_loaded(data.workspace().path.name)
except SimpulError as e:
    st.error(e.text(lang()))
