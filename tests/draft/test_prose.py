from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.draft.prose import ProseReader
from assistant.draft.reply import CALL_SECTIONS


def read(*pieces: str) -> str:
    reader = ProseReader()
    for piece in pieces:
        reader.feed(piece)
    return reader.text


REPLY = {
    "subject": {"text": "The notary", "evidence": ["e1"]},
    "sentences": [
        {"text": 'You said "now".', "evidence": ["e1"], "paragraph": 1},
        {"paragraph": 2, "evidence": [], "text": "Shall I ask her?"},
    ],
}


def test_the_words_can_be_read_while_the_object_is_open() -> None:
    said = json.dumps(REPLY)
    assert read(said[: said.index("now")]) == 'Subject: The notary\n\nYou said "'
    assert read(said) == 'Subject: The notary\n\nYou said "now". Shall I ask her?'


@given(st.lists(st.integers(1, 30), max_size=60))
def test_pieces_of_any_size_read_the_same(sizes: list[int]) -> None:
    said, pieces = "Sure: <think>{hm}</think> " + json.dumps(REPLY), []
    for size in sizes:
        pieces.append(said[:size])
        said = said[size:]
    assert read(*pieces, said) == 'Subject: The notary\n\nYou said "now". Shall I ask her?'


def test_plain_strings_and_the_sections_of_a_call_are_read_too() -> None:
    assert read('{"subject": "Hi", "sentences": ["One.", "Tw') == "Subject: Hi\n\nOne. Tw"
    line = [{"text": "A word.", "evidence": ["e1"]}]
    shown = read(json.dumps(dict.fromkeys(CALL_SECTIONS, line)))
    assert all(f"{heading}\nA word." in shown for heading in CALL_SECTIONS.values())


def test_escapes_are_the_characters_they_stand_for() -> None:
    assert read(r'{"sentences": ["Caf\u00e9\n\ud83d\ude00 \u200') == "Café"


def test_ids_and_other_fields_are_not_shown() -> None:
    assert read('{"note": "Helsinki", "sentences": [{"evidence": ["Helsinki"], "text": "Hi."}]}') == "Hi."


def test_what_never_ends_is_not_shown_for_ever() -> None:
    assert len(read('{"sentences": ["' + "x" * 100_000)) < 13_000


@given(st.text() | st.text('{}[]",:\\u"text'))
def test_nothing_makes_the_reader_fail(text: str) -> None:
    assert isinstance(read('{"sentences": [', text), str)
