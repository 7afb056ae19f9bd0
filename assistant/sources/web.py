"""The one door to the web: fetches a page or a feed the user named, from public addresses only.

A name is resolved once, every address it has is checked, and the connection goes to the address that was checked, so
that no second answer of a name server can lead elsewhere; the same again after each redirect. It must never reach this
machine, its network or a cloud's metadata, never send a cookie or a name of the user, never read more than its limits,
and never fetch what nobody named. What addresses are not public: IANA's special-purpose registries (RFC 6890 and
later), and every IPv6 form that carries an IPv4 address (mapped, 6to4, Teredo, NAT64).
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from assistant.errors import WebError

MOST_BYTES = 2 * 1024 * 1024
SECONDS = 20.0  # for everything, redirects included
MOST_HOPS = 4
_PORTS = {"http": 80, "https": 443}
_KINDS = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|rss\+xml|atom\+xml|rdf\+xml)")
_REDIRECTS = (301, 302, 303, 307, 308)
_INSTEAD = "save the page and give the file"

_BLOCKED_V4 = tuple(
    ipaddress.IPv4Network(one)
    for one in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_BLOCKED_V6 = tuple(
    ipaddress.IPv6Network(one) for one in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()
)

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


class Page(NamedTuple):
    """What came back: `link` is where it was found in the end."""

    data: bytes
    link: str
    kind: str


class Target(NamedTuple):
    """Where to go: `path` with its query, `host` as the name server knows it."""

    scheme: str
    host: str
    port: int
    path: str


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address the system knows for the name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def is_web_address(text: str) -> bool:
    """Whether the text is meant as a web address and not as a file."""
    return re.match(r"\s*[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None


def fetch(url: str, resolve: Resolve = resolve, connect: Connect = connect, seconds: float = SECONDS) -> Page:
    """The page at `url`, at most two megabytes within `seconds`. Raises `WebError` that says what stands against it."""
    with _translated(url, seconds), _Deadline(seconds) as deadline:
        for _ in range(MOST_HOPS + 1):
            target = read_target(url)
            address = check_addresses(target.host, resolve(target.host, target.port))
            wire = connect(address, target.port, seconds)
            with contextlib.closing(deadline.watch(wire)):
                found = _ask(target, wire, url)
            if isinstance(found, Page):
                return found
            if target.scheme == "https" and urlsplit(found).scheme != "https":
                raise WebError(f"{url}: leads to a page without encryption; {_INSTEAD}")
            url = found
    raise WebError(f"{url}: leads on and on (more than {MOST_HOPS} times); {_INSTEAD}")


# --- where to ---------------------------------------------------------------------------------------------------


def read_target(url: str) -> Target:
    """The parts of a web address. Raises `WebError` for anything but plain http and https on their own ports."""
    if re.search(r"[\s\\\x00-\x20\x7f]", url.strip()):
        raise WebError("the address holds a space or a hidden character; copy it again")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise WebError("the address is not written as one; it begins with https://") from None
    if parts.scheme not in _PORTS:
        raise WebError(f"{parts.scheme or 'no'}: only http and https addresses are fetched; {_INSTEAD}")
    if parts.username is not None or parts.password is not None or not parts.hostname:
        raise WebError("the address holds a user name, or no host; give the plain address of a page")
    if port not in (None, _PORTS[parts.scheme]):
        raise WebError(f"port {port}: only the usual ports are asked; {_INSTEAD}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, _read_host(parts.hostname), _PORTS[parts.scheme], _quoted(path))


def _read_host(host: str) -> str:
    """The host in ASCII. A number that is not written as an address (octal, hexadecimal, one figure) is refused."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError:
        raise WebError("the host is no name; give the plain address of a page") from None
    last = name.rpartition(".")[2]
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?", name) or re.fullmatch(r"\d*|0x[0-9a-f]*", last):
        raise WebError(f"{name or 'no host'}: is no name of a public host; {_INSTEAD}")
    return name


def _quoted(path: str) -> str:
    return "".join(char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)


def check_addresses(host: str, addresses: Sequence[str]) -> str:
    """The address to connect to: the first, once all of them are public. Raises `WebError`."""
    if not addresses:
        raise WebError(f"{host}: has no address; check the spelling")
    if not all(is_public(one) for one in addresses):
        raise WebError(f"{host}: is on this machine or a private network, and is not fetched; {_INSTEAD}")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _BLOCKED_V4)
    # A scope ("fe80::1%eth0") belongs to one machine's own links; all forms that carry IPv4 lie outside or are blocked.
    in_open = found.scope_id is None and found in _GLOBAL_V6
    return in_open and not any(found in network for network in _BLOCKED_V6)


# --- the exchange -----------------------------------------------------------------------------------------------


def _ask(target: Target, wire: socket.socket, url: str) -> Page | str:
    """The page, or the address it leads on to. The wire is the only connection: none is opened behind it."""
    plain = ssl.create_default_context().wrap_socket(wire, server_hostname=target.host) if target.port == 443 else wire
    exchange = http.client.HTTPConnection(target.host, target.port)
    exchange.auto_open = 0
    exchange.sock = plain
    with contextlib.closing(exchange):
        host = f"[{target.host}]" if ":" in target.host else target.host
        exchange.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("Host", host),
            ("Accept", "text/html, application/rss+xml, application/atom+xml, text/plain"),
            ("Accept-Encoding", "identity"),
            ("User-Agent", "givefirst"),
            ("Connection", "close"),
        ):
            exchange.putheader(name, value)
        exchange.endheaders()
        return _read(exchange.getresponse(), url)


def _read(answer: http.client.HTTPResponse, url: str) -> Page | str:
    if answer.status in _REDIRECTS and (place := answer.getheader("Location")):
        return urljoin(url, place)
    if answer.status != 200:
        raise WebError(f"{url}: the server answered {answer.status}; open it in a browser, or {_INSTEAD}")
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if not _KINDS.fullmatch(kind) or (answer.getheader("Content-Encoding") or "identity") != "identity":
        raise WebError(f"{url}: is no page of text, nor a feed ({kind or 'kind unknown'}); {_INSTEAD}")
    data = b""
    while part := answer.read1(65536):
        data += part
        if len(data) > MOST_BYTES:
            raise WebError(f"{url}: is larger than {MOST_BYTES // 1024 // 1024} MB; {_INSTEAD}")
    return Page(data, url, kind)


class _Deadline:
    """Cuts off whatever wire is in use when the time is up: a server that drips never ends by itself."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._wire: socket.socket | None = None
        self.is_over = False

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self.is_over:
            raise TimeoutError

    def watch(self, wire: socket.socket) -> socket.socket:
        self._wire = wire
        return wire

    def _cut(self) -> None:
        self.is_over = True
        if self._wire is not None:
            with contextlib.suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _translated(url: str, seconds: float) -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise WebError(f"{url}: no whole answer within {seconds:g} seconds; try again, or {_INSTEAD}") from None
    except ssl.SSLError:
        raise WebError(f"{url}: its certificate is not trusted, or it is not encrypted; check the address") from None
    except socket.gaierror:
        raise WebError(f"{url}: no such host; check the spelling") from None
    except (OSError, http.client.HTTPException):
        raise WebError(f"{url}: cannot be reached; try again, or {_INSTEAD}") from None
