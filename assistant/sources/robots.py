"""Which mails are from or to no person: lists, newsletters, bounces, automatic answers, calendar robots.

Judges by headers alone. It must never leave out a letter for a word in its subject that a person may write: a subject
counts only where a machine's form is plain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.sources.addresses import read_parties

MANY = 10  # more people than this in one mail make it an announcement
_NO_REPLY = re.compile(
    r"(?:^|[._+-])(?:no|not|do-?not|donot|never)[._-]?reply|^(?:noreply|nepasrepondre|ne-pas-repondre|keine-?antwort)"
)
_ROBOT = re.compile(
    r"^(?:mailer[-_]?daemon|postmaster|bounces?|notifications?|notify|notifier|newsletters?|alerts?|automailer|autoreply"
    r"|auto-?confirm|autoresponder|robot|bot|daemon|cron|root|www-data|nobody|system|unsubscribe|listserv|majordomo"
    r"|mailman|donotreply|updates?-noreply|digest|undisclosed-recipients)(?:$|[._+=-])"
)
_BOUNCE = re.compile(r"^(?:mailer[-_]?daemon|postmaster)(?:$|[._+=-])")
_CALENDAR_ROBOT = re.compile(r"^calendar-(?:notification|server)|@(?:group|resource)\.calendar\.google\.com$")
_CALENDAR_SUBJECT = re.compile(
    r"(?:accepted|declined|tentative(?:ly accepted)?|updated invitation|cancell?ed(?: event)?)\s*:\s*\S"
    r"|invitation\s*:.*@.*\d",
    re.IGNORECASE,
)
_LIST_HEADERS = (
    "list-id",
    "list-post",
    "list-help",
    "mailing-list",
    "x-mailing-list",
    "x-beenthere",
    "x-mailman-version",
)
_NEWSLETTER_HEADERS = ("list-unsubscribe", "feedback-id", "x-campaign", "x-campaignid", "x-mc-user", "x-csa-complaints")
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autorespond-from")
KEPT = (
    *_LIST_HEADERS,
    *_NEWSLETTER_HEADERS,
    *_AUTOMATIC_HEADERS,
    "auto-submitted",
    "precedence",
    "content-type",
    "content-class",
    "return-path",
    "x-failed-recipients",
    "x-spam-flag",
    "x-gmail-labels",
    "x-mozilla-status",
    "x-mozilla-draft-info",
    "sender",
)


def is_robot(email: str) -> bool:
    """Whether nobody reads this address, or no person writes from it."""
    local = email.partition("@")[0]
    return bool(_NO_REPLY.search(local) or _ROBOT.search(local) or _CALENDAR_ROBOT.search(email))


def why_no_letter(headers: Mapping[str, str], sender: str, subject: str) -> str:
    """The sort of mail that is no letter between people; empty for one that may be. Names are in small letters."""
    return (
        _why_not_kept(headers)
        or _why_automatic(headers, sender)
        or _why_calendar(headers, subject)
        or _why_list(headers, sender)
    )


def _why_not_kept(headers: Mapping[str, str]) -> str:
    """What the user's own mail program holds for no letter: spam, bin, drafts."""
    labels = {label.strip(' "').lower() for label in headers.get("x-gmail-labels", "").split(",")}
    if headers.get("x-spam-flag", "").strip().lower() == "yes" or "spam" in labels:
        return "spam"
    if labels & {"draft", "drafts"} or "x-mozilla-draft-info" in headers:
        return "a draft"
    return "deleted" if "trash" in labels or _is_expunged(headers.get("x-mozilla-status", "")) else ""


def _is_expunged(status: str) -> bool:
    """Thunderbird keeps what was deleted in the file until it is compacted, with bit 8 set."""
    return bool(re.fullmatch(r"[0-9a-fA-F]{4}", status.strip())) and bool(int(status, 16) & 0x0008)


def _why_automatic(headers: Mapping[str, str], sender: str) -> str:
    kind = headers.get("content-type", "").lower()
    returns = headers.get("return-path", "x").strip()
    if "x-failed-recipients" in headers or _BOUNCE.search(sender.partition("@")[0]) or "delivery-status" in kind:
        return "bounce"
    submitted = headers.get("auto-submitted", "no").strip().lower()
    precedence = headers.get("precedence", "").strip().lower()
    if (
        not submitted.startswith("no")
        or precedence == "auto_reply"
        or kind.startswith("multipart/report")
        or returns == "<>"
        or any(name in headers for name in _AUTOMATIC_HEADERS)
    ):
        return "calendar robot" if _is_calendar(headers) else "automatic"
    return ""


def _is_calendar(headers: Mapping[str, str]) -> bool:
    sent_by = read_parties(headers.get("sender", ""))
    return (
        headers.get("content-type", "").lower().startswith("text/calendar")
        or "calendarmessage" in headers.get("content-class", "").lower()
        or any(_CALENDAR_ROBOT.search(one.email) for one in sent_by)
    )


def _why_calendar(headers: Mapping[str, str], subject: str) -> str:
    return "calendar robot" if _is_calendar(headers) or _CALENDAR_SUBJECT.match(subject) else ""


def _why_list(headers: Mapping[str, str], sender: str) -> str:
    precedence = headers.get("precedence", "").strip().lower()
    if any(name in headers for name in _LIST_HEADERS) or precedence == "list":
        return "mailing list"
    if any(name in headers for name in _NEWSLETTER_HEADERS) or precedence in ("bulk", "junk"):
        return "newsletter"
    return "no-reply address" if is_robot(sender) else ""
