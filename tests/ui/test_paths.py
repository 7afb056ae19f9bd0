"""The paths people walk, from end to end in a real browser, each on a book of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from screens import at_home, choose, opened_page, see, served, settle, shoot, texts, visit
from small_book import ANA, ME, TODAY

from assistant.app import Assistant

BEN = """---
name: Ben Otter
email: ben@otter.example
location: Porto, Portugal
---
## 2026-06-02 Lunch
- [offer] notary in Porto who speaks Portuguese
- [need] advice on marine law
"""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The screens on Ana, Ben and the user; every path below writes to people or pages of its own."""
    folder = tmp_path_factory.mktemp("walked")
    for name, text in (("me", ME), ("ana", ANA + "- [offer] advice on marine law\n"), ("ben", BEN)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with ExitStack() as running:
        with at_home(folder / "home", TODAY):
            with Assistant.open() as assistant:
                assistant.import_(sorted(folder.glob("*.md")))
            address = running.enter_context(served(folder))
        yield address


@pytest.fixture
def page(browser: Any, walked: str) -> Iterator[Any]:
    with opened_page(browser, walked, viewport={"width": 1280, "height": 1800}) as opened:
        yield opened


@pytest.fixture
def empty_page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    with at_home(tmp_path / "home", TODAY), served(tmp_path) as address, opened_page(browser, address) as opened:
        yield opened


def main_of(page: Any) -> Any:
    return page.get_by_test_id("stMain")


def test_from_files_to_a_note_a_draft_an_edit_and_a_mail_file(empty_page: Any) -> None:
    page = empty_page
    visit(page, "Import")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": f"{name}.md", "mimeType": "text/markdown", "buffer": text.encode()}
            for name, text in (("me", ME), ("ben", BEN))
        ]
    )
    page.get_by_text("ben.md", exact=True).wait_for()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Read 2: 2 added.").wait_for()
    shoot(page, "path-import")
    page.get_by_role("link", name="See your people").click()
    main_of(page).get_by_role("link", name="Ben Otter").click()
    page.get_by_role("heading", name="Ben Otter").wait_for()
    page.get_by_label("What you want to remember").fill("He is looking for someone to review grant applications.")
    page.get_by_label("Occasion").fill("Call about the harbour fund")
    page.get_by_role("button", name="Save note").click()
    page.get_by_text("Call about the harbour fund").first.wait_for()
    settle(page)
    shoot(page, "path-note")
    visit(page, "Draft")
    page.get_by_role("button", name="Write draft").click()
    body = page.get_by_role("textbox", name="Body")
    body.wait_for()
    settle(page)
    assert "grant applications" in body.input_value() and "Ready" in texts(page).splitlines()
    body.fill(body.input_value().replace("Ben,", "Ben, good to hear you.", 1))
    page.get_by_role("button", name="Take it away").click()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download .eml").click()
    shoot(page, "path-draft")
    mail = message_from_bytes(Path(waiting.value.path()).read_bytes(), policy=policy.default)
    assert [one.addr_spec for one in mail["To"].addresses] == ["ben@otter.example"]
    assert mail["From"].addresses[0].addr_spec == "dana@tidewise.example" and mail["X-Unsent"] == "1"
    assert mail["Subject"] == page.get_by_role("textbox", name="Subject").input_value()
    assert "Ben, good to hear you." in mail.get_content() and "grant applications" in mail.get_content()


def press(page: Any, name: str | re.Pattern[str]) -> None:
    main_of(page).get_by_role("button", name=name).first.click()
    settle(page)


def test_an_introduction_goes_by_consent_of_both_and_remembers_what_came_of_it(page: Any) -> None:
    visit(page, "Introductions")
    shoot(page, "path-introductions")
    press(page, "Bring them together")
    see(page, "Nobody is asked yet")
    shown = main_of(page).inner_text()
    assert "Nobody is asked yet" in shown and "Draft it" in shown
    first, second = ("Ana Ferreira", "Ben Otter") if "I asked Ana Ferreira" in shown else ("Ben Otter", "Ana Ferreira")
    assert f"{first} said yes" not in shown and "I introduced them" not in shown
    day = f"{TODAY.day} {TODAY:%B %Y}"
    for step, then in (
        (f"I asked {first}", f"{first} is asked, since {day}."),
        (f"{first} said yes", f"{first} said yes, since {day}."),
        (f"I asked {second}", f"{first} said yes, {second} is asked, since {day}."),
        (f"{second} said yes", f"Both said yes, since {day}."),
        ("I introduced them", f"You introduced them, since {day}."),
    ):
        press(page, step)
        main_of(page).get_by_text(then, exact=True).wait_for()
        assert then.startswith("You") or main_of(page).get_by_text("On its way, as it stands above.").count() >= 1
    shoot(page, "path-introduced")
    page.get_by_label("What came of it?").fill("They have met for coffee")
    press(page, "Keep it")
    see(page, "What came of it: They have met for coffee")


