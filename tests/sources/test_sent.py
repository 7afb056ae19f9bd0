"""Reading sent mail: only what the user wrote counts, whatever mail program, language or damage it comes in."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import BadRecord, SentMail, UnusedMail
from assistant.errors import SourceError
from assistant.sources.html_text import read_html
from assistant.sources.letter import split_letter
from assistant.sources.own_text import find_own_text
from assistant.sources.sent import read_pasted, read_sent
from assistant.sources.sent_mail import read_mail

OWN = "Dear Ida,\n\nThe lamps arrived whole. Shall I send the rest?\n\nBest,\nDana"


def raw(body: str = OWN, **headers: str) -> bytes:
    given = {"From": "Dana Marlow <dana@tidewise.example>", "To": "ida@quay.example", "Subject": "Lamps"} | headers
    head = "\n".join(f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value)
    return f"{head}\n\n{body}\n".encode()


def text_of(data: bytes) -> str:
    mail = read_mail(data, "x:1")
    assert isinstance(mail, SentMail), mail
    return mail.text


def mbox(*mails: bytes) -> bytes:
    return b"".join(b"From dana@tidewise.example Fri Nov 20 10:00:00 2026\n" + one + b"\n" for one in mails)


# --- one mail ---------------------------------------------------------------------------------------------------


def test_a_mail_gives_its_headers_and_its_own_text() -> None:
    mail = read_mail(raw(Date="Fri, 20 Nov 2026 10:00:00 +0100", Cc="Tom <TOM@quay.example>"), "a.eml:1")
    assert isinstance(mail, SentMail)
    assert (mail.subject, mail.sender, mail.sender_name) == ("Lamps", "dana@tidewise.example", "Dana Marlow")
    assert mail.recipients == ("ida@quay.example", "tom@quay.example")
    assert (str(mail.date), mail.text, mail.where) == ("2026-11-20", OWN, "a.eml:1")


QUOTED = [
    "On Fri, 20 Nov 2026 at 10:00, Ida Lund <ida@quay.example> wrote:\n> When do they come?\n> Ida",
    "On Fri, 20 Nov 2026 at 10:00, Ida Lund\n<ida@quay.example> wrote:\n\nWhen do they come?",
    "Am Freitag, 20. November 2026 um 10:00 schrieb Ida Lund:\n> Wann kommen sie?",
    "Am 20.11.26 schrieb Ida Lund <ida@quay.example>:\n\nWann kommen sie?",
    "Le ven. 20 nov. 2026 à 10:00, Ida Lund a écrit :\n\nQuand ?",
    "El vie, 20 nov 2026 a las 10:00, Ida Lund escribió:\n\n¿Cuándo?",
    "Il giorno 20 nov 2026, alle ore 10:00, Ida Lund ha scritto:\n\nQuando?",
    "Em sex., 20 de nov. de 2026 às 10:00, Ida Lund escreveu:\n\nQuando?",
    "Op vr 20 nov 2026 om 10:00 schreef Ida Lund:\n\nWanneer?",
    "Den fre 20 nov. 2026 kl 10:00 skrev Ida Lund:\n\nNär?",
    "W dniu 20.11.2026 o 10:00, Ida Lund pisze:\n\nKiedy?",
    "пт, 20 нояб. 2026 г. в 10:00, Ida Lund <ida@quay.example> пишет:\n\nКогда?",
    "20 Kas 2026 Cum 10:00 tarihinde Ida Lund şunu yazdı:\n\nNe zaman?",
    "2026年11月20日(金) 10:00 Ida Lund <ida@quay.example>のメール:\n\nいつ",
    "-----Original Message-----\nFrom: Ida Lund\nSubject: Lamps\n\nWhen do they come?",
    "-----Ursprüngliche Nachricht-----\nVon: Ida Lund\n\nWann kommen sie?",
    "________________________________\nFrom: Ida Lund\nSent: Friday, 20 November 2026\nTo: Dana\nSubject: Lamps\n\nWhen?",
    "Von: Ida Lund\nGesendet: Freitag, 20. November 2026\nAn: Dana\nBetreff: Lampen\n\nWann?",
    "De : Ida Lund\nEnvoyé : vendredi 20 novembre 2026\nÀ : Dana\nObjet : Lampes\n\nQuand ?",
    "*From:* Ida Lund *Sent:* Friday, 20 November 2026 *To:* Dana *Subject:* Lamps\n\nWhen?",
    "差出人: Ida Lund\n送信日時: 2026年11月20日\n宛先: Dana\n件名: Lamps\n\nいつ",
    "---------- Forwarded message ---------\nFrom: Ida Lund\n\nWhen do they come?",
    "Begin forwarded message:\n\nFrom: Ida Lund\nWhen do they come?",
    "-- \nDana Marlow\nTidewise, Bristol",
    "Dana Marlow | Tidewise\n+44 20 7946 0001",
    "Sent from my iPhone",
    "Von meinem iPhone gesendet",
]


@pytest.mark.parametrize("below", QUOTED)
def test_what_stands_below_a_letter_is_not_its_writers(below: str) -> None:
    assert text_of(raw(f"{OWN}\n\n{below}")) == OWN
    short = "The lamps arrived whole."
    if "Marlow |" not in below:
        assert text_of(raw(f"{short}\n\n{below}")) == short


def test_answers_between_and_below_quoted_lines_are_kept() -> None:
    body = "On 20 Nov 2026, Ida wrote:\n> When do they come?\nOn Monday.\n> All of them?\nAll but two.\n"
    assert text_of(raw(body)) == "On Monday.\nAll but two."


@pytest.mark.parametrize(
    "line",
    [
        "On Monday I wrote to the harbour office about it.",
        "From: what I hear, the quay is closed.",
        "As she wrote: the lamps are whole.",
        "I said the following:",
    ],
)
def test_a_sentence_is_not_taken_for_a_quotation(line: str) -> None:
    assert find_own_text(f"Dear Ida,\n\n{line}\n\nMore of mine.") == f"Dear Ida,\n\n{line}\n\nMore of mine."


def test_a_postscript_below_the_sign_off_is_kept_and_a_pasted_text_is_not() -> None:
    body = f"{OWN}\n\nTITLE: Lamps of the North\nAbstract: a talk\n\nP.S. Bring a torch."
    assert text_of(raw(body)) == f"{OWN}\nP.S. Bring a torch."


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"Precedence": "bulk"}, "automatic"),
        ({"X_Autoreply": "yes"}, "automatic"),
        ({"Subject": "Automatic reply: Lamps"}, "automatic"),
        ({"Subject": "Out of office"}, "automatic"),
        ({"Subject": "Abwesenheitsnotiz"}, "automatic"),
        ({"Subject": "=?utf-8?q?R=C3=A9ponse_automatique?= : Lampes"}, "automatic"),
        ({"Content_Type": "multipart/report; boundary=x"}, "automatic"),
        ({"Precedence": "list"}, "to a list"),
        ({"List_Id": "<lamps.quay.example>"}, "to a list"),
        ({"Content_Type": "text/calendar"}, "about a calendar entry"),
        ({"Subject": "Accepted: Lamps at ten"}, "about a calendar entry"),
        ({"To": ", ".join(f"p{number}@quay.example" for number in range(30))}, "to more than 20 people"),
    ],
)
def test_mail_that_is_no_letter_is_left_out_with_its_reason(headers: dict[str, str], reason: str) -> None:
    mail = read_mail(raw(**headers), "x:1")
    assert isinstance(mail, UnusedMail) and mail.reason == reason


@pytest.mark.parametrize("body", ["", "  \n\n", "> only\n> quoted", "-- \nDana", "On 20 Nov 2026 Ida wrote:\n\nWhen?"])
def test_a_mail_without_own_words_is_left_out(body: str) -> None:
    mail = read_mail(raw(body), "x:1")
    assert isinstance(mail, UnusedMail) and "no words" in mail.reason


def test_a_mail_within_the_mail_and_an_attached_text_are_not_read() -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "dana@tidewise.example", "ida@quay.example", "Fwd: Lamps"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["Subject"] = "Lamps"
    inner.set_content("The inner words.")
    outer.add_attachment(inner)
    outer.add_attachment("The attached words.", filename="a.txt")
    assert text_of(outer.as_bytes()) == "See below."


# --- HTML -------------------------------------------------------------------------------------------------------


def html(page: str) -> bytes:
    return raw(page, Content_Type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    "page",
    [
        "<p>Dear Ida,</p><p>The lamps &amp; bulbs <b>arrived</b>.</p><div class='gmail_quote'>On 20 Nov 2026 Ida wrote:"
        "<br><blockquote>When?</blockquote></div>",
        "<p>Dear Ida,</p><p>The lamps &amp; bulbs arrived.</p><div id='divRplyFwdMsg'>From: Ida</div><p>When?</p>",
        "<p>Dear Ida,</p><p>The lamps &amp; bulbs arrived.</p><div class='gmail_signature'>Dana<br>Tidewise</div>",
        "<p>Dear Ida,</p><p>The lamps &amp; bulbs arrived.</p><script>x()</script><p style='display:none'>hidden</p>",
        "<style>p {}</style><p>Dear Ida,<p>The lamps &amp; bulbs arrived.<blockquote type=cite>When?<p>Again?</blockquote>",
    ],
)
def test_a_page_gives_its_writers_words_and_no_others(page: str) -> None:
    assert re.sub(r"\n+", "\n", text_of(html(page))) == "Dear Ida,\nThe lamps & bulbs arrived."


def test_plain_text_is_preferred_to_the_page() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "dana@tidewise.example", "ida@quay.example"
    mail.set_content("The plain words.")
    mail.add_alternative("<p>The page.</p>", subtype="html")
    assert text_of(mail.as_bytes()) == "The plain words."


# --- damage -----------------------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    parts = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth))
    return raw(parts, Content_Type="multipart/mixed; boundary=b0")


HOSTILE = {
    "nested 3,000 deep": nested(3000),
    "nested 60 deep": nested(60),
    "no mail at all": b"\x00\xff\xfe" * 100,
    "empty": b"",
    "unknown charset": raw(Content_Type="text/plain; charset=x-no-such"),
    "a charset that is no text": raw(Content_Type="text/plain; charset=zlib"),
    "a charset that raises": raw(Content_Type="text/plain; charset=idna"),
    "charset twice": raw(Content_Type="text/plain; charset*=bad''%ff; charset*0=x; charset*1=y"),
    "bytes in headers": raw().replace(b"Lamps", b"L\xe9mp\xff"),
    "bytes in the address": raw().replace(b"ida@quay", b"\xe9da@qu\xffy"),
    "50,000 addresses": raw(To=", ".join(f"p{number}@quay.example" for number in range(50_000))),
    "20,000 encoded words": raw(Subject=" ".join(["=?utf-8?q?a?="] * 20_000)),
    "a date that is none": raw(Date="soon"),
    "a date out of range": raw(Date="Fri, 99 Nov 99999999999 10:00:00 +9999"),
    "broken base64": raw("@@@@", Content_Transfer_Encoding="base64"),
    "broken uuencode": raw("begin 666 x\n\xff\n", Content_Transfer_Encoding="x-uuencode"),
    "a broken page": html("<![foo<p <<<a b='" + "<!--" * 5000),
    "tags that never end": html("<a " * 60_000),
    "open tags": html("<div>" * 20_000 + "x"),
    "open quotations": html("<blockquote>" * 20_000 + "x"),
    "one long line": raw("a" * 900_000),
    "lines that end in a colon": raw("a wrote:\n" * 50_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_never_raises_and_stays_small(name: str) -> None:
    mail = read_mail(HOSTILE[name], "x:1")
    assert isinstance(mail, SentMail | UnusedMail | BadRecord)
    if isinstance(mail, SentMail):
        assert len(mail.text) <= 20_000
        mail.model_dump_json().encode()
    else:
        assert mail.reason


def test_a_broken_mail_says_where_and_why_and_its_neighbours_are_read(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(
        mbox(raw(), nested(3000), b"X-Nothing: here\n\nwords\n", raw("Dear Ida,\n\nOne more."))
    )
    good, *bad, last = read_sent([tmp_path / "sent"])
    assert isinstance(good, SentMail) and isinstance(last, SentMail) and last.text.endswith("One more.")
    assert all(isinstance(one, BadRecord) for one in bad)
    assert [one.reason for one in bad if isinstance(one, BadRecord)] == [
        "not readable as a mail: its parts are nested too deep",
        "no mail: it has no From, To, Subject or Date",
    ]
    assert bad[0].where.startswith(f"{tmp_path / 'sent'}:") and bad[0].where != good.where


# --- files ------------------------------------------------------------------------------------------------------


def test_files_are_told_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(raw())
    (tmp_path / "b.mbox").write_bytes(mbox(raw(), raw("Dear Ida,\n\n>From the quay it looked well.\nFrom afar too.")))
    (tmp_path / "Sent").write_bytes(mbox(raw("Dear Tom,\n\nA third.")))
    (tmp_path / "mail" / "cur").mkdir(parents=True)
    (tmp_path / "mail" / "cur" / "1234.host:2,S").write_bytes(b"Return-Path: <a@b.example>\n" + raw("A fourth."))
    (tmp_path / "note.txt").write_text("Dear Tom,\n\nPasted into a file.", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\x00")
    texts = [one.text for one in read_sent([tmp_path]) if isinstance(one, SentMail)]
    assert texts[1:] == [OWN, OWN, "Dear Ida,\n\nFrom the quay it looked well.\nFrom afar too.", "A fourth."]
    pasted = [one for one in read_sent([tmp_path / "note.txt"]) if isinstance(one, SentMail)]
    assert pasted[0].text == "Dear Tom,\n\nPasted into a file."


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "the file is empty"), (b"\x00\x01PST", "export it as mbox or .eml")]
)
def test_a_file_that_was_asked_for_says_why_it_is_not_read(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "sent.pst"
    path.write_bytes(data)
    (bad,) = read_sent([path])
    assert isinstance(bad, BadRecord) and reason in bad.reason and bad.where == f"{path}:1"


def test_a_missing_path_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not found; give an mbox file"):
        list(read_sent([tmp_path, tmp_path / "nowhere"]))


def test_a_mailbox_is_read_a_mail_at_a_time_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "sent.mbox"
    heavy = raw("Dear Ida,\n\nSee the plan.") + b"A" * 76 + b"\n" + (b"B" * 76 + b"\n") * 40_000
    path.write_bytes(mbox(heavy, raw()))
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    found = list(read_sent([path]))
    assert len(found) == 2 and isinstance(found[1], SentMail) and path.stat().st_mtime_ns == before


# --- pasted text ------------------------------------------------------------------------------------------------

SECOND = "Hi Tom,\n\nThe quay is dry again.\n\nCheers,\nDana"


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}\n\n{SECOND}",
        f"{OWN}\n\n---\n\n{SECOND}",
        f"Subject: Lamps\n\n{OWN}\n\nSubject: Quay\n\n{SECOND}",
        f"From: Dana <dana@tidewise.example>\nTo: ida@quay.example\nSubject: Lamps\n\n{OWN}\n\n"
        f"From: Dana <dana@tidewise.example>\nTo: tom@quay.example\nSubject: Quay\n\n{SECOND}",
        mbox(raw(), raw(SECOND)).decode(),
    ],
)
def test_pasted_letters_are_told_apart(text: str) -> None:
    found = list(read_pasted(text, ("dana@tidewise.example",)))
    assert [one.text for one in found if isinstance(one, SentMail)] == [OWN, SECOND]


def test_a_pasted_header_of_somebody_else_is_a_quotation() -> None:
    quoted = "From: Ida <ida@quay.example>\nSent: Friday\nTo: Dana\nSubject: Lamps\n\nWhen do they come?"
    found = list(read_pasted(f"{OWN}\n\n{quoted}", ("dana@tidewise.example",)))
    assert [one.text for one in found if isinstance(one, SentMail)] == [OWN]


def test_one_pasted_raw_mail_is_read_as_a_mail() -> None:
    (mail,) = read_pasted("MIME-Version: 1.0\nContent-Type: text/html\n" + html("<p>Words</p>").decode())
    assert isinstance(mail, SentMail) and mail.text == "Words"


# --- letters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "greeting", "sign_off"),
    [
        (OWN, "Dear {first},", "Best,"),
        ("Hi Ida Lund,\nx y.\n\nWith best regards,\nDana", "Hi {name},", "With best regards,"),
        ("Dear Prof. Lund,\nx y.\n\nDana", "Dear {title} {last},", "{me}"),
        ("Hello!\nx y.\n\nThanks!\nDana", "Hello!", "Thanks!"),
        ("Ida -\nx y. It rains.", "{first} -", ""),
        ("Hi all,\nx y.\nCheers,\nD", "Hi all,", "Cheers,"),
        ("Dear Ida and Tom,\nx y", "Dear {first} and {first},", ""),
        ("Hi Ida, the lamps came.\n\nDana Marlow", "Hi {first},", "{me}"),
        ("x y, ten would be good. Best regards,\nDana", "", "Best regards,"),
        ("Thanks,\nthe lamps came.", "", ""),
        ("Hi there", "Hi there", ""),
        ("Liebe Ida,\nx y.\n\nHerzliche Grüße\nDana", "Liebe {first},", "Herzliche Grüße"),
        ("Bonjour Ida,\nx y.\n\nBien à toi,\nDana", "Bonjour {first},", "Bien à toi,"),
        ("High tides are due. I wrote so.", "", ""),
        ("Hello from the quay where we sat down, it rains.", "", ""),
    ],
)
def test_greeting_and_sign_off_are_forms_with_slots(text: str, greeting: str, sign_off: str) -> None:
    letter = split_letter(text, "Dana Marlow")
    assert (letter.greeting, letter.sign_off) == (greeting, sign_off)
    assert "Marlow" not in letter.body and "Lund" not in letter.body


# --- any text ---------------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        *OWN.split("\n"),
        *(line for one in QUOTED for line in one.split("\n")),
        "",
        "---",
        "> > x",
        "Hi Ida,",
        "Subject: x",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=30).map("\n".join))


@given(TEXTS)
def test_own_text_is_a_subsequence_of_the_lines(text: str) -> None:
    lines = iter(line.rstrip() for line in re.split(r"\r\n|\r|\n", text))
    own = find_own_text(text)
    assert not own or all(line in lines for line in own.split("\n"))


@given(TEXTS)
def test_no_pasted_text_raises_and_no_word_is_added(text: str) -> None:
    for one in read_pasted(text, ("dana@tidewise.example",)):
        if isinstance(one, SentMail):
            letter = split_letter(one.text)
            assert set(letter.body.split()) <= set(one.text.split())
            one.model_dump_json().encode()


@given(st.one_of(st.binary(max_size=400), TEXTS.map(lambda text: raw(text))))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(read_mail(data, "x:1"), SentMail | UnusedMail | BadRecord)


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(["<p>", "<![", "</", "<!--", "&#x", "'", "a", "<a b='"])).map("".join)
    )
)
def test_no_page_raises(page: str) -> None:
    assert isinstance(read_html(page), str)
