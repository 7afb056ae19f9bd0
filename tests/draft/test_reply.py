from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Channel
from assistant.draft.reply import parse_reply, reply_schema
from assistant.errors import ModelReplyInvalid

GOOD: dict[str, Any] = {
    "subject": {"text": "The notary", "evidence": ["e1"]},
    "sentences": [{"text": "You were looking for one, {really}.", "evidence": ["e1", "e2"], "paragraph": 1}],
}
SAID = json.dumps(GOOD)
FORMS = {
    "bare": SAID,
    "a fence": f"```json\n{SAID}\n```",
    "prose around it": f"Sure! Here is {{your}} draft:\n{SAID}\nI hope this helps {{you}}!",
    "thinking aloud": f'<think>{{"sentences": ["They met in Helsinki."]}} hm {{</think>\n{SAID}',
    "thinking whose beginning was cut off": f"They met in Helsinki {{.\n</think>{SAID}",
    "another order": json.dumps(dict(reversed(GOOD.items()))),
    "a wrapper": json.dumps({"draft": GOOD}),
    "commas too many": SAID.replace("]}", ",],}").replace('"paragraph": 1}', '"paragraph": 1,}'),
    "evidence as text": SAID.replace('["e1", "e2"]', '"e1, e2"').replace('["e1"]', '"[e1]"'),
    "evidence as numbers": SAID.replace('["e1", "e2"]', "[1, 2]").replace('["e1"]', "1"),
    "evidence as objects": SAID.replace('["e1", "e2"]', '[{"id": "e1"}, {"id": "e2"}]'),
    "evidence within the sentence": SAID.replace(', "evidence": ["e1", "e2"]', "").replace(
        "really}.", "really} [e1, e2]."
    ),
    "a paragraph as text": SAID.replace('"paragraph": 1', '"paragraph": "1"'),
    "one sentence without its list": json.dumps({**GOOD, "sentences": GOOD["sentences"][0]}),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_reply_written_another_way_means_the_same(text: str) -> None:
    reply = parse_reply(text)
    assert reply.subject is not None and (reply.subject.text, reply.subject.evidence) == ("The notary", ["e1"])
    assert [(one.text, one.evidence, one.paragraph) for one in reply.sentences] == [
        ("You were looking for one, {really}.", ["e1", "e2"], 1)
    ]


def test_sentences_as_plain_text_have_no_evidence_and_so_state_nothing() -> None:
    reply = parse_reply('{"subject": "The notary", "sentences": ["You were looking for one.", "Shall I ask?"]}')
    assert [(one.text, one.evidence) for one in reply.sentences] == [
        ("You were looking for one.", []),
        ("Shall I ask?", []),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I cannot help with that.", "no JSON object"),
        (SAID[:60], "not valid JSON"),
        ('["Helsinki"]', "no JSON object"),
        ('{"subject": "Hi"}', "nothing under sentences"),
        ('{"sentences": ["Hi."]}', "nothing under subject"),
        (SAID.replace('"You were looking for one, {really}."', "8"), r"at sentences\.0\.text"),
        (SAID.replace("really", "really " * 100), r"at sentences\.0\.text"),
        (json.dumps({**GOOD, "sentences": GOOD["sentences"] * 21}), "at sentences"),
        ("{" * 20_000, "not valid JSON"),
        ('{"a":' * 9_000, "not valid JSON"),
        ("x" * 70_000, "over 60,000 characters"),
    ],
)
def test_what_is_no_draft_is_told_in_words_to_mend_it_by(text: str, said: str) -> None:
    with pytest.raises(ModelReplyInvalid, match=said):
        parse_reply(text)


@pytest.mark.parametrize("channel", Channel)
def test_the_schema_asks_for_what_the_reading_needs(channel: Channel) -> None:
    asked = reply_schema(channel)["required"]
    assert isinstance(asked, list)
    line = {"text": "A word.", "evidence": ["e1"], "paragraph": 1}
    values = {name: line if name == "subject" else [line] for name in asked}
    assert parse_reply(json.dumps(values), channel)


@given(st.text() | st.text('{}[]",:\\e1 ', max_size=200))
def test_any_text_is_a_reply_or_a_fault(text: str) -> None:
    try:
        assert parse_reply(text).sentences
    except ModelReplyInvalid as error:
        assert str(error)