def test_a_briefing_leads_to_a_page_to_print_and_a_debrief_that_is_kept(
    page: Any, browser: Any, tmp_path: Path
) -> None:
    visit(page, "Briefing")
    page.get_by_label("Whom are you going to meet?").click()
    page.get_by_role("option", name="Ana").click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All you know").wait_for()
    settle(page)
    shown = texts(page)
    assert "notary" in shown and "thinking of leaving Mare Livre" in shown
    (private,) = [line for line in shown.splitlines() if "thinking of leaving" in line]
    assert "private" in private.casefold()
    shoot(page, "path-briefing")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="A page to print").click()
    check_print(browser, Path(waiting.value.path()).read_text(encoding="utf-8"), tmp_path / "briefing.html")
    main_of(page).get_by_text("After the meeting with Ana Ferreira").click()
    page.get_by_label("What happened").fill("Walked along the river.")
    page.get_by_label("What you promised").fill("send her the tide-gauge data")
    page.get_by_label("What they need").fill("a calm desk in Bristol")
    press(page, "Keep the debrief")
    see(page, "tide-gauge data")
    see(page, "calm desk in Bristol")
    shoot(page, "path-debriefed")


def check_print(browser: Any, page_to_print: str, file: Path) -> None:
    """The printed page stands by itself: nothing is fetched for it, no script runs in it."""
    file.write_text(page_to_print, encoding="utf-8")
    asked: list[str] = []
    sheet = browser.new_page()
    try:
        sheet.on("request", lambda request: asked.append(request.url))
        sheet.goto(file.as_uri())
        sheet.emulate_media(media="print")
        assert "Ana Ferreira" in sheet.inner_text("body") and "notary" in sheet.inner_text("body")
        assert sheet.locator("script").count() == 0 and asked == [file.as_uri()]
        sheet.pdf(path=str(file.with_suffix(".pdf")))
        assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        shoot(sheet, "path-print")
    finally:
        sheet.close()


LINE = "coffee with Ana: needs a notary, I promised the data, keep her move to myself"


def test_a_hurried_line_is_proposed_and_kept_after_a_yes(page: Any) -> None:
    box = page.get_by_label("Jot one line")
    box.fill(LINE)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save this").wait_for()
    settle(page)
    shown = texts(page)
    assert "They need: a notary" in shown and "You promised" in shown and "PRIVATE" in shown
    shoot(page, "path-capture")
    press(page, "Save this")
    see(page, "Kept of Ana Ferreira.")
    visit(page, "People")
    main_of(page).get_by_role("link", name="Ana Ferreira").click()
    page.get_by_role("heading", name="Ana Ferreira").wait_for()
    settle(page)
    see(page, LINE)
    shoot(page, "path-captured")


def test_a_line_that_is_dropped_leaves_nothing(page: Any) -> None:
    page.get_by_label("Jot one line").fill("lunch with Ben: needs a mooring")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Drop it").wait_for()
    press(page, "Drop it")
    assert "mooring" not in texts(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Person", exact=True).click()
    choose(page, "Ben")
    page.get_by_role("heading", name="Ben Otter").wait_for()
    assert "mooring" not in main_of(page).inner_text()


def test_a_person_is_forgotten_for_good_once_their_name_is_typed(browser: Any, tmp_path: Path) -> None:
    for name, text in (("me", ME), ("ana", ANA), ("ben", BEN)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with at_home(tmp_path / "home", TODAY):
        with Assistant.open() as assistant:
            assistant.import_(sorted(tmp_path.glob("*.md")))
            ana = assistant.show("Ana Ferreira").contact.id
        with served(tmp_path) as address, opened_page(browser, f"{address}/person?who={ana}") as page:
            page.get_by_role("button", name="Forget …").click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_text("What would go of Ana Ferreira").wait_for()
            dialog.get_by_label("To forget them, type the name").fill("Ana Ferreira")
            dialog.get_by_label("To forget them, type the name").press("Enter")
            shoot(page, "path-forget-1", whole=False)
            dialog.get_by_role("button", name="Forget for good").click()
            page.get_by_role("heading", name="People", exact=True).wait_for()
            settle(page)
            shoot(page, "path-forget-2", whole=False)
            said = main_of(page).inner_text()
        with Assistant.open() as assistant:
            assert [one.name for one in assistant.people()] == ["Ben Otter"]
            assert "forgotten" in said.casefold() and "Ben Otter" in said
