"""The network and the ledger over the fictional world, against what its notes say when read by hand."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from assistant.app import Assistant
from assistant.domain import DraftKind, DraftState, Interaction, Outcome
from assistant.find.cadence import Cadence
from assistant.find.network import Network, NetworkContact
from assistant.store import readings
from evals.world import TODAY

# Everybody with a dated note of a time in touch from 21 November 2025 on.
ACTIVE = {
    "Ana Ferreira", "Bruno Costa", "Elif Kaya", "Fatima-Zahra Idrissi", "Greta Lindqvist", "Gwen Pritchard",
    "Harriet Boyd", "Ikram Benali", "Inês Duarte", "Jonas Berg", "Lena Fischer", "Marek Zieliński", "Maren Holm",
    "Nadia Haddad", "Noah Stern", "Oleksandr Koval", "Pierre Lambert", "Priya Nair", "Ruth Adeyemi", "Sam Okoro",
    "Siobhán O'Connor", "Tom Weber", "Tomáš Novák", "Viktor Hale", "Wouter Smit", "Yuki Tanaka",
}  # fmt: skip


@pytest.fixture
def network(assistant: Assistant) -> Network:
    return assistant.network()


def person(network: Network, name: str) -> NetworkContact:
    return next(one for one in network.contacts if one.contact == name)


def save_mails(assistant: Assistant, who: str, ages: range, way: str = "in") -> None:
    contact = assistant.show(who).contact
    with assistant._store.write() as connection:
        for age in ages:
            one = Interaction(
                id=f"i-{way}-{age}",
                contact_id=contact.id,
                when=TODAY - dt.timedelta(days=age),
                channel="email",
                direction=way,  # type: ignore[arg-type]
            )
            readings.save_interaction(connection, one)


def test_the_true_size_stands_beside_the_size_of_the_book(network: Network) -> None:
    assert network.book == 39 + 4 + 12  # notes, cards and rows that are nobody else's
    assert {one.contact for one in network.contacts if one.cadence is not Cadence.SILENT} == ACTIVE
    assert network.active == 27, "two of them are called Tom Weber"
    assert (network.window.start, network.window.end) == (dt.date(2025, 11, 21), TODAY)
    assert "Dana Marlow" not in {one.contact for one in network.contacts}


def test_a_year_is_tallied_as_the_notes_tell_it(network: Network) -> None:
    ana, harriet = person(network, "Ana Ferreira"), person(network, "Harriet Boyd")
    assert (ana.days, ana.weeks, ana.months, ana.quarters, ana.cadence) == (2, 2, 2, 2, Cadence.RARER)
    assert (ana.sent, ana.received, ana.last) == (2, 2, dt.date(2026, 9, 8))
    assert (harriet.days, harriet.depth.meetings) == (2, 1)
    assert harriet.depth.channels == ("call", "email", "meeting", "message")
    assert (harriet.depth.freely_received, harriet.depth.freely_given) == (2, 0)


def test_what_was_read_heard_or_pasted_is_no_contact(network: Network) -> None:
    silent = {one.contact for one in network.contacts if one.cadence is Cadence.SILENT}
    assert {"Paolo Ricci", "Bea Lindqvist", "Mei-Lin Chou", "Kwame Mensah", "Dev Patel"} <= silent
    assert person(network, "Bruno Costa").days == 1


def test_the_strength_is_reckoned_from_its_parts(network: Network) -> None:
    """Oleksandr: a mail of 640 days ago, a call of 30 days ago, and an introduction received 640 days ago."""

    def faded(age: int) -> float:
        return 0.5 ** (age / 7) + 0.5 ** (age / 90)

    oleksandr = person(network, "Oleksandr Koval")
    effort = faded(640) + math.sqrt(2) * faded(30)
    assert [one.value for one in oleksandr.parts] == pytest.approx([effort, effort, 0, 0.5 ** (640 / 365)], abs=0.001)
    assert oleksandr.mutual == pytest.approx(effort / (effort + 0.5 ** (640 / 365)), abs=0.001)
    strengths = [one.strength for one in network.contacts]
    assert strengths == sorted(strengths, reverse=True)


def test_the_gaps_name_who_could_bridge_them(network: Network) -> None:
    shares = {one.name: (one.book, one.active) for one in network.industries}
    assert shares["arts and museums"] == (11, 2)  # Lena and Tomáš
    assert shares["charity and community"] == (4, 0)
    gaps = {one.name: one for one in network.gaps}
    assert [one.contact for one in gaps["charity and community"].bridges] == ["Owen Tully"]
    assert [one.contact for one in gaps["arts and museums"].bridges] == ["Lena Fischer", "Paolo Ricci", "Beatriz Lemos"]
    assert not {"Rosa Gallo", "Sam Okoro"} & {bridge.contact for one in network.gaps for bridge in one.bridges}


def test_three_pairs_of_the_active_know_each_other(network: Network) -> None:
    """Inês and her cousin Bruno, Oleksandr and Maren, and two guests of the survey day in Marseille."""
    assert (network.redundancy.people, network.redundancy.ties, network.redundancy.effective) == (27, 3, 26.8)


def test_how_it_moved_is_the_network_of_those_days(assistant: Assistant) -> None:
    trend = assistant.network().trend
    assert [one.day.month for one in trend] == [11, 2, 5, 8, 11]
    assert trend[-1].active == 27
    with Assistant.open(assistant.home, trend[0].day) as earlier:
        assert earlier.network().active == trend[0].active


def test_kept_mail_moves_a_contact_up_and_a_meeting_told_twice_counts_once(assistant: Assistant) -> None:
    save_mails(assistant, "Siobhán O'Connor", range(0, 365, 7))
    before = person(assistant.network(), "Siobhán O'Connor")
    assert (before.cadence, before.received) == (Cadence.WEEKLY, 53 + 2)
    contact = assistant.show("Ana Ferreira").contact
    with assistant._store.write() as connection:
        same = Interaction(
            id="i-same", contact_id=contact.id, when=dt.date(2026, 3, 12), channel="meeting", direction="both"
        )
        readings.save_interaction(connection, same)
    assert person(assistant.network(), "Ana Ferreira").sent == 2


def test_thresholds_are_settings_of_the_user(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_QUARTERLY_QUARTERS", "2")
    with Assistant.open(assistant.home, TODAY) as opened:
        found = opened.network()
    assert person(found, "Ana Ferreira").cadence is Cadence.QUARTERLY
    assert found.regular == sum(one.quarters >= 2 for one in found.contacts) > 0


# --- the ledger ---------------------------------------------------------------------------------------------------


def test_the_ledger_says_whom_one_owes_and_whom_one_only_asks(assistant: Assistant) -> None:
    rows = {one.contact: (one.gave, one.received, one.asked, one.standing) for one in assistant.balance()}
    assert rows == {
        "Harriet Boyd": (0, 2, 0, "you_owe"),
        "Ana Ferreira": (0, 1, 0, "you_owe"),
        "Inês Duarte": (0, 1, 0, "you_owe"),
        "Maren Holm": (0, 1, 0, "you_owe"),
        "Oleksandr Koval": (0, 1, 0, "you_owe"),
        "Ruth Adeyemi": (0, 1, 0, "you_owe"),
        "Viktor Hale": (0, 0, 3, "only_asked"),  # two bullets, and "we asked him again"
        "Siobhán O'Connor": (0, 0, 1, "only_asked"),
        "Lena Fischer": (1, 0, 0, "you_gave"),
        "Pierre Lambert": (1, 0, 0, "you_gave"),
        "Tom Weber": (1, 0, 0, "you_gave"),
    }
    assert list(rows)[0] == "Harriet Boyd"


def test_one_contact_is_told_with_the_entries_newest_first(assistant: Assistant) -> None:
    (row,) = assistant.balance("Harriet Boyd")
    assert [(one.date, one.text) for one in row.entries] == [
        (dt.date(2026, 2, 26), "read our press release and told me to bin it"),
        (dt.date(2025, 5, 8), "put me in touch with an editor"),
    ]
    (nothing,) = assistant.balance("Dev Patel")
    assert (nothing.standing, nothing.entries) == ("none", ())


def test_give_before_ask_and_the_balance_read_one_ledger(assistant: Assistant) -> None:
    refused = assistant.plan(DraftKind.ASK, "Viktor Hale", "read our leaflet")
    assert refused.outcome is Outcome.REFUSED and "asked Viktor 3 times" in refused.reasons[0]
    news = assistant.draft(
        DraftKind.NEWS_SHARE, "Viktor Hale", "I read that classic motor boats race in Cowes https://boats.example/race"
    )
    assistant.mark(news.id, DraftState.SENT)
    (row,) = assistant.balance("Viktor Hale")
    assert (row.gave, row.asked) == (1, 3)
    assert row.entries[0].text.startswith("shared news") and row.entries[0].date == TODAY
    assert assistant.plan(DraftKind.ASK, "Viktor Hale", "read our leaflet").outcome is Outcome.READY
    assistant.mark(news.id, DraftState.DROPPED)
    assert assistant.balance("Viktor Hale")[0].gave == 0


def test_an_introduction_that_was_sent_is_given_to_both(assistant: Assistant) -> None:
    draft = assistant.draft(
        DraftKind.INTRO,
        "Jonas Berg",
        "both said yes, both look after small harbours",
        other="Pierre Lambert",
        insist=True,
    )
    assistant.mark(draft.id, DraftState.SENT)
    given = {one.contact: [entry.text for entry in one.entries if entry.kind == "gave"] for one in assistant.balance()}
    assert given["Jonas Berg"] == ["introduced to Pierre Lambert"]
    assert "introduced to Jonas Berg" in given["Pierre Lambert"]
    assert assistant.balance("Pierre Lambert")[0].gave == 2
