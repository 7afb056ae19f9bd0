"""Whatever stands in a name, a subject, a body or an address: one recipient, the one of the book, or a refusal."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.utils import getaddresses
from itertools import product
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Contact
from assistant.errors import GivefirstError
from assistant.outbox.eml import render_eml
from assistant.outbox.mailto import render_mailto

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
EVIL = "evil@rival.example"
TRICKS = (
    f"a\r\nBcc: {EVIL}",
    f"a\nCc: {EVIL}",
    f"a\rBcc: {EVIL}",
    f"a\u2028Bcc: {EVIL}",
    f"a\u0085Bcc: {EVIL}",
    f"a\x00\x0bBcc: {EVIL}",
    f"a\r\n\r\nBcc: {EVIL}",
    f"a\r\n To: {EVIL}",
    "=?utf-8?q?a=0D=0ABcc=3A_evil=40rival=2Eexample?=",
    "=?utf-8?b?YQ0KQmNjOiBldmlsQHJpdmFsLmV4YW1wbGU=?=",
    "=?utf-8?q?a=0D=0A?= =?utf-8?q?Bcc:_evil@rival.example?=",
    f"?bcc={EVIL}",
    f"&cc={EVIL}&to={EVIL}",
    f"%0d%0aBcc:{EVIL}",
    f"%0D%0A%0D%0A<{EVIL}>",
    f"friends: {EVIL}, ana@mare.example;",
    f"Ana <{EVIL}>, ",
    f'"Ana, Bob" <{EVIL}>',
    f"Ana ({EVIL})",
    f"\u202e{EVIL}\u202c\u200b",
)
ADDRESSES = (
    f"ana@mare.example,{EVIL}",
    f"ana@mare.example;{EVIL}",
    f"ana@mare.example\r\nBcc: {EVIL}",
    f"ana@mare.example?bcc={EVIL}",
    f"ana@mare.example&cc={EVIL}",
    f"<ana@mare.example> {EVIL}",
    f'"ana@mare.example, {EVIL}"@x.example',
    "ana@@mare.example",
    "ana\u200b@mare.example",
    "ana＠mare.example",
    "ana@mare..example",
    f"ana@mare.example%0d%0aBcc:{EVIL}",
)


def recipients(data: bytes) -> list[str]:
    """Every address of every field that names a reader, as two different readers of mail see it."""
    found = []
    for how in (policy.default, policy.compat32):
        message = message_from_bytes(data, policy=how)
        names = [name for name in message if name.lower() in ("to", "cc", "bcc", "resent-to", "reply-to")]
        found.append([address for _, address in getaddresses([str(message[name]) for name in names])])
    assert found[0] == found[1]
    return found[0]


def linked(link: str) -> tuple[list[str], set[str]]:
    """The addresses of a mailto link and the names of its fields."""
    parts = urlsplit(link)
    return [unquote(one) for one in parts.path.split(",")], set(parse_qs(parts.query, keep_blank_values=True))


def check(contact: Contact, subject: str, body: str) -> None:
    try:
        data, link = render_eml(ME, contact, subject, body, NOW), render_mailto([contact], subject, body)
    except GivefirstError:
        return
    assert recipients(data) == [contact.emails[0].strip()]
    assert linked(link) == ([contact.emails[0].strip()], {"subject", "body"} if body.strip() else {"subject", "body"})


@pytest.mark.parametrize(("field", "trick"), list(product(("subject", "body", "name"), TRICKS)))
def test_a_trick_in_a_text_adds_no_recipient(field: str, trick: str) -> None:
    texts = {"subject": "The notary", "body": "Hi Ana,", "name": "Ana Ferreira", field: trick}
    check(Contact(id="c", name=texts["name"], emails=("ana@mare.example",)), texts["subject"], texts["body"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_more_than_one_is_refused(address: str) -> None:
    contact = Contact(id="c", name="Ana Ferreira", emails=(address,))
    for render in (lambda: render_eml(ME, contact, "a", "b", NOW), lambda: render_mailto([contact], "a", "b")):
        with pytest.raises(GivefirstError, match="no usable email address"):
            render()


def test_odd_letters_an_address_may_hold_stay_in_the_address() -> None:
    contact = Contact(id="c", name="Ana", emails=("a&b?c=d+e%f@mare.example",))
    assert linked(render_mailto([contact], "x", "y")) == (["a&b?c=d+e%f@mare.example"], {"subject", "body"})


def test_lines_of_the_body_stay_lines() -> None:
    contact = Contact(id="c", name="Ana", emails=("ana@mare.example",))
    query = parse_qs(urlsplit(render_mailto([contact], "Grüße & more?", "Hi,\n\nOlá")).query)
    assert query == {"subject": ["Grüße & more?"], "body": ["Hi,\r\n\r\nOlá"]}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@settings(max_examples=300)
@given(TEXT, TEXT, TEXT)
def test_random_texts_add_no_recipient(name: str, subject: str, body: str) -> None:
    check(Contact(id="c", name=name, emails=("ana@mare.example",)), subject, body)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_ten_thousand_random_texts_add_no_recipient(name: str, subject: str, body: str) -> None:
    check(Contact(id="c", name=name, emails=("ana@mare.example",)), subject, body)
