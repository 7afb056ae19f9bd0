"""A model's reply as a short message or as a script for a call: its sentences, our greeting, headings and name.

It must never cut a sentence, and never let a reply say who is called or who calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.domain import Channel, DraftKind, Material, Message, Sentence
from assistant.draft.reply import CALL_SECTIONS, Reply, Said
from assistant.draft.short import MOST_CHARACTERS
from assistant.errors import ModelReplyInvalid
from assistant.text import count_words

MOST_VOICEMAIL_WORDS = 50  # twenty seconds at the pace people speak

Read = Callable[[Sequence[Said]], list[Sentence]]


def room_of_message(material: Material) -> int:
    """Characters that a short message leaves for its sentences."""
    return MOST_CHARACTERS - len(_greeting(material)) - len(material.me.first_name) - 4


def _greeting(material: Material) -> str:
    return f"Hi {material.to.first_name},"


def make_short(kind: DraftKind, material: Material, body: Sequence[Sentence]) -> Message:
    """Greeting, the sentences in one paragraph, the name."""
    sentences = (
        Sentence(text=_greeting(material), paragraph=0),
        *(one.model_copy(update={"paragraph": 1}) for one in body),
        Sentence(text=material.me.first_name, paragraph=2),
    )
    return Message(kind=kind, channel=Channel.MESSAGE, sentences=sentences, cited=True)


def make_call(kind: DraftKind, material: Material, reply: Reply, read: Read) -> Message:
    """The sections under their headings, each line by itself. Raises `ModelReplyInvalid` for a voicemail too long."""
    lines: list[Sentence] = []
    for name, heading in CALL_SECTIONS.items():
        said = read(getattr(reply, name))
        if name == "voicemail":
            _stop_if_long(said, material)
        if said:
            lines += [Sentence(text=heading), *_frame(name, said, material)]
    numbered = [one.model_copy(update={"paragraph": place}) for place, one in enumerate(lines)]
    return Message(kind=kind, channel=Channel.CALL, sentences=tuple(numbered), cited=True)


def _frame(name: str, said: list[Sentence], material: Material) -> list[Sentence]:
    """What opens a call and a voicemail is ours."""
    first, me = material.to.first_name, material.me
    if name == "voicemail":
        return [Sentence(text=f"Hello {first}, this is {me.name}."), *said]
    if name == "opener":
        hello = f"Hello {first}, it's {me.first_name}." if material.known else f"Hello {first}, this is {me.name}."
        return [Sentence(text=hello), *said, Sentence(text="Is this a good moment?")]
    return said


def _stop_if_long(said: Sequence[Sentence], material: Material) -> None:
    words = sum(count_words(one.text) for one in _frame("voicemail", list(said), material))
    if words > MOST_VOICEMAIL_WORDS:
        raise ModelReplyInvalid(
            f"the voicemail has {words} words with its greeting; {MOST_VOICEMAIL_WORDS} fit into twenty seconds"
        )
