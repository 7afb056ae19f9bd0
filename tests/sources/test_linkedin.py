"""Connections.csv as LinkedIn exports it: the preamble, hidden addresses, and what is no such file."""

from __future__ import annotations

from assistant.domain import BadRecord, Record
from assistant.sources.linkedin import read_connections

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
PREAMBLE = 'Notes:\n"When exporting, some addresses are missing."\n\n'
IDA = "Ida,Lund,https://www.linkedin.com/in/ida-lund,,Quay,Lamp maker,04 Feb 2024\n"


def read(text: str) -> tuple[list[Record], list[BadRecord]]:
    found = list(read_connections(text, "c.csv"))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, BadRecord)]


def test_a_person_without_an_address_is_known_by_their_profile() -> None:
    people, bad = read(HEAD + IDA)
    assert bad == [] and len(people) == 1
    assert (people[0].source, people[0].emails) == ("linkedin:linkedin.com/in/ida-lund", ())
    assert (people[0].org, people[0].title) == ("Quay", "Lamp maker")
    assert people[0].how_met == "Connected on LinkedIn, 04 Feb 2024"


def test_the_preamble_and_a_mark_at_the_start_change_nothing_but_the_line() -> None:
    plain, _ = read(HEAD + IDA)
    behind, _ = read("\ufeff" + PREAMBLE + HEAD + IDA)
    assert plain[0].where == "c.csv:2" and behind[0].where == "c.csv:5"
    assert plain[0].model_copy(update={"where": "c.csv:5"}) == behind[0]


def test_a_cell_may_hold_commas_quotes_and_line_breaks() -> None:
    people, bad = read(HEAD + 'Ida,Lund,,ida@quay.example,"Lamps, ""Lights""\nLtd",,\n' + IDA)
    assert [one.org for one in people] == ['Lamps, "Lights" Ltd', "Quay"] and bad == []


def test_a_row_without_a_name_is_reported_by_its_line_and_the_next_is_read() -> None:
    people, bad = read(PREAMBLE + HEAD + ",,,x@quay.example,,,\n" + IDA)
    assert [one.name for one in people] == ["Ida Lund"]
    assert [one.where for one in bad] == ["c.csv:5"] and "names nobody" in bad[0].reason


def test_empty_rows_and_short_rows_cost_nothing() -> None:
    people, bad = read(HEAD + ",,,,,,\n\nOda,Berg\n" + IDA)
    assert [one.name for one in people] == ["Oda Berg", "Ida Lund"] and bad == []


def test_another_table_is_one_line_that_says_what_was_looked_for() -> None:
    people, bad = read("Vorname,Nachname\nIda,Lund\n")
    assert people == [] and len(bad) == 1
    assert bad[0].where == "c.csv:1" and "First Name, Last Name, URL" in bad[0].reason
