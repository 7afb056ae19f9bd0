"""A message in the user's own manner: their greeting, sign-off, short forms and length, where their voice is known.

Form only, from closed sets: no word of an earlier mail reaches a message by this way. It must never touch the user's
own words, a quotation or a link, and never write longer than the kind of message allows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from assistant.domain import Material, Sentence, Voice, VoiceFigures
from assistant.draft.voice import ENOUGH_MAILS, LONG_FORM, SHORT_FORMS, figures_for, find_examples

GREETINGS = ("Hi {first},", "Hello {first},", "Dear {first},", "Hey {first},", "{first},")
_FAMILIAR = ("Hey {first},", "{first},")  # not to somebody the user has never been in touch with
_SIGN_OFF_WORDS = frozenset(
    "all best care cheers kind kindest regards sincerely take the truly very warm warmest warmly wishes with "
    "yours".split()
)
_MOST_SIGN_OFF_WORDS = 4
_LEAST_ROOM = 30  # words between the shortest and the longest message a voice may narrow to
_OFTEN, _SELDOM = 0.5, 0.15
_SHORT = {long.lower(): short for long, short in SHORT_FORMS.items()}


def find_greeting(material: Material, usual: str) -> str:
    """How the user greets this contact, else people of this kind; `usual` where that is not known or not fitting."""
    for form in _greeting_forms(material):
        plain = re.sub(r"\s*[-–—!:,]$", ",", form)
        if plain in GREETINGS and (material.known or plain not in _FAMILIAR):
            return plain.format(first=material.to.first_name)
    return usual


def _greeting_forms(material: Material) -> Iterator[str]:
    voice = _usable(material)
    if voice is None:
        return
    yield from (
        one.greeting for one in find_examples(voice, material.request.kind, material.to.id) if _is_to(one.to, material)
    )
    for figures in _figures(voice, material):
        yield from (form for form, _ in figures.greetings)


def _is_to(contact_id: str, material: Material) -> bool:
    return bool(contact_id) and contact_id == material.to.id


def find_sign_off(material: Material, usual: str) -> str:
    """How the user ends a mail, with their first name below: short forms that thank for nothing and name nobody."""
    voice, me = _usable(material), material.me.first_name
    for figures in _figures(voice, material) if voice else ():
        for form, _ in figures.sign_offs:
            if form == "{me}":
                return me
            words = re.sub(r"[,.!]+$", "", form).lower().split()
            if 0 < len(words) <= _MOST_SIGN_OFF_WORDS and _SIGN_OFF_WORDS.issuperset(words):
                return f"{form.rstrip(',.!')},\n{me}"
    return f"{usual}\n{me}"


def shorten_forms(sentences: Sequence[Sentence], material: Material) -> list[Sentence]:
    """ "I would" as "I'd" and the like, where the user writes so more often than not; evidence stays as it is."""
    voice = _usable(material)
    if voice is None or voice.overall.contractions < _OFTEN:
        return list(sentences)
    own = {one.id for one in material.evidence if one.source == "own"}
    return [
        one if own & set(one.evidence) else one.model_copy(update={"text": shorten_text(one.text)}) for one in sentences
    ]


def shorten_text(text: str) -> str:
    """The text in short forms; one with a quotation or a link in it stays as it is."""
    if re.search(r"[\"“”]|://", text):
        return text
    return LONG_FORM.sub(_shorten, text)


def _shorten(match: re.Match[str]) -> str:
    said = match.group()
    short = _SHORT[said.lower()]
    return short[:1].upper() + short[1:] if said[:1].isupper() else short


def narrow_band(band: tuple[int, int], material: Material) -> tuple[int, int]:
    """The band of words, narrowed to what the user usually writes; never wider than `band`."""
    voice = _usable(material)
    if voice is None:
        return band
    low, high = band
    short, _, long = figures_for(voice, material.request.kind, material.known).words
    top = min(high, max(long, low + _LEAST_ROOM))
    return max(low, min(short, top - _LEAST_ROOM)), top


def example_texts(material: Material) -> tuple[str, ...]:
    """The masked examples that a model is shown for this message, nearest first; none without a voice."""
    voice = _usable(material)
    if voice is None:
        return ()
    return tuple(one.text for one in find_examples(voice, material.request.kind, material.to.id))


def describe_voice(material: Material) -> str:
    """The part of a prompt that says how the user writes: figures and masked examples; empty without a voice."""
    voice = _usable(material)
    if voice is None:
        return ""
    figures = figures_for(voice, material.request.kind, material.known)
    lines = [
        "\nHow the sender writes. This is about form alone; it says nothing that you may write about anybody.",
        f"- Sentences of about {round(figures.sentence_words)} words; {_how_often(figures.contractions)} short forms "
        f"such as “I'd”; {_how_often(figures.exclamations)} exclamation marks; {_how_often(figures.warmth)} a word of "
        "thanks or warmth.",
    ]
    examples = example_texts(material)
    if examples:
        lines.append("- Earlier mails with everything they told taken out as “…”. Take their tone; never repeat a line")
        lines.append("  of them, never fill a gap and never write “…”:")
        lines += [json.dumps(one, ensure_ascii=False) for one in examples]
    return "\n".join(lines) + "\n"


def _how_often(share: float) -> str:
    return "often" if share >= _OFTEN else "sometimes" if share >= _SELDOM else "seldom"


def _usable(material: Material) -> Voice | None:
    """The voice, where it was read from enough mails to be one."""
    voice = material.voice
    return voice if voice is not None and voice.overall.mails >= ENOUGH_MAILS else None


def _figures(voice: Voice, material: Material) -> tuple[VoiceFigures, ...]:
    """The nearest class, then all: a class whose forms do not fit must not hide those that do."""
    return figures_for(voice, material.request.kind, material.known), voice.overall
