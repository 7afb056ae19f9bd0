"""What makes an email, a phone number and a profile link equal to another one: their normal forms."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from assistant.text import strip_hidden

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


def normal_email(text: str) -> str:
    """Lower case without `mailto:` and angle brackets; empty for what is no address."""
    bare = strip_hidden(text).strip().strip("<>").strip()
    bare = re.sub(r"^mailto:", "", bare, flags=re.IGNORECASE).partition("?")[0].lower()
    return bare if _EMAIL.fullmatch(bare) and ".." not in bare and len(bare) <= 254 else ""


_DOTLESS = ("gmail.com", "googlemail.com")


def canonical_email(text: str) -> str:
    """The mailbox behind an address: without what stands after a plus sign, at Gmail without dots too.

    For knowing an address again only, never for writing to it.
    """
    local, _, domain = normal_email(text).partition("@")
    local = local.partition("+")[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), _DOTLESS[0]
    return f"{local}@{domain}" if local and domain else ""


def normal_phone(text: str) -> str:
    """E.164 where a country code is given, else the digits; empty for fewer than six digits."""
    import phonenumbers

    bare = re.sub(r"^tel:", "", strip_hidden(text).strip(), flags=re.IGNORECASE).partition(";")[0]
    bare = re.sub(r"^00", "+", bare.strip())
    if bare.startswith("+"):
        try:
            number = phonenumbers.parse(bare, None)
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        except phonenumbers.NumberParseException:
            pass
    digits = re.sub(r"\D", "", bare)
    return digits if 6 <= len(digits) <= 20 else ""


def normal_link(text: str) -> str:
    """`host/path` in lower case, without scheme, `www.`, query and last slash; empty for what is no link."""
    bare = strip_hidden(text).strip()
    if "://" not in bare:
        bare = f"https://{bare}"
    try:
        parts = urlsplit(bare)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    host = re.sub(r"^(?:www|[a-z]{2})\.(?=linkedin\.)|^www\.", "", host)
    path = unquote(parts.path).rstrip("/").lower()
    return f"{host}{path}" if "." in host and " " not in host else ""
