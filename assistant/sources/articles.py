"""Articles out of what the user pasted, saved or named: plain text, a web page, or a feed with several.

It must never fetch but through `web` and where the user switched that on, and never run or follow what a page holds.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

from assistant.domain import Value
from assistant.errors import SourceError, WebError
from assistant.sources.html_text import read_html
from assistant.sources.web import fetch, is_web_address
from assistant.text import strip_hidden

MOST_ENTRIES = 30  # of a feed: the newest; what is older was there before
MOST_TEXT = 40_000  # characters of one article that are read
_LONGEST_TITLE = 200
_MOST_FILE = 5 * 1024 * 1024
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|article|head)[\s>]", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")


class Article(Value):
    """A piece of news: its headline, its text, and where and when it stands, if that is known."""

    title: str
    text: str
    link: str = ""
    date: dt.date | None = None


def find_articles(source: str, may_fetch: bool) -> tuple[Article, ...]:
    """The articles at a web address, in a file, or in the text itself. Raises `WebError` or `SourceError`."""
    if is_web_address(source) and not re.search(r"\s", source.strip()):
        if not may_fetch:
            raise WebError("fetching is off, nothing was asked for; set GIVEFIRST_FETCH=on, or give the page as a file")
        page = fetch(source)
        return read_articles(page.data, page.link)
    if "\n" in source.strip() or len(source) > 250:
        return read_articles(source.encode("utf-8", "replace"))
    return read_article_file(Path(source))


def read_article_file(path: Path) -> tuple[Article, ...]:
    """The articles of a file. Raises `SourceError`."""
    try:
        if path.stat().st_size > _MOST_FILE:
            raise SourceError(f"{path}: is larger than {_MOST_FILE // 1024 // 1024} MB; give the article alone")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}; give a file, a web address or -") from None
    return read_articles(data)


def read_articles(data: bytes, link: str = "") -> tuple[Article, ...]:
    """The articles of a text, a page or a feed, told apart by their content. Raises `SourceError` if there is none."""
    head = data[:4000]
    if _FEED.search(head):
        found = _read_feed(data)
    elif _PAGE.search(head):
        found = _read_page(data, link)
    else:
        found = _read_text(data.decode("utf-8-sig", "replace"), link)
    if not found:
        raise SourceError("there is no text to read in it; paste the article into a file")
    return found


def _read_text(text: str, link: str) -> tuple[Article, ...]:
    """The first line is the headline, the first web address its link."""
    said = strip_hidden(text).strip()[:MOST_TEXT]
    bare = _LINK.sub("", said).strip()
    if not re.search(r"\w", bare):
        return ()
    found = _LINK.search(said)
    lines = [line.strip() for line in bare.splitlines() if re.search(r"\w", line)]
    title, rest = lines[0].lstrip("# "), "\n".join(lines[1:])
    where = link or (found.group().rstrip(".,;)") if found else "")
    return (Article(title=title[:_LONGEST_TITLE], text=rest or title, link=where),)


def _read_feed(data: bytes) -> tuple[Article, ...]:
    import feedparser

    # Bytes in a stream: a string would be taken for an address to fetch.
    entries = feedparser.parse(io.BytesIO(data)).entries[:MOST_ENTRIES]
    found = []
    for entry in entries:
        title = _plain(entry.get("title", ""))
        told = [*(part.get("value", "") for part in entry.get("content", ())), entry.get("summary", "")]
        text = _plain(max(told, key=len))
        if not title and not text:
            continue
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        found.append(
            Article(
                title=(title or text)[:_LONGEST_TITLE],
                text=text or title,
                link=_web_link(entry.get("link", "")),
                date=dt.date(*day[:3]) if day else None,
            )
        )
    return tuple(found)


def _plain(html: str) -> str:
    return " ".join(strip_hidden(read_html(html) if "<" in html else html).split())[:MOST_TEXT]


def _web_link(link: str) -> str:
    """A feed may hold any text as its link; only a web address is one."""
    found = _LINK.fullmatch(link.strip())
    return found.group() if found else ""


def _read_page(data: bytes, link: str) -> tuple[Article, ...]:
    import trafilatura

    found = trafilatura.bare_extraction(data, url=link or None, with_metadata=True, include_comments=False, fast=True)
    if found is None or not found.text:
        return _read_text(read_html(data.decode("utf-8", "replace")), link)
    text = strip_hidden(found.text)[:MOST_TEXT]
    title = " ".join(strip_hidden(found.title or text.splitlines()[0]).split())[:_LONGEST_TITLE]
    return (Article(title=title, text=text, link=link or _web_link(found.url or ""), date=_day(found.date)),)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
