"""What a widget holds and what the address says are one: the one that changed last is taken over.

A link inside the session and the back button change the address only; the widget keeps its state.
"""

import streamlit as st


def follow(name: str, widget: str, wanted: str) -> None:
    """Give a widget what the address says, if that changed since the last run.

    Parameters
    ----------
    name
        The name in the address.
    widget
        The key of the widget, which is drawn after this.
    wanted
        What the address says, or what counts where it says nothing.
    """
    if widget not in st.session_state or st.session_state.get(_seen(name)) != wanted:
        st.session_state[widget] = wanted


def keep(name: str, value: str, default: str) -> None:
    """Write what a widget holds into the address; the default does not stand there."""
    st.session_state[_seen(name)] = value
    if value == default:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _seen(name: str) -> str:
    return f"alamat-{name}"
