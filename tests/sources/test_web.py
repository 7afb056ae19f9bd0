"""The door to the web: what it fetches, and that no address of this machine or its network is ever reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.errors import WebError
from assistant.sources.web import MOST_BYTES, fetch, is_public, is_web_address, read_target

PUBLIC = "93.184.215.14"

# Each of them means this machine, its network or a cloud's own address, in one of the ways people have tried.
INTERNAL = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0x0.0x0.0x1/
http://0177.0.0.1/ http://017700000001/ http://00000177.0.0.1/ http://127.127.127.127/ http://0/ http://0.0.0.0/
http://localhost/ http://LOCALHOST/ http://localhost./ http://sub.localhost/ http://[::1]/ http://[::]/
http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b:1::7f00:1]/ http://[2002:7f00:1::]/ http://[2002:a9fe:a9fe::1]/
http://[2001:0:7f00:1::]/ http://[fe80::1]/ http://[fe80::1%25eth0]/ http://[fc00::1]/ http://[fd00:ec2::254]/
http://[ff02::1]/ http://[::ffff:169.254.169.254]/ http://169.254.169.254/latest/meta-data/ http://2852039166/
http://0xa9fea9fe/ http://169.254.169.254.nip.internal/ http://metadata.google.internal/ http://100.100.100.200/
http://168.63.129.16/ http://192.0.0.192/ http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/
http://172.31.255.254/ http://192.168.0.1/ http://100.64.0.1/ http://198.18.0.1/ http://224.0.0.1/
http://255.255.255.255/ http://240.0.0.1/ http://0.1.2.3/ http://printer.lan/ http://router.local/
http://public.example@127.0.0.1/ http://127.0.0.1:80@public.example/ http://127.0.0.1#@public.example/
http://public.example\\@127.0.0.1/ https://127.0.0.1/ https://[::1]/ http://①②⑦.0.0.1/ http://127。0。0。1/
http://127.0.0.1:22/ http://public.example:6379/ http://both.example/ http://rebind.example/
file:///etc/passwd gopher://127.0.0.1:6379/_INFO ftp://127.0.0.1/ dict://127.0.0.1:11211/ ldap://localhost/
jar:http://127.0.0.1!/ data:text/html,hi http:///etc/passwd http://%31%32%37.0.0.1/
""".split()

NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "sub.localhost": ["127.0.0.1"],
    "169.254.169.254.nip.internal": ["169.254.169.254"],
    "metadata.google.internal": ["169.254.169.254"],
    "printer.lan": ["192.168.1.9"],
    "router.local": ["fe80::1%eth0"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "public.example": [PUBLIC],
    "other.example": [PUBLIC],
}


class Server(BaseHTTPRequestHandler):
    hits: list[str] = []

    def do_GET(self) -> None:
        self.hits.append(f"{self.headers['Host']}{self.path}")
        status, headers, body = PAGES.get(self.path, (200, {"Content-Type": "text/html"}, b"<p>Cork floats.</p>"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/moved": (302, {"Location": "http://other.example/there"}, b""),
    "/inward": (302, {"Location": "http://127.0.0.1/secret"}, b""),
    "/inward-by-name": (301, {"Location": "http://metadata.google.internal/"}, b""),
    "/inward-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/image": (200, {"Content-Type": "image/png"}, b"png"),
    "/zipped": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"zip"),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * (MOST_BYTES + 1)),
    "/gone": (410, {}, b""),
}


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Server.hits = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


class Wires:
    """Stands for the internet: every public address is the server on this machine; what was asked for is kept."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.reached: list[str] = []
        self.asked: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        """As the system does: numbers in any writing are addresses; a rebinding name changes with every question."""
        self.asked.append(host)
        if host == "rebind.example":
            return ["127.0.0.1"] if self.asked.count(host) % 2 == 0 else [PUBLIC]
        if host in NAMES:
            return NAMES[host]
        try:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        except OSError:
            return [host] if ":" in host else []

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.reached.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def fetch(self, url: str, seconds: float = 5.0) -> bytes:
        return fetch(url, self.resolve, self.connect, seconds).data


@pytest.fixture
def wires(server: ThreadingHTTPServer) -> Wires:
    return Wires(server)


def test_there_are_more_than_sixty_ways_inward() -> None:
    assert len(set(INTERNAL)) == len(INTERNAL) >= 60


@pytest.mark.parametrize("url", INTERNAL)
def test_no_address_of_this_machine_or_its_network_is_reached(wires: Wires, url: str) -> None:
    try:
        wires.fetch(url)
    except WebError as error:
        assert str(error)
        assert not wires.reached and not Server.hits
    else:
        assert url == "http://rebind.example/", "its one answer was checked and is the one that was used"
        assert wires.reached == [PUBLIC] and wires.asked == ["rebind.example"]


@pytest.mark.parametrize("path", ["/inward", "/inward-by-name", "/inward-file"])
def test_a_redirect_inward_is_not_followed(wires: Wires, path: str) -> None:
    with pytest.raises(WebError):
        wires.fetch(f"http://public.example{path}")
    assert Server.hits == [f"public.example{path}"] and wires.reached == [PUBLIC]


def test_a_redirect_to_a_rebinding_name_is_checked_again(wires: Wires, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "/", (302, {"Location": "http://rebind.example/again"}, b""))
    with pytest.raises(WebError, match="private network"):
        wires.fetch("http://rebind.example/")
    assert wires.reached == [PUBLIC]


def test_a_page_of_the_open_web_is_fetched_with_nothing_of_the_user(wires: Wires) -> None:
    page = fetch("http://public.example/moved", wires.resolve, wires.connect)
    assert (page.data, page.link, page.kind) == (b"<p>Cork floats.</p>", "http://other.example/there", "text/html")
    assert Server.hits == ["public.example/moved", "other.example/there"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/round", "on and on"),
        ("/image", "no page of text"),
        ("/zipped", "no page of text"),
        ("/large", "larger than 2 MB"),
        ("/gone", "answered 410"),
    ],
)
def test_what_is_no_readable_page_is_refused_with_a_reason(wires: Wires, path: str, said: str) -> None:
    with pytest.raises(WebError, match=said):
        wires.fetch(f"http://public.example{path}")


def test_a_server_that_drips_is_cut_off() -> None:
    """It sends a byte of a header now and then, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        wire, _ = listening.accept()
        with wire:
            while not done.wait(0.05):
                try:
                    wire.sendall(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    with pytest.raises(WebError, match=r"within 0\.4 seconds"):
        fetch(
            "http://public.example/",
            lambda host, _: [PUBLIC],
            lambda address, _, seconds: socket.create_connection(("127.0.0.1", port), timeout=seconds),
            seconds=0.4,
        )
    done.set()
    thread.join()
    listening.close()


def test_public_addresses_are_public() -> None:
    assert all(is_public(one) for one in (PUBLIC, "1.1.1.1", "2606:4700::6810:84e5"))
    assert not any(is_public(one) for one in ("nonsense", "", "2001:db8::1", "fe80::1%eth0"))


def test_an_address_is_told_from_a_file() -> None:
    assert is_web_address("https://public.example/a") and is_web_address("file:///etc/passwd")
    assert not is_web_address("notes/article.txt") and not is_web_address("C:\\news.txt")
    assert read_target("https://Public.example/a b".replace(" ", "%20") + "?q=é").path == "/a%20b?q=%C3%A9"
