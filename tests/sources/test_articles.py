from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.errors import SourceError, WebError
from assistant.sources.articles import MOST_ENTRIES, find_articles, read_article_file, read_articles

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>
<item><title>Cork buoys &amp; cages</title><link>https://news.example/cork</link>
<description>&lt;p&gt;They float &lt;b&gt;upright&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;steal()&lt;/script&gt;</description>
<pubDate>Tue, 10 Nov 2026 08:00:00 GMT</pubDate></item>
<item><title>No words</title><link>javascript:alert(1)</link></item>
<item></item></channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Press</title>
<entry><title>Hand-set type</title><link href="https://press.example/type"/><updated>2026-11-01T10:00:00Z</updated>
<content type="html">A weekend of printing.</content></entry></feed>"""

PAGE = b"""<!doctype html><html><head><title>Bees on roofs - City paper</title>
<meta property="og:title" content="Bees on roofs"></head><body><nav>Home News Sport</nav><article><h1>Bees on roofs</h1>
<p>Hives on the roofs of the harbour were counted by volunteers for the third year in a row, and the count is up.</p>
<p>Citizen science groups weighed every hive each week, and the log is open to everybody who wants to see it.</p>
</article><footer>All rights reserved</footer><script>track()</script></body></html>"""


def test_a_pasted_text_has_its_first_line_as_headline_and_its_first_address_as_link() -> None:
    (one,) = read_articles(b"# Cork floats\n\nA guild has tested it.\nhttps://news.example/cork.\n")
    assert (one.title, one.text, one.link) == ("Cork floats", "A guild has tested it.", "https://news.example/cork")


def test_a_feed_has_an_article_an_entry_and_runs_nothing() -> None:
    first, second = read_articles(FEED)
    assert (first.title, first.text) == ("Cork buoys & cages", "They float upright.")
    assert (first.link, first.date) == ("https://news.example/cork", dt.date(2026, 11, 10))
    assert (second.title, second.link) == ("No words", ""), "a script is no web address"
    (atom,) = read_articles(ATOM)
    assert (atom.title, atom.text, atom.date) == ("Hand-set type", "A weekend of printing.", dt.date(2026, 11, 1))


def test_of_a_long_feed_the_newest_are_read() -> None:
    items = b"".join(b"<item><title>News %d of the harbour</title></item>" % number for number in range(100))
    assert len(read_articles(b"<rss><channel>" + items + b"</channel></rss>")) == MOST_ENTRIES


def test_of_a_page_the_article_is_read_and_not_what_stands_around_it() -> None:
    (one,) = read_articles(PAGE, "https://city.example/bees")
    assert one.title.startswith("Bees on roofs") and one.link == "https://city.example/bees"
    assert "weighed every hive" in one.text and "track()" not in one.text and "Home News Sport" not in one.text


def test_a_hidden_character_does_not_come_through() -> None:
    (one,) = read_articles("Cork\u200b floats\nIt \u202edoes.".encode())
    assert "\u200b" not in one.title and "\u202e" not in one.text


@pytest.mark.parametrize("data", [b"", b"   \n", b"<html><body></body></html>", b"<rss><channel></channel></rss>"])
def test_where_there_is_no_text_the_user_is_told(data: bytes) -> None:
    with pytest.raises(SourceError, match="no text to read"):
        read_articles(data)


def test_a_file_that_is_not_there_or_too_large_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_article_file(tmp_path / "none.txt")
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    with pytest.raises(SourceError, match="larger than 5 MB"):
        read_article_file(large)


def test_a_web_address_is_asked_for_only_where_fetching_is_on() -> None:
    with pytest.raises(WebError, match="GIVEFIRST_FETCH=on"):
        find_articles("https://news.example/cork", may_fetch=False)
    with pytest.raises(WebError, match="private network"):
        find_articles("http://127.0.0.1/", may_fetch=True)
    with pytest.raises(WebError, match="only http and https"):
        find_articles("file:///etc/passwd", may_fetch=True)


def test_a_pasted_text_is_told_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Cork floats", encoding="utf-8")
    assert find_articles(str(file), False)[0].title == "Cork floats"
    assert find_articles("Cork floats\nhttps://news.example/cork", False)[0].link == "https://news.example/cork"
