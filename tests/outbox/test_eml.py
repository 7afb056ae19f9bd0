"""The mail file: what a mail program reads back is what was meant, and nothing can be smuggled into it."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact
from assistant.errors import GivefirstError
from assistant.outbox.eml import render_eml

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", emails=("ana@mare.example",))
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)


def recipients(data: bytes) -> list[str]:
    message = message_from_bytes(data, policy=policy.default)
    fields = [str(value) for name in ("To", "Cc", "Bcc", "Resent-To") for value in message.get_all(name, [])]
    return [address for _, address in getaddresses(fields)]


def test_a_draft_is_a_mail_that_mail_programs_open_unsent() -> None:
    message = message_from_bytes(render_eml(ME, ANA, "The notary", "Hi Ana,\n\nOlá.", NOW), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].addr_spec == "ana@mare.example"
    assert message["From"].addresses[0].display_name == "Dana Marlow"
    assert message.get_content().splitlines() == ["Hi Ana,", "", "Olá."]


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?Hi=0D=0ABcc=3A_evil=40e=2Eexample?=",
        "=?utf-8?b?SGkNCkJjYzogZXZpbEBlLmV4YW1wbGU=?=",
        "Hi\r\nBcc: evil@e.example",
        "Hi\nTo: evil@e.example",
        "Hi\x00\x0bBcc: evil@e.example",
        "Hi\u2028Bcc: evil@e.example",
        "=?utf-8?q?=3D=3Futf-8=3Fq=3FHi=3D0D=3D0ABcc=3D3A_evil=3D40e=3D2Eexample=3F=3D?=",
        "=?=?utf-8?q?utf-8?q?Hi=0D=0ABcc=3A_evil=40e=2Eexample?=?=",
    ],
)
def test_no_subject_adds_a_recipient(subject: str) -> None:
    data = render_eml(ME, ANA, subject, "Hi", NOW)
    assert recipients(data) == ["ana@mare.example"]
    again = message_from_bytes(data, policy=policy.SMTP).as_bytes()
    assert recipients(again) == ["ana@mare.example"]


@pytest.mark.parametrize(
    "name",
    [
        "Ana, evil@e.example",
        "Ana <evil@e.example>",
        "=?utf-8?q?Ana=0D=0ABcc=3A_evil=40e=2Eexample?=",
        'Ana" <evil@e.example>, "x',
        "Ana\r\nBcc: evil@e.example",
        "Ana; evil@e.example:",
    ],
)
def test_no_name_adds_a_recipient(name: str) -> None:
    data = render_eml(ME, ANA.model_copy(update={"name": name}), "Hi", "Hi", NOW)
    assert recipients(data) == ["ana@mare.example"]


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@mare.example, evil@e.example", "ana@mare.example\nBcc: x@y.example", "a b@c.example", "ana@-"],
)
def test_an_address_that_is_not_one_address_is_refused_by_name(address: str) -> None:
    contact = ANA.model_copy(update={"emails": (address,) if address else ()})
    with pytest.raises(GivefirstError, match="Ana Ferreira has no usable email address"):
        render_eml(ME, contact, "Hi", "Hi", NOW)


@given(subject=st.text(max_size=80), name=st.text(max_size=40), body=st.text(max_size=200))
def test_whatever_the_text_there_is_one_recipient(subject: str, name: str, body: str) -> None:
    data = render_eml(ME, ANA.model_copy(update={"name": name or "Ana"}), subject, body, NOW)
    assert recipients(data) == ["ana@mare.example"]
