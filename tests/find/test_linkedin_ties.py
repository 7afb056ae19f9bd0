from __future__ import annotations

import pytest

from assistant.domain import Contact
from assistant.find.touches import has_met


@pytest.mark.parametrize("how", ["Connected on LinkedIn, 2 Mar 2021", "connected via LinkedIn", "read her article"])
def test_a_connection_on_a_website_is_no_acquaintance(how: str) -> None:
    assert not has_met(Contact(id="c-1", name="Ines Castro", how_met=how))


@pytest.mark.parametrize("how", ["a workshop in Porto, where we connected on LinkedIn", "Connected at a fair in Malmö"])
def test_a_meeting_is_one_whatever_website_is_named_beside_it(how: str) -> None:
    assert has_met(Contact(id="c-1", name="Ines Castro", how_met=how))
