"""Upload: one file, mapped and checked before anything of it is kept."""

import streamlit as st

from explorer.components import upload
from explorer.words import t

top = st.container()
first = st.container()
now = upload.pick()
if now:
    upload.look(now)
with top:
    upload.head(now)
    upload.outcome(now)
with first:
    kept = now and upload.is_kept(now)
    upload.step("pick", t("unggah.remark.kept" if kept else "unggah.remark.pick"))
if now is None or now.check is None:
    if now and now.error:
        upload.trouble(now.error)
    st.stop()

check = now.check
upload.step("map", t("unggah.remark.map"))
upload.mapping(now, check)
if check.error:
    upload.wrong_mapping(check)
    upload.step("keep", t("unggah.remark.keep"))
    upload.about(now, check)
    st.stop()
upload.step("check", t("unggah.remark.check"))
upload.result(check)
upload.step("differ", t("unggah.remark.differ"))
upload.differences(now, check)
upload.step("keep", t("unggah.remark.keep"))
upload.about(now, check)
upload.commit(now, check)
