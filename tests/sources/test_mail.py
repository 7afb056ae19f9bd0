"""Mail files as they are: who wrote to whom and when, what is no letter, and what breaks without stopping the rest."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import BadRecord, Encounter, Party, PassedOver
from assistant.sources import mbox
from assistant.sources.addresses import read_parties
from assistant.sources.files import find_files, read_encounters
from assistant.sources.mail import Viewpoint, read_mail
from assistant.sources.mail_body import count_own_words

SEEN = Viewpoint(
    frozenset({"dana@tidewise.example", "dana@home.example"}), ZoneInfo("Europe/Lisbon"), dt.date(2026, 11, 20)
)
HEADERS = {
    "From": "Ana Ferreira <ana@mare.example>",
    "To": "Dana <dana@tidewise.example>",
    "Subject": "The notary",
    "Date": "Fri, 20 Nov 2026 09:30:00 +0100",
    "Message-ID": "<a1@mare.example>",
}


def mail(body: str = "Hi Dana.\n", **changed: str) -> bytes:
    """A mail with these headers; an empty one is left out, an underscore stands for a hyphen."""
    headers = HEADERS | {name.replace("_", "-"): value for name, value in changed.items()}
    return ("".join(f"{name}: {value}\n" for name, value in headers.items() if value) + f"\n{body}").encode()


def read(data: bytes, viewpoint: Viewpoint = SEEN) -> Encounter | PassedOver | BadRecord:
    return read_mail(data, "a.mbox:0", viewpoint)


def met(data: bytes, viewpoint: Viewpoint = SEEN) -> Encounter:
    found = read(data, viewpoint)
    assert isinstance(found, Encounter), found
    return found


def test_a_mail_to_the_user_is_in_with_its_time_in_utc_and_its_day_at_home() -> None:
    found = met(mail())
    assert (found.direction, found.people) == ("in", (Party("ana@mare.example", "Ana Ferreira"),))
    assert found.at == dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC) and found.day == dt.date(2026, 11, 20)
    assert (found.source, found.title, found.channel) == ("mail:a1@mare.example", "The notary", "email")


@pytest.mark.parametrize("mine", ["dana@tidewise.example", "Dana@Home.example"])
def test_a_mail_from_any_address_of_the_users_is_out_to_everybody_addressed(mine: str) -> None:
    found = met(mail(From=mine, To="Ana <ana@mare.example>, Tom <tom@weberbrood.example>", Cc="dana@home.example"))
    assert found.direction == "out"
    assert [one.email for one in found.people] == ["ana@mare.example", "tom@weberbrood.example"]


def test_the_day_is_the_users_own() -> None:
    late = mail(Date="Sat, 21 Nov 2026 00:30:00 +0200")
    assert met(late).day == dt.date(2026, 11, 20)
    assert met(late, SEEN._replace(zone=ZoneInfo("Asia/Tokyo"))).day == dt.date(2026, 11, 21)


def test_a_mail_begins_its_conversation_unless_it_answers_one() -> None:
    first = met(mail())
    assert first.thread == first.source
    answer = mail(
        Message_ID="<b@x.example>", In_Reply_To="<m@x.example>", References="<root@x.example>\n <m@x.example>"
    )
    assert met(answer).thread == "mail:root@x.example"
    assert met(mail(In_Reply_To="<m@x.example>")).thread == "mail:m@x.example"


def test_a_mail_without_a_message_id_is_known_by_date_sender_and_subject() -> None:
    one, same, other = (met(mail(Message_ID="", Subject=said)) for said in ("Tide", "Tide", "Quay"))
    assert one.source == same.source != other.source


LEFT_OUT = {
    "mailing list": {"List_Id": "<talk.example>"},
    "newsletter": {"List_Unsubscribe": "<mailto:x@y.example>"},
    "bounce": {"From": "Mail Delivery System <MAILER-DAEMON@mx.example>"},
    "automatic": {"Auto_Submitted": "auto-replied"},
    "no-reply address": {"From": "Shop <no-reply@shop.example>"},
    "calendar robot": {"Content_Type": "text/calendar; method=REQUEST"},
    "spam": {"X_Gmail_Labels": "Spam,Unread"},
    "deleted": {"X_Mozilla_Status": "0009"},
    "a draft": {"X_Gmail_Labels": "Drafts"},
    "to more than 10 people": {"To": ", ".join(f"p{n}@x.example" for n in range(12))},
    "to nobody but yourself": {"From": "dana@tidewise.example", "To": "dana@home.example"},
}
MORE = [
    ("bounce", {"Content_Type": "multipart/report; report-type=delivery-status"}),
    ("automatic", {"Return_Path": "<>"}),
    ("mailing list", {"Precedence": "list"}),
    ("newsletter", {"Precedence": "bulk"}),
    ("calendar robot", {"Subject": "Declined: Quay walk"}),
    ("calendar robot", {"Sender": "calendar-notification@google.example", "Auto_Submitted": "auto-generated"}),
    ("no-reply address", {"From": "dana@tidewise.example", "To": "noreply@shop.example"}),
]


@pytest.mark.parametrize(("reason", "headers"), [*LEFT_OUT.items(), *MORE])
def test_what_is_no_letter_is_left_out_with_its_reason(reason: str, headers: dict[str, str]) -> None:
    assert read(mail(**headers)) == PassedOver("a.mbox:0", reason)


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "Invitation: my birthday"},
        {"Subject": "Automatic doors for the harbour office"},
        {"Auto_Submitted": "no"},
        {"From": "Newland <newsome@mare.example>"},
        {"From": "Robert Noreply Jones <r.jones@mare.example>"},
        {"X_Mozilla_Status": "0001"},
        {"Precedence": "normal"},
    ],
    ids=str,
)
def test_a_letter_is_not_left_out_for_looking_a_little_like_a_robots(headers: dict[str, str]) -> None:
    assert isinstance(read(mail(**headers)), Encounter)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Date": "yesterday"}, "no date"),
        ({"Date": "Fri, 20 Nov 10026 09:30:00 +0100"}, "no date"),
        ({"Date": ""}, "no date"),
        ({"From": "Ana"}, "no usable address in From"),
        ({"From": "", "To": ""}, "no mail"),
    ],
    ids=str,
)
def test_a_broken_mail_says_where_and_why(headers: dict[str, str], reason: str) -> None:
    found = read(mail(**headers))
    assert isinstance(found, BadRecord) and found.where == "a.mbox:0" and reason in found.reason


def test_a_mail_without_a_usable_date_is_as_old_as_its_arrival() -> None:
    arrived = met(mail(Date="nonsense", Received="from x by y; Thu, 19 Nov 2026 10:00:00 +0000"))
    assert arrived.day == dt.date(2026, 11, 19)


def test_headers_of_broken_programs_are_read_all_the_same() -> None:
    data = mail().replace(b"From:", b"what is this line\nFrom  :").replace(b"Hi Dana", b"H\xff\xfe")
    assert met(data.replace(b"\n", b"\r\n")).people[0].email == "ana@mare.example"
    assert met(mail(Subject="Caf\u00e9 \u6f6e")).title == "Caf\u00e9 \u6f6e"
    assert met(mail(Subject="X").replace(b"Subject: X", b"Subject: Caf\xe9")).title == "Caf\u00e9"
    assert met(mail(Subject="=?utf-8?q?Caf=C3=A9?= =?nonsense?b?!!?=")).title.startswith("Caf")
    assert met(mail(Subject="=?utf-8?b?a?= tide")).title.endswith("tide")
    assert met(b"From - Fri Nov 20 09:30:00 2026\n" + mail()).source == "mail:a1@mare.example"


# --- addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ana@mare.example", [("ana@mare.example", "")]),
        ('"Ferreira, Ana" <ANA@mare.example>', [("ana@mare.example", "Ana Ferreira")]),
        ("Ann, evil@e.example <a@b.example>", [("a@b.example", "")]),
        ('"evil@e.example" <a@b.example>', [("a@b.example", "")]),
        ("ana@mare.example (Ana Ferreira)", [("ana@mare.example", "Ana Ferreira")]),
        ("Friends: ana@mare.example, Tom <tom@x.example>;", [("ana@mare.example", ""), ("tom@x.example", "Tom")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?Jos=C3=A9?= <jose@x.example>", [("jose@x.example", "Jos\u00e9")]),
        ("Ana ana@mare.example", [("ana@mare.example", "")]),
        ("a@x.example, A <a@x.example>", [("a@x.example", "")]),
        ("<>, <@>, @, ;;,,", []),
        ('"unclosed <ana@mare.example>', [("ana@mare.example", "unclosed")]),
    ],
)
def test_the_people_of_a_header_are_those_it_addresses(header: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(one) for one in read_parties(header)] == expected


@settings(max_examples=300)
@given(st.text(max_size=300) | st.text('"<>@,;:()\\ ax.=?', max_size=80))
def test_any_header_gives_people_with_real_addresses_only(header: str) -> None:
    assert all(one.email.count("@") == 1 and "@" not in one.name for one in read_parties(header))


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_a_reason_why_not(data: bytes) -> None:
    for given_data in (data, b"From: a@x.example\nDate: " + data, mail().replace(b"The notary", data)):
        found = read(given_data, SEEN._replace(bodies=True))
        assert isinstance(found, Encounter) or found.reason
        assert not isinstance(found, Encounter) or found.title.isprintable() or found.title


def test_a_header_of_fifty_thousand_addresses_is_cut_and_not_waited_for() -> None:
    assert read(mail(To=", ".join(f"p{n}@x.example" for n in range(50_000)))) == PassedOver(
        "a.mbox:0", "to more than 10 people"
    )


# --- mbox -------------------------------------------------------------------------------------------------------

FROM = b"From ana@mare.example Fri Nov 20 09:30:00 2026\n"


def offsets(data: bytes, block: int = mbox._BLOCK) -> list[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mbox, "_BLOCK", block)
        return list(mbox._find_starts(io.BytesIO(data)))


def test_an_mbox_is_cut_where_its_mails_begin_and_nowhere_else(tmp_path: Path) -> None:
    body = "Hi.\n\nFrom the harbour we walked.\n\nFrom 10:30 in 2024 it rained.\n>From here.\n"
    path = tmp_path / "a.mbox"
    path.write_bytes(FROM + mail(body) + b"\n" + FROM + mail(Message_ID="<b@x.example>"))
    found = list(mbox.read_mbox(path, 10_000))
    assert [one.data.count(b"Message-ID") for one in found] == [1, 1]
    assert found[1].offset == path.read_bytes().index(FROM, 10)


def test_an_mbox_without_dates_in_its_marks_or_with_windows_line_ends_is_cut_too() -> None:
    assert len(offsets((b"From x\n" + mail() + b"\n") * 3)) == 3
    assert len(offsets(((FROM + mail() + b"\n") * 3).replace(b"\n", b"\r\n"))) == 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["x", "From ", "From me\n", "\n", "\n\n", "long " * 400]), max_size=12), st.integers(1, 99)
)
def test_the_cuts_do_not_depend_on_how_the_file_is_read(parts: list[str], block: int) -> None:
    data = b"".join(FROM + mail("".join(parts[:n])) + b"\n" for n in range(4))
    assert offsets(data, block * 17) == offsets(data)


def test_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "INBOX").write_bytes(FROM + mail() + b"\n" + FROM + mail(Message_ID="<b@x.example>"))
    (tmp_path / "one.eml").write_bytes(mail(Message_ID="<c@x.example>"))
    (tmp_path / "LICENSE").write_text("From here on: nothing.\n", encoding="utf-8")
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "photo.jpg").write_bytes(mail())
    files = find_files([tmp_path])
    found = list(read_encounters(files, SEEN))
    assert sorted(one.path.name for one in files) == ["INBOX", "empty.eml", "one.eml"]
    assert sorted(one.source for one in found if isinstance(one, Encounter)) == [
        f"mail:{name}" for name in ("a1@mare.example", "b@x.example", "c@x.example")
    ]
    assert [one.reason for one in found if isinstance(one, BadRecord)] == ["the file is empty"]


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Two words.\n", 2),
        ("Two words.\n\n> quoted words here\n", 2),
        ("Two words.\n\nOn Fri, 20 Nov 2026, Dana wrote:\n> quoted\n", 2),
        ("Two words.\n-- \nAna Ferreira\nMare Livre\n", 2),
        ("Two words.\n-----Original Message-----\nFrom: x\nmore\n", 2),
        ("", 0),
    ],
)
def test_only_the_writers_own_words_are_counted(body: str, words: int) -> None:
    assert count_own_words(mail(body)) == words
    assert met(mail(body), SEEN._replace(bodies=True)).words == words
    assert met(mail(body)).words == 0


def test_the_words_of_a_page_are_counted_without_its_marks() -> None:
    page = (
        "<html><head><title>no</title></head><body><p>Two <b>words</b>.</p><blockquote>old</blockquote></body></html>"
    )
    assert count_own_words(mail(page, Content_Type="text/html")) == 2
