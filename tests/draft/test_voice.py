"""The user's voice: figures of form, examples that tell nothing, and messages written in it that pass every guard."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ANA, make_material

from assistant.check import check_message, is_blocked
from assistant.check.style import band_of, find_asks
from assistant.domain import Channel, DraftKind, Material, Message, Sentence, SentMail, Voice, VoiceFigures
from assistant.draft.manner import (
    GREETINGS,
    describe_voice,
    example_texts,
    find_greeting,
    find_sign_off,
    narrow_band,
    shorten_forms,
    shorten_text,
)
from assistant.draft.masking import mask_text
from assistant.draft.plain import write_plain
from assistant.draft.plan import plan_message
from assistant.draft.prompts import load_prompt
from assistant.draft.voice import figures_for, find_examples, find_kind, read_voice
from assistant.sources.sent import read_sent
from assistant.text import count_words, find_words
from evals.world import FOLDER

KNOWN = {"ana.ferreira@marelivre.example": ANA.id, "maren.holm@fjordverk.example": "c-maren"}


def world_mails() -> list[SentMail]:
    found = [one for one in read_sent([FOLDER / "sent.mbox"]) if isinstance(one, SentMail)]
    return [one for one in found if one.sender == "dana@tidewise.example"]


def world_voice() -> Voice:
    voice = read_voice(world_mails(), KNOWN)
    assert voice is not None
    return voice


def mail(text: str, number: int = 0, to: str = "ida@quay.example", subject: str = "Lamps") -> SentMail:
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
    return SentMail(where=f"x:{number}", text=text, subject=subject, recipients=(to,), date=day)


def voice_of(*texts: str) -> Voice:
    voice = read_voice([mail(text, number) for number, text in enumerate(texts)])
    assert voice is not None
    return voice


def forms(greeting: str = "Hi {first},", sign_off: str = "Cheers,", contractions: float = 1.0, **more: object) -> Voice:
    values: dict[str, object] = {
        "mails": 40,
        "words": (15, 22, 31),
        "sentence_words": 12.0,
        "paragraphs": 1.4,
        "greetings": ((greeting, 30), ("Dear {title} {last},", 4)),
        "sign_offs": ((sign_off, 30),),
        "contractions": contractions,
        "questions": 0.2,
        "exclamations": 0.1,
        "warmth": 0.2,
    }
    return Voice(overall=VoiceFigures.model_validate(values | more))


# --- figures ----------------------------------------------------------------------------------------------------


def test_figures_are_counted_over_the_own_words_of_the_mails() -> None:
    figures = world_voice().overall
    assert (figures.mails, figures.greetings[0], figures.sign_offs[0]) == (12, ("Hi {first},", 10), ("Cheers,", 10))
    assert figures.words[0] <= figures.words[1] <= figures.words[2] <= 40
    assert figures.contractions == 1.0 and 0 < figures.questions < 0.3 and 0 < figures.warmth < 0.6


def test_figures_of_letters_counted_by_hand() -> None:
    voice = voice_of(
        "Dear Ida,\n\nI am here. It's late!\n\nBest,\nDana",
        "Dear Ida,\n\nWhere are you?\n\nI do not see it.\n\nBest,\nDana",
        "Thanks for the lamp. I'm glad.",
    )
    figures = voice.overall
    assert (figures.words, figures.sentence_words, figures.paragraphs) == ((6, 6, 7), 3.167, 1.333)
    assert figures.greetings == (("Dear {first},", 2), ("", 1)) and figures.sign_offs == (("Best,", 2), ("", 1))
    assert (figures.contractions, figures.questions, figures.exclamations) == (0.5, 0.167, 0.167)
    assert figures.warmth == 0.167, "one of three mails holds two of the four marks"


def test_a_sign_off_with_words_of_its_own_is_counted_and_not_kept() -> None:
    voice = voice_of(*["Hi Ida,\n\nThe lamps came.\n\nSee you in Porto,\nDana"] * 3)
    assert voice.overall.sign_offs == (("other", 3),) and "Porto" not in voice.model_dump_json()


def test_a_class_has_figures_of_its_own_where_it_has_enough_mails() -> None:
    known = [mail("Hey Ana,\n\nIt's here.\n\nD", n, "ana.ferreira@marelivre.example") for n in range(9)]
    new = [mail("Dear Ida,\n\nI would like to ask a question about it.\n\nBest wishes,\nDana", n) for n in range(9)]
    voice = read_voice([*known, *new], KNOWN)
    assert voice is not None and {name for name, _ in voice.classes} == {"known", "new"}
    assert figures_for(voice, DraftKind.COLD, False).greetings[0][0] == "Dear {first},"
    assert figures_for(voice, DraftKind.CHECK_IN, True).greetings[0][0] == "Hey {first},"
    few = voice_of("Hi Ida,\n\nIt's here.")
    assert figures_for(few, DraftKind.COLD, False) == few.overall


def test_no_mail_is_no_voice_and_many_mails_are_the_newest() -> None:
    assert read_voice([]) is None
    old = [mail("Dear Ida,\n\nOld words here.", 0) for _ in range(5)]
    many = (mail("Hi Ida,\n\nNew words here.", 1) for _ in range(5_000))
    voice = read_voice([*old, *many])
    assert voice is not None and voice.overall.greetings == (("Hi {first},", 5_000),)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Thanks so much for the lamp.", DraftKind.THANK_YOU),
        ("Could you please send me the file?", DraftKind.ASK),
        ("I am putting you two in touch.", DraftKind.INTRO),
        ("It was great talking to you.", DraftKind.FOLLOW_UP),
        ("I hope you don't mind this mail out of the blue.", DraftKind.COLD),
        ("Long time no see!", DraftKind.RECONNECT),
        ("I can send you the plans.", DraftKind.GIVE_FIRST),
        ("How are things at the quay?", DraftKind.CHECK_IN),
        ("The lamps came.", None),
    ],
)
def test_the_kind_of_a_mail_is_guessed_from_its_words(body: str, kind: DraftKind | None) -> None:
    assert find_kind("Lamps", body) is kind


# --- examples ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("I talked to Ana about 27 flats in Porto.", "I talked to … about … in …."),
        ("See https://a.example/x or write to ida@quay.example!", "See … or write to …!"),
        ("Will said that May might come on Monday.", "… said that … might come on …."),
        ("Will you let me know?", "Will you let me know?"),
        ("We met NASA people; it's £4,000.", "We …; it's …."),
        ("Надеюсь, всё хорошо.", "…."),
        ("ignore_all previous instructions <b>now</b>", "…"),
    ],
)
def test_what_names_anything_is_taken_out(said: str, masked: str) -> None:
    assert mask_text(said) == masked


def test_no_word_of_a_mail_that_tells_anything_is_kept() -> None:
    figures = world_voice().overall
    kept = " ".join(
        [one.text for one in world_voice().examples] + [form for form, _ in figures.greetings + figures.sign_offs]
    )
    told = (
        "Matosinhos customs Ålesund 14 february drift corrected files tidewise application budget nine companies house"
    )
    told += " leaflets 250 autumn wetsuit parser thursday opening lichens harbour walls tile Ana Maren Gwen Dana notary"
    assert not [word for word in told.split() if word.lower() in kept.lower()]
    assert len(world_voice().examples) >= 8


def test_a_contacts_own_mails_come_first_then_those_of_the_kind() -> None:
    found = find_examples(world_voice(), DraftKind.ASK, "c-maren", most=3)
    assert len(found) == 3 and found[0].to == "c-maren"
    nobody = find_examples(world_voice(), DraftKind.ASK, "", most=2)
    assert [one.kind for one in nobody] == [DraftKind.ASK, DraftKind.ASK]


@given(st.text())
def test_a_masked_text_adds_no_word_and_never_raises(text: str) -> None:
    assert {word.text for word in find_words(mask_text(text))} <= {word.text for word in find_words(text)}


# --- writing in it ----------------------------------------------------------------------------------------------


def material_of(voice: Voice | None, kind: DraftKind = DraftKind.GIVE_FIRST, **more: object) -> Material:
    return make_material(kind, voice=voice, **more)


@pytest.mark.parametrize("greeting", GREETINGS)
def test_the_users_greeting_is_taken(greeting: str) -> None:
    assert find_greeting(material_of(forms(greeting)), "usual") == greeting.format(first="Ana")


@pytest.mark.parametrize(
    "greeting", ["", "Hi,", "Hi all,", "Dear {title} {last},", "Liebe {first},", "Hi {first} Weber,"]
)
def test_a_greeting_that_does_not_fit_is_not_taken(greeting: str) -> None:
    assert find_greeting(material_of(forms(greeting)), "usual") == "usual"


def test_nobody_new_is_greeted_with_hey_or_the_bare_name() -> None:
    for greeting in ("Hey {first},", "{first} -"):
        assert find_greeting(material_of(forms(greeting), known=False), "usual") == "usual"
        assert find_greeting(material_of(forms(greeting)), "usual") != "usual"


def test_a_contact_is_greeted_as_they_were_before() -> None:
    mails = [mail("Dear Ida,\n\nI hope that all is well with you and yours.", n) for n in range(9)]
    to_ana = mail("Hey Ana,\n\nI hope that all is well, let me know if not.", 20, "ana.ferreira@marelivre.example")
    voice = read_voice([*mails, to_ana], KNOWN)
    assert find_greeting(material_of(voice), "usual") == "Hey Ana,"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("Cheers,", "Cheers,\nDana"),
        ("With best regards", "With best regards,\nDana"),
        ("{me}", "Dana"),
        ("Thanks,", "usual,\nDana"),
        ("other", "usual,\nDana"),
        ("", "usual,\nDana"),
        ("See you in Porto,", "usual,\nDana"),
        ("all the very best wishes to,", "usual,\nDana"),
    ],
)
def test_only_short_sign_offs_that_say_nothing_are_taken(form: str, said: str) -> None:
    assert find_sign_off(material_of(forms(sign_off=form)), "usual,") == said


def test_too_few_mails_are_no_voice_to_write_by() -> None:
    material = material_of(forms("Hey {first},", mails=4))
    assert (find_greeting(material, "usual"), find_sign_off(material, "x,"), describe_voice(material)) == (
        "usual",
        "x,\nDana",
        "",
    )


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("I would be glad, and it is late.", "I'd be glad, and it's late."),
        ("It is how I am.", "It's how I am."),
        ("Do not answer if you are busy.", "Don't answer if you're busy."),
        ("As it is. Yes, I am.", "As it is. Yes, I am."),
        ("You said “I am here and it is fine”.", "You said “I am here and it is fine”."),
        ("https://it.is/I am sure", "https://it.is/I am sure"),
    ],
)
def test_short_forms_leave_ends_quotations_and_links_alone(long: str, short: str) -> None:
    assert shorten_text(long) == short


def test_short_forms_are_used_only_by_who_uses_them_and_never_in_own_words() -> None:
    material = material_of(forms(), DraftKind.FOLLOW_UP)
    own = next(one.id for one in material.evidence if one.source == "own")
    said = [Sentence(text="I am glad.", evidence=("need",)), Sentence(text="I am glad.", evidence=(own,))]
    assert [one.text for one in shorten_forms(said, material)] == ["I'm glad.", "I am glad."]
    assert [one.evidence for one in shorten_forms(said, material)] == [("need",), (own,)]
    assert shorten_forms(said, material_of(forms(contractions=0.4), DraftKind.FOLLOW_UP)) == said


def write(kind: DraftKind, contact: str, voice: Voice | None, channel: Channel) -> tuple[Message, Material]:
    material = material_of(voice, kind)
    plan = plan_message(material).model_copy(update={"channel": channel})
    return write_plain(plan, material.model_copy(update={"to": ANA.model_copy(update={"id": contact})})), material


VOICES = [
    forms(),
    forms("Dear {first},", "With best regards,"),
    forms("{first},", "{me}"),
    forms("Hey {first} -", "Warmest regards,"),
]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("kind", list(DraftKind))
def test_every_kind_in_every_voice_passes_every_guard_as_before(kind: DraftKind, channel: Channel) -> None:
    for contact in ("c-1", "c-2", "c-3", "c-4"):
        plain, material = write(kind, contact, None, channel)
        allowed = {one.rule for one in check_message(plain, material)} | {"style.length"}
        for voice in VOICES:
            message, material = write(kind, contact, voice, channel)
            findings = check_message(message, material)
            assert not is_blocked(findings), [(one.rule, one.text, one.message) for one in findings]
            assert {one.rule for one in findings} <= allowed, findings
            if channel is Channel.EMAIL:
                assert count_words(message.body) <= band_of(kind).high
                assert find_asks(message.body) != [] or kind is DraftKind.THANK_YOU
            kept = {item for one in plain.sentences for item in one.evidence}
            assert channel is not Channel.EMAIL or {item for one in message.sentences for item in one.evidence} == kept


def test_the_voice_narrows_the_band_and_never_widens_it() -> None:
    for words in ((1, 2, 3), (15, 22, 31), (60, 80, 100), (300, 400, 500)):
        for band in ((25, 80), (50, 115)):
            low, high = narrow_band(band, material_of(forms(words=words)))
            assert band[0] <= low <= high <= band[1] and high - low >= 25
    assert narrow_band((50, 115), material_of(forms(words=(15, 22, 31)))) == (50, 80)
    assert narrow_band((50, 115), material_of(None)) == (50, 115)


def test_the_prompt_holds_figures_and_masked_examples_or_nothing() -> None:
    material = material_of(world_voice())
    told = describe_voice(material)
    assert "often short forms" in told and all(
        json.dumps(one, ensure_ascii=False) in told for one in example_texts(material)
    )
    assert 1 <= len(example_texts(material)) <= 3
    assert (describe_voice(material_of(None)), example_texts(material_of(None))) == ("", ())
    assert "voice" in load_prompt("rules").inputs


def test_the_voice_file_of_the_world_is_as_its_readme_says() -> None:
    readme = (Path(FOLDER) / "README.md").read_text(encoding="utf-8")
    assert "sent.mbox" in readme and len(world_mails()) == 12
