"""Every page in both lights and at both widths, and the ways between the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from screens import choose, opened_page, settle, shoot, texts

import ui

PAGES = "Today People Person Briefing Introductions Network Ask Draft Import Settings".split()
DRAWN = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg.marks"
AXE = Path(ui.__file__).parents[1] / "artefacts" / "npm" / "node_modules" / "axe-core" / "axe.min.js"


def go_to(page: Any, name: str) -> None:
    """By the menu, which a phone keeps out of sight: its links are there all the same."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=name).dispatch_event("click")
    page.wait_for_url(re.compile("/$" if name == "Today" else rf"/{name.lower()}\b"))
    settle(page)
    page.get_by_test_id("stMain").get_by_role("heading", level=1).wait_for()


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
            go_to(page, name)
            if name == "Network":
                page.wait_for_function(f"document.querySelectorAll('{DRAWN}').length >= 6")
            fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            found[name] = Visit(fits, page.locator(DRAWN).count(), find_grave(page))
            shoot(page, f"{name.lower()}-{scheme}-{width}")
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
    assert visits["Network"].pictures == 6


def test_no_page_has_a_serious_accessibility_finding(visits: dict[str, Visit]) -> None:
    if any(one.grave is None for one in visits.values()):
        pytest.skip("axe-core is not installed (npm install --prefix artefacts/npm axe-core)")
    assert {name: one.grave for name, one in visits.items()} == {name: [] for name in PAGES}
