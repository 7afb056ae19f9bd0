"""The page Network: its true size, the garden, the year, what flows, favours, fields, who knows whom.

Every picture comes with the sentence that says what it shows and the same as a table. It shows, it must never scold,
and it asks for the network once a visit.
"""

from __future__ import annotations

import streamlit as st

from assistant.find.balance import ContactBalance
from assistant.find.diversity import Gap
from assistant.find.network import Network
from ui.answers import find_acquaintances, find_balance, find_network
from ui.first import lead_in
from ui.parts import get_assistant, say, show_picture
from ui.pictures.charts import draw_favours, draw_fields, draw_flow, draw_year
from ui.pictures.garden import draw_garden
from ui.pictures.picture import count_of, long_day
from ui.pictures.ring import SIZE, choose_ring, draw_ring
from ui.ways import link_person

_MOST_OWED = 12
_MOST_GAPS = 10


def main() -> None:
    assistant = get_assistant()
    st.title("Network")
    network = find_network(assistant)
    if not network.book:
        lead_in("Pictures of your network grow here once somebody is in your book.")
        return
    show_size(network)
    st.header("Your garden")
    show_picture(draw_garden(network), "garden")
    left, right = st.columns(2, gap="large")
    with left:
        st.header("The year, by how often")
        show_picture(draw_year(network), "year")
        st.header("Fields")
        show_picture(draw_fields(network), "fields")
    with right:
        st.header("What flows, this year")
        show_picture(draw_flow(network), "flow")
    balance = find_balance(assistant)
    st.header("Favours")
    show_picture(draw_favours(balance), "favours")
    show_owed(balance)
    st.header("Who knows whom")
    show_picture(draw_ring(network, find_acquaintances(assistant, choose_ring(network))), "ring", SIZE)
    show_gaps(network.gaps)


def show_size(network: Network) -> None:
    """The true size beside the size of the book."""
    with st.container(horizontal=True):
        st.metric("In touch this year", network.active, border=True, width=165)
        st.metric("Every quarter", network.regular, border=True, width=165)
        st.metric("In your book", network.book, border=True, width=165)
    say(
        f"Your network is the {count_of(network.active, 'person', 'people')} you were in touch with since "
        f"{long_day(network.window.start)}, not the {network.book} in your book."
    )


def show_owed(balance: tuple[ContactBalance, ...]) -> None:
    """Whom the user owes and whom they only asked, each with the sentence of the ledger."""
    open_ones = [one for one in balance if one.standing in ("you_owe", "only_asked")]
    columns = st.columns(2)
    for place, one in enumerate(open_ones[:_MOST_OWED]):
        with columns[place % 2], st.container(border=True, gap="xsmall"):
            link_person(one.contact_id, one.contact)
            say(one.said)


def show_gaps(gaps: tuple[Gap, ...]) -> None:
    """Where the network is thin, those first whom somebody could bridge."""
    st.header("Where it is thin")
    if not gaps:
        st.write("Nowhere, as far as your book tells.")
        return
    columns = st.columns(2)
    for place, one in enumerate(sorted(gaps, key=lambda one: not one.bridges)[:_MOST_GAPS]):
        with columns[place % 2], st.container(border=True, gap="xsmall"):
            say(one.said)
            for who in one.bridges:
                link_person(who.contact_id, who.contact)
                say(who.reason)


main()
