"""The use cases over the fictional world, as a user meets them."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import multiprocessing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.check.style import band_of, find_asks
from assistant.domain import DraftKind, FactKind, Outcome, Severity, Visibility
from assistant.errors import Ambiguous, GivefirstError, ModelError, ModelUnreachable, NotFound, SourceError
from assistant.launch import find_world, load_world
from assistant.llm import ChatMessage, ScriptedModel
from assistant.text import count_words, fold
from evals.world import TODAY


def write_note(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name.lower()}.md"
    path.write_text(f"---\nname: {name}\nemail: {name.lower()}@quay.example\n---\n{text}", encoding="utf-8")
    return path


# --- bringing in ------------------------------------------------------------------------------------------------


def test_importing_the_world_again_changes_nothing(assistant: Assistant) -> None:
    report = load_world(assistant)
    assert (report.added, report.updated) == (0, 0)
    assert report.unchanged == report.read > 50


def test_an_edited_file_updates_and_outdates_what_it_no_longer_says(tmp_path: Path) -> None:
    path = write_note(tmp_path, "Mira", "- [need] a boat\n")
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        assistant.import_([path])
        write_note(tmp_path, "Mira", "- [need] a bicycle\n")
        assert assistant.import_([path]).updated == 1
        assert [fact.text for fact in assistant.show("Mira").facts] == ["a bicycle"]


def test_a_person_of_two_sources_is_one_contact(assistant: Assistant) -> None:
    assert len(assistant.people("Ana Ferreira")) == 1
    assert assistant.show("Harriet Boyd").contact.links, "the link comes from LinkedIn, the notes from Markdown"


def test_two_people_of_one_name_stay_two_and_are_asked_apart(assistant: Assistant) -> None:
    with pytest.raises(Ambiguous, match=r"2 people.*weberbrood.*name one by email or id"):
        assistant.show("Tom Weber")
    assert (
        assistant.show("tom@weberbrood.example").contact.title
        != assistant.show("tom.weber@spreeblatt.example").contact.title
    )


def test_what_cannot_be_read_is_told_with_its_place_and_costs_nothing_else(tmp_path: Path) -> None:
    write_note(tmp_path, "Mira", "- [need] a boat\n")
    (tmp_path / "odd.md").write_text("---\nname: [unclosed\n---\n", encoding="utf-8")
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        report = assistant.import_([tmp_path])
    assert report.added == 1
    assert [
        (one.where.endswith("odd.md:2") or "odd.md:" in one.where) and "YAML" in one.reason for one in report.rejected
    ] == [True]


def test_a_path_that_is_not_there_is_one_clear_line(assistant: Assistant) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.md: not found; give a file or a folder that exists"):
        assistant.import_(["nowhere.md"])


def test_a_typed_note_is_kept_by_later_imports_and_found_at_once(assistant: Assistant) -> None:
    assistant.note("Dev Patel", "He's looking for a tuba teacher.", title="Call")
    load_world(assistant)
    assert any(fact.kind is FactKind.NEED and "tuba" in fact.text for fact in assistant.show("Dev Patel").facts)
    assert assistant.search("tuba lessons")[0].contact == "Dev Patel"


def test_an_empty_note_is_refused(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="the note is empty"):
        assistant.note("Dev Patel", "  \n")


# --- looking ----------------------------------------------------------------------------------------------------


def test_every_fact_of_the_world_is_quoted_word_for_word(assistant: Assistant) -> None:
    for contact in assistant.people():
        profile = assistant.show(contact.id)
        notes = {note.id: note.text for note in profile.notes}
        for fact in profile.facts:
            assert fact.quote in notes[fact.note_id]


def test_search_finds_by_meaning_what_shares_no_word(assistant: Assistant) -> None:
    assert "Ana Ferreira" in [hit.contact for hit in assistant.search("attorney for documents in Portugal", k=5)]


def test_search_marks_what_is_private(assistant: Assistant) -> None:
    hits = assistant.search("thinking of leaving Mare Livre")
    assert hits[0].private and hits[0].contact == "Ana Ferreira"


def test_common_ground_has_quotes_from_both_sides(assistant: Assistant) -> None:
    found = {one.kind: one for one in assistant.ground("Ana Ferreira")}
    assert found["need_met"].mine.quote == "know a notary in Lisbon"
    assert "Portuguese-speaking notary" in found["need_met"].theirs.quote
    assert all(one.mine.quote and one.theirs.quote for one in found.values())


def test_an_unknown_name_says_how_to_find_the_right_one(assistant: Assistant) -> None:
    with pytest.raises(NotFound, match="nobody in your book is called 'Nobody Known'; `givefirst people`"):
        assistant.show("Nobody Known")


# --- writing ----------------------------------------------------------------------------------------------------


def test_a_cold_draft_to_somebody_with_rich_notes_is_ready_cited_short_and_gives_first(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.COLD, "Kwame Mensah")
    assert draft.outcome is Outcome.READY
    assert 50 <= count_words(draft.body) <= 125 and len(find_asks(draft.body)) == 1
    known = {one.id for one in draft.evidence}
    cited = [one for one in draft.sentences if one.evidence]
    assert len(cited) >= 4 and all(set(one.evidence) <= known for one in cited)
    assert draft.plan.give is not None and "accountant" in draft.body


def test_a_thin_contact_gets_one_question_and_no_text(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.COLD, "Dev Patel")
    assert (draft.outcome, draft.body, len(draft.questions)) == (Outcome.NEEDS_INPUT, "", 1)


def test_do_not_contact_is_refused_and_cannot_be_handed_over(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Sam Okoro", about="I can lend you a boat")
    assert draft.outcome is Outcome.REFUSED and "do-not-contact" in draft.reasons[0]
    with pytest.raises(GivefirstError, match="refused"):
        assistant.eml(draft.id, "Hello", "Hi Sam,\n\nhow are you?\n\nDana")


@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_every_draft_of_the_world_keeps_its_secrets_its_band_and_one_ask(assistant: Assistant, share: int) -> None:
    """Every person and every kind; of their pairs each third, another third for the next person, and `slow` all."""
    secrets = [
        fold(fact.text)
        for contact in assistant.people()
        for fact in assistant.show(contact.id).facts
        if fact.visibility is Visibility.PRIVATE
    ]
    assert len(secrets) >= 3
    ready = dict.fromkeys(DraftKind, 0)
    for number, contact in enumerate(assistant.people()):
        for kind in list(DraftKind)[-number % share :: share]:
            draft = assistant.draft(kind, contact.id)
            told = fold(f"{draft.subject} {draft.body} {' '.join(draft.reasons + draft.questions)}")
            assert not [secret for secret in secrets if secret in told]
            assert not draft.body or draft.outcome is Outcome.READY, (contact.name, draft.findings)
            if draft.outcome is Outcome.READY:
                ready[kind] += 1
                band, asks = band_of(kind), len(find_asks(draft.body))
                assert band.low <= count_words(draft.body) <= band.high, (contact.name, kind, draft.body)
                assert asks == (0 if kind is DraftKind.THANK_YOU else 1), (contact.name, kind, draft.body)
    assert sum(ready.values()) >= 90 // share
    assert sum(bool(many) for many in ready.values()) >= 8, "the rest want words of the user or another person"


def test_unticked_evidence_is_not_used(assistant: Assistant) -> None:
    whole = assistant.plan(DraftKind.COLD, "Kwame Mensah")
    school = next(one for hook in whole.hooks if hook.kind == "education" for one in (hook.mine, hook.theirs))
    left = [one.id for one in whole.evidence if one.id != school.id]
    assert "Southampton" not in assistant.draft(DraftKind.COLD, "Kwame Mensah", use=left).body


def test_a_draft_without_the_users_own_note_says_what_is_missing(tmp_path: Path) -> None:
    path = write_note(tmp_path, "Mira", "- [need] a boat\n")
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        assistant.import_([path])
        with pytest.raises(NotFound, match="your own note is missing"):
            assistant.draft(DraftKind.COLD, "Mira")


# --- the model writer -------------------------------------------------------------------------------------------


def reply(*sentences: tuple[str, list[str]], subject: str = "The notary you were looking for") -> str:
    said = [{"text": text, "evidence": ids, "paragraph": 1} for text, ids in sentences]
    return json.dumps({"subject": {"text": subject, "evidence": ["e1"]}, "sentences": said})


GOOD = reply(
    ("Over coffee in Porto in March you were looking for a notary who speaks Portuguese.", ["e1"]),
    ("I know one in Lisbon and would gladly ask her.", ["e2"]),
    ("I know a notary in Lisbon and would gladly put you in touch.", ["e2"]),
    ("Shall I?", []),
)
LIE = reply(("It was lovely to see you at the Helsinki summit, and I know a notary.", ["e1", "e2"]), ("Shall I?", []))


def write_with(home: Path, *script: str | ModelError) -> tuple[Assistant, ScriptedModel]:
    model = ScriptedModel(script)
    return Assistant.open(home, TODAY, model=model), model


def test_a_model_that_lies_is_told_twice_and_then_not_used(home: Path) -> None:
    assistant, model = write_with(home, LIE, LIE, LIE)
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    assert (draft.outcome, draft.model, len(model.prompts)) == (Outcome.READY, "plain", 3)
    assert "Helsinki" not in draft.body and "was not used" in draft.reasons[0]
    assert "Helsinki" in model.prompts[1][-1].text, "the repair names what was found"


def test_a_model_that_mends_its_draft_is_used(home: Path) -> None:
    mended = reply(
        ("When we had coffee in Porto in March, you were looking for a Portuguese-speaking notary.", ["e1"]),
        ("I know a notary in Lisbon and would be glad to put you in touch.", ["e2"]),
        ("Shall I? A no is fine.", []),
    )
    assistant, model = write_with(home, LIE, mended)
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    assert (draft.outcome, draft.model, len(model.prompts)) == (Outcome.READY, "scripted", 2), draft.reasons
    assert draft.prompt.startswith("give_first@2+rules@3+email@1#") and draft.body.startswith("Hi Ana,")


def test_a_model_never_sees_what_is_private_or_about_others(home: Path) -> None:
    assistant, model = write_with(home, LIE, LIE, LIE)
    assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    shown = " ".join(message.text for prompt in model.prompts for message in prompt)
    assert "notary" in shown
    assert not [word for word in ("leaving", "co-founder", "Gwen", "lymphoma") if word in shown]


def test_a_model_that_cannot_be_reached_leaves_the_plain_draft_and_says_so(home: Path) -> None:
    assistant, _ = write_with(home, ModelUnreachable("model.example cannot be reached"))
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    assert draft.outcome is Outcome.READY and "cannot be reached" in draft.reasons[0]


def test_a_model_asked_for_by_name_fails_with_its_own_error(home: Path) -> None:
    assistant, _ = write_with(home, ModelUnreachable("model.example cannot be reached"))
    with pytest.raises(ModelUnreachable):
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira", writer="model")
    assistant.close()


def test_asking_for_a_model_that_is_not_set_says_which_settings(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="GIVEFIRST_MODEL"):
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira", writer="model")


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "{", '{"subject": 1}', '{"subject": {"text": "a"}, "sentences": []}']
)
def test_a_reply_that_is_no_draft_ends_in_the_plain_one(home: Path, text: str) -> None:
    def answer(_messages: object) -> str:
        return text

    with Assistant.open(home, TODAY, model=ScriptedModel(answer)) as assistant:
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert (draft.outcome, draft.model) == (Outcome.READY, "plain")


def test_prompts_are_only_system_user_and_the_models_own_turns(home: Path) -> None:
    assistant, model = write_with(home, LIE, LIE, LIE)
    assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    assert [one.role for one in model.prompts[-1]] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert all(isinstance(one, ChatMessage) for one in model.prompts[-1])


# --- checking ---------------------------------------------------------------------------------------------------


def test_spans_of_findings_are_counted_in_the_text_that_was_given(assistant: Assistant) -> None:
    text = "Hi Ana,\n\n\n  We met at Davos   in 2019.\n\nShall I write?\n\nDana\n"
    findings = assistant.check(text, DraftKind.GIVE_FIRST, "Ana Ferreira")
    davos = next(one for one in findings if one.text == "Davos")
    assert text[slice(*davos.span)] == davos.text and davos.severity is Severity.BLOCK


def test_the_confidence_of_somebody_named_in_the_text_is_caught(assistant: Assistant) -> None:
    text = "Hi Ana,\n\nNadia cannot pay the editor of her film.\n\nShall we help her?\n\nDana"
    findings = assistant.check(text, DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert any(one.rule.startswith("disclosure") and one.severity is Severity.BLOCK for one in findings)


FALSE = [
    ("Ana Ferreira", "I have already spoken to my notary about it."),
    ("Ana Ferreira", "We had coffee in Lisbon in March."),
    ("Ana Ferreira", "We had lunch in Porto in March."),
    ("Ana Ferreira", "You asked me to find a notary."),
    ("Ana Ferreira", "I heard you might be moving on from Mare Livre."),
    ("Ana Ferreira", "I explained the mooring licence to you."),
    ("Ana Ferreira", "My notary in Lisbon speaks Portuguese fluently."),
    ("Ana Ferreira", "I am looking for a notary in Faro."),
    ("Ana Ferreira", "Bruno tells me you are well."),
    ("Ana Ferreira", "As I mentioned during our last conversation, I wanted to take some time to talk more about it."),
    ("Kwame Mensah", "It was good to talk to you again."),
    ("Maren Holm", "You live in Trondheim."),
    ("Maren Holm", "You introduced me to Oleksandr."),
    ("Maren Holm", "You have rebuilt the quay walls of twelve harbours."),
    ("Kwame Mensah", "We studied together at Southampton."),
    ("Kwame Mensah", "I have worked with your UK branch."),
    ("Kwame Mensah", "Gwen Pritchard would be happy to help you."),
]
TRUE = [
    ("Ana Ferreira", "In March, over coffee in Porto, you were looking for a Portuguese-speaking notary."),
    ("Ana Ferreira", "You once explained the mooring licence to me, and I have not forgotten it."),
    ("Ana Ferreira", "We both care about open sea-level data."),
    ("Ana Ferreira", "We met at a workshop on coastal permits in Porto in 2024."),
    ("Maren Holm", "In April you needed ten years of tide-gauge data for your model."),
    ("Maren Holm", "Oleksandr Koval introduced us by email in 2025."),
    ("Kwame Mensah", "Like you, I studied at the University of Southampton."),
]


def blocking(assistant: Assistant, who: str, sentence: str) -> list[str]:
    text = f"Hi {who.split()[0]},\n\n{sentence} Shall I send you more?\n\nAll the best,\nDana"
    found = assistant.check(text, DraftKind.GIVE_FIRST, who)
    return [one.rule for one in found if one.severity is Severity.BLOCK]


def test_sentences_that_no_note_bears_are_blocked(assistant: Assistant) -> None:
    assert [said for who, said in FALSE if not blocking(assistant, who, said)] == []


def test_sentences_that_the_notes_bear_pass(assistant: Assistant) -> None:
    assert [said for who, said in TRUE if blocking(assistant, who, said)] == []


def test_own_words_are_evidence(assistant: Assistant) -> None:
    text = "Hi Ana,\n\nWe are moving the mooring to Cascais.\n\nMay I send you the papers?\n\nDana"
    before = assistant.check(text, DraftKind.GIVE_FIRST, "Ana Ferreira")
    after = assistant.check(text, DraftKind.GIVE_FIRST, "Ana Ferreira", own="We are moving the mooring to Cascais")
    assert [one.text for one in before if one.severity is Severity.BLOCK]
    assert not [one.text for one in after if one.severity is Severity.BLOCK]


# --- handing over -----------------------------------------------------------------------------------------------


def test_a_mail_file_goes_to_the_address_of_the_book(assistant: Assistant, tmp_path: Path) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    path = assistant.out(draft.id, tmp_path / "ana.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["To"].addresses[0].addr_spec == "ana.ferreira@marelivre.example"
    assert mail["X-Unsent"] == "1" and mail["Bcc"] is None
    assert "notary" in mail.get_content()


def test_a_mail_file_is_never_written_over_another(assistant: Assistant, tmp_path: Path) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    (tmp_path / "ana.eml").write_text("mine", encoding="utf-8")
    with pytest.raises(GivefirstError, match="exists already"):
        assistant.out(draft.id, tmp_path / "ana.eml")
    assert (tmp_path / "ana.eml").read_text(encoding="utf-8") == "mine"


def test_an_edit_that_a_check_blocks_is_not_handed_over(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    with pytest.raises(GivefirstError, match="cannot be handed over yet: .*Davos"):
        assistant.eml(draft.id, body=draft.body.replace("Porto", "Davos"))


def test_a_draft_nobody_wrote_is_not_handed_over(assistant: Assistant) -> None:
    with pytest.raises(NotFound, match="no draft has the id 'd-nothing'"):
        assistant.eml("d-nothing")


# --- keeping well -----------------------------------------------------------------------------------------------


def test_doctor_finds_a_fresh_world_well(assistant: Assistant) -> None:
    assert [one.name for one in assistant.doctor() if not one.ok] == []


def test_doctor_says_that_nobody_is_the_user(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        assert [one.name for one in assistant.doctor() if not one.ok] == ["you"]


def test_the_index_can_be_deleted_and_built_again_without_embedding(assistant: Assistant) -> None:
    first = assistant.reindex()
    assert (first.embedded, first.passages > 200) == (0, True)
    again = assistant.reindex()
    assert again == first


def test_an_owner_of_the_index_and_a_guest_give_the_same_answers(home: Path) -> None:
    with Assistant.open(home, TODAY, own_index=True) as owner, Assistant.open(home, TODAY) as guest:
        for text in ("notary", "who can help with batteries", "sourdough bread"):
            assert owner.search(text) == guest.search(text)
        owner.note("Dev Patel", "He restores harmoniums.")
        assert owner.search("harmonium")[0].contact == guest.search("harmonium")[0].contact == "Dev Patel"


def _write_notes(home: str, who: str, count: int) -> None:
    with Assistant.open(home, TODAY) as assistant:
        for number in range(count):
            assistant.note(who, f"Note {number} about lighthouses.")


def test_two_processes_that_write_at_once_lose_nothing(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = ("Dev Patel", "Yuki Tanaka")
    workers = [context.Process(target=_write_notes, args=(str(home), who, 8)) for who in people]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    with Assistant.open(home, TODAY) as assistant:
        for who in people:
            assert sum("lighthouses" in note.text for note in assistant.show(who).notes) == 8


def test_everything_works_with_embeddings_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_EMBEDDINGS", "off")
    with Assistant.open(home, TODAY) as assistant:
        assert assistant.search("notary")[0].contact in ("Ana Ferreira", "Dana Marlow", "Inês Duarte")
        assert assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira").outcome is Outcome.READY


def test_the_world_is_where_the_demo_looks_for_it() -> None:
    assert len(list((find_world() / "notes").glob("*.md"))) >= 31
    assert dt.date(2026, 11, 20) == TODAY


def test_in_a_large_book_search_finds_the_same_best_passages(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = ("Portuguese-speaking notary", "who knows the Norwegian port authorities", "surge model", "tide gauges")
    before = [assistant.search(one, 1) for one in questions]
    monkeypatch.setattr("assistant.store.readings.LARGE_BOOK", 10)
    for question, (best,) in zip(questions, before, strict=True):
        found = assistant.search(question, 5)
        assert best.text in {one.text for one in found}, question
    assert "Ana Ferreira" in {one.contact for one in assistant.search("Ana Ferreira", 5)}
