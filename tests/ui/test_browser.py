from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from screens import choose, opened_page, served, settle, shoot, texts, visit
from small_book import MODEL_REPLY

import ui
from evals.model_server import ModelServer, answer_stream

CLAIM = "We met at Davos."


@pytest.fixture
def address(book: Path, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


@pytest.fixture
def page(browser: Any, shared: str) -> Iterator[Any]:
    with opened_page(browser, shared) as opened:
        yield opened


@pytest.fixture
def own_page(browser: Any, address: str) -> Iterator[Any]:
    """The same with screens of its own, started in the environment the test has made."""
    with opened_page(browser, address) as opened:
        yield opened


def write_draft(page: Any) -> Any:
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    body = page.get_by_role("textbox", name="Body")
    body.wait_for()
    settle(page)
    return body


def test_a_draft_is_written_with_its_sources_edited_and_stopped(page: Any) -> None:
    body = write_draft(page)
    shown = texts(page)
    sentences = [one for one in re.split(r"(?<=[.?])\s+|\n+", body.input_value()) if "notary" in one or "Lisbon" in one]
    assert len(sentences) >= 2
    assert all(one in shown for one in sentences)
    assert "“know a notary in Lisbon” (About me, 2 October 2026)" in shown
    assert "Ready" in shown.splitlines()
    shoot(page, "draft-ready")

    body.fill(f"{CLAIM} {body.input_value()}")
    body.press("Control+Enter")
    page.get_by_text("Must change (body)").first.wait_for()
    settle(page)
    shown = texts(page)
    assert "Davos" in shown and "Needs your input" in shown.splitlines()
    assert page.get_by_role("button", name="Take it away").count() == 0
    shoot(page, "draft-finding")


def test_an_edit_is_still_there_after_a_visit_to_people(page: Any) -> None:
    body = write_draft(page)
    body.fill(f"{body.input_value()}\n\nTake care.")
    body.press("Control+Enter")
    settle(page)
    visit(page, "People")
    visit(page, "Draft")
    body = page.get_by_role("textbox", name="Body")
    body.wait_for()
    settle(page)
    assert body.input_value().endswith("Take care.")


def test_the_downloaded_mail_file_holds_the_very_last_keystrokes(page: Any) -> None:
    body = write_draft(page)
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nTake care.")
    page.get_by_role("button", name="Take it away").click()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download .eml").click()
    mail = message_from_bytes(Path(waiting.value.path()).read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == "ana.ferreira@marelivre.example"
    assert mail.get_content().split() == body.input_value().split()
    assert mail.get_content().rstrip().endswith("Take care.")
    shoot(page, "draft-taken")


def test_hostile_names_and_notes_appear_literally_and_fetch_nothing(page: Any) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Person", exact=True).click()
    page.get_by_role("combobox", name="Person").click()
    option = page.get_by_role("option").filter(has_text="Mallory")
    assert "Mallory ![x](http://tracker.example/p.gif) $x$ :smile: — <img src=" in option.inner_text()
    option.click()
    settle(page)
    shown = texts(page)
    for literal in (
        "[a](javascript:alert(1))",
        "![x](http://tracker.example/m.gif)",
        "<img src=http://tracker.example/n.gif>",
    ):
        assert literal in shown
    shoot(page, "person-hostile")
    visit(page, "Draft")
    choose(page, "Mallory")
    assert "Refused" in texts(page).splitlines()
    main = page.get_by_test_id("stMain")
    assert main.locator("img[src*=tracker], a[href*=tracker], a[href^=javascript], .katex").count() == 0
    shoot(page, "draft-hostile")
    page.goto(page.url.split("/draft")[0] + "/briefing")
    page.get_by_label("Whom are you going to meet?").click()
    page.get_by_role("option", name="Mallory").click()
    page.keyboard.press("Escape")
    main.get_by_text("All you know").wait_for(timeout=10_000)
    settle(page)
    assert "Mallory ![x](http://tracker.example/p.gif) $x$ :smile:" in main.inner_text()
    assert main.locator("img[src*=tracker], a[href*=tracker], a[href^=javascript], .katex").count() == 0


@pytest.fixture
def slow_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model that takes its time, and first tries to have a picture fetched."""
    said = MODEL_REPLY.replace("When we", "![x](http://tracker.example/s.gif) *When* we")
    slowly = [
        answer_stream(said, size=8)._replace(pause=0.07),
        answer_stream(MODEL_REPLY, size=16)._replace(pause=0.03),
    ]
    with ModelServer(lambda asked: slowly.pop(0)) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL", "local")
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        yield server


def test_a_draft_can_be_watched_as_unapproved_plain_text_until_it_is_checked(
    slow_model: ModelServer, own_page: Any
) -> None:
    page = own_page
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    page.get_by_text("coffee in Porto in March", exact=False).first.wait_for()
    assert page.get_by_text("Not approved.", exact=False).is_visible()
    assert "Subject: A Portuguese-speaking notary\n\n![x](http://tracker.example/s.gif) *When* we had" in texts(page)
    assert page.get_by_role("button", name="Take it away").count() == 0
    shoot(page, "draft-writing")
    page.get_by_text("mending:", exact=False).wait_for()
    page.get_by_role("textbox", name="Body").wait_for()
    settle(page)
    assert page.get_by_text("Not approved.", exact=False).count() == 0
    assert "tracker" not in page.get_by_role("textbox", name="Body").input_value()
    assert "Ready" in texts(page).splitlines()
    shoot(page, "draft-by-model")


def test_writing_can_be_stopped_and_leaves_no_draft(slow_model: ModelServer, own_page: Any) -> None:
    page = own_page
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    page.get_by_text("coffee in Porto in March", exact=False).first.wait_for()
    page.get_by_role("button", name="Stop writing").click()
    page.get_by_text("Not approved.", exact=False).wait_for(state="detached")
    settle(page)
    assert page.get_by_role("textbox", name="Body").count() == 0 and len(slow_model.asked) == 1


# --- the pages ----------------------------------------------------------------------------------------------------

PAGES = ("", "people", "person", "briefing", "introductions", "network", "ask", "draft", "import", "settings")
DRAWN = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg.marks"
AXE = Path(ui.__file__).parents[1] / "artefacts" / "npm" / "node_modules" / "axe-core" / "axe.min.js"


def arrive(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_test_id("stMain").get_by_role("heading", level=1).wait_for()
    settle(page)


def test_links_back_and_forward_lead_to_the_people_they_name(browser: Any, world: str) -> None:
    with opened_page(browser, f"{world}/people") as page:
        page.get_by_test_id("stMain").get_by_role("link", name="Ana Ferreira").click()
        page.get_by_role("heading", name="Ana Ferreira").wait_for()
        choose(page, "Bruno")
        page.get_by_role("heading", name="Bruno Costa").wait_for()
        assert "?who=" in page.url
        page.go_back()
        page.get_by_role("heading", name="Ana Ferreira").wait_for()
        page.go_back()
        page.get_by_role("heading", name="People", exact=True).wait_for()
        page.go_forward()
        page.get_by_role("heading", name="Ana Ferreira").wait_for()
        page.get_by_role("link", name="Draft it").click()
        page.get_by_role("heading", name="Draft", exact=True).wait_for()
        settle(page)
        assert "notary in Lisbon" in texts(page)


class Visit(NamedTuple):
    """What was seen of one page: whether it fits, how many pictures it has drawn, axe's grave findings if it ran."""

    fits: bool
    pictures: int
    grave: list[tuple[str, str]] | None


@pytest.fixture(scope="module")
def seen() -> dict[str, dict[str, Visit]]:
    """What was seen of the pages in each light, so that each is visited once whatever the order of the tests."""
    return {}


@pytest.fixture(params=[("light", 1280), ("dark", 390)], ids=["light", "dark-phone"])
def visits(
    request: pytest.FixtureRequest, browser: Any, world: str, seen: dict[str, dict[str, Visit]]
) -> dict[str, Visit]:
    """Every page, seen once in this light and at this width; a picture of each is kept."""
    scheme, width = request.param
    if scheme not in seen:
        seen[scheme] = visit_all(browser, world, scheme, width)
    return seen[scheme]


def visit_all(browser: Any, world: str, scheme: str, width: int) -> dict[str, Visit]:
    found = {}
    with opened_page(browser, world, color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
        for name in PAGES:
            arrive(page, f"{world}/{name}")
            if name == "network":
                page.wait_for_function(f"document.querySelectorAll('{DRAWN}').length >= 6")
            fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            found[name] = Visit(fits, page.locator(DRAWN).count(), find_grave(page))
            shoot(page, f"{name or 'today'}-{scheme}-{width}")
    return found


def find_grave(page: Any) -> list[tuple[str, str]] | None:
    if not AXE.exists():
        return None
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'], resultTypes: ['violations']})"
    )["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def test_every_page_fits_the_screen_and_pictures_are_drawn(visits: dict[str, Visit]) -> None:
    assert {name: one.fits for name, one in visits.items()} == dict.fromkeys(PAGES, True)
    assert visits["network"].pictures == 6


def test_no_page_has_a_serious_accessibility_finding(visits: dict[str, Visit]) -> None:
    if any(one.grave is None for one in visits.values()):
        pytest.skip("axe-core is not installed (npm install --prefix artefacts/npm axe-core)")
    assert {name: one.grave for name, one in visits.items()} == {name: [] for name in PAGES}


ESCAPED = """
import streamlit as st
from small_book import HOSTILE
from ui.parts import escape
for number, text in enumerate(HOSTILE):
    st.error(escape(text)); st.caption(escape(text)); st.checkbox(escape(text), key=str(number))
st.text("all shown")
"""


@pytest.fixture
def escaped_only(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for the screens: a page of nothing but escaped text."""
    script = tmp_path / "escaped.py"
    script.write_text(ESCAPED, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(ui, "__file__", str(tmp_path / "ui.py"))
    script.rename(tmp_path / "app.py")


def test_escaped_labels_and_messages_show_the_very_characters(escaped_only: None, own_page: Any) -> None:
    page = own_page
    from small_book import HOSTILE

    page.get_by_text("all shown").wait_for()
    settle(page)
    for kind in ("stAlert", "stCaptionContainer", "stCheckbox"):
        shown = [one.inner_text().replace("\u2060", "").strip() for one in page.get_by_test_id(kind).all()]
        assert shown == list(HOSTILE)
    assert page.get_by_test_id("stMain").locator("a, img, .katex, code, strong, em, del, li, h1").count() == 0
    shoot(page, "escaped")
