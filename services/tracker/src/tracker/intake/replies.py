"""The few answers intake gives, made once: to a mail program every one of them looks the same each time."""

import string
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urlsplit

Header = tuple[bytes, bytes]

_SECURITY: tuple[Header, ...] = (
    (b"cache-control", b"no-store, private, max-age=0"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
_TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")
_GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
_LEFT_AS_IT_IS = string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; to HEAD the body stays behind and the headers are the same."""

    status: int
    body: bytes = b""
    extra: tuple[Header, ...] = ()
    headers: tuple[Header, ...] = field(init=False)
    start: bytes = field(init=False, repr=False)
    """The status line as it goes over the wire."""
    fields: bytes = field(init=False, repr=False)
    """The headers as they go over the wire, without the blank line that ends them."""
    rest: bytes = field(init=False, repr=False)
    """Everything behind what differs from answer to answer: headers, blank line, body."""

    def __post_init__(self) -> None:
        length = (b"content-length", str(len(self.body)).encode())
        headers = (*self.extra, length, *_SECURITY)
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "start", f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n".encode())
        object.__setattr__(self, "fields", b"".join([b"%b: %b\r\n" % header for header in headers]))
        object.__setattr__(self, "rest", self.fields + b"\r\n" + self.body)

    def with_header(self, header: Header) -> "Reply":
        """The same answer with one more header."""
        return Reply(self.status, self.body, (*self.extra, header))


PIXEL = Reply(200, _GIF, ((b"content-type", b"image/gif"), (b"cross-origin-resource-policy", b"cross-origin")))
BAD_REQUEST = Reply(400, b"Bad request\n", (_TEXT,))
NOT_FOUND = Reply(404, b"Not found\n", (_TEXT,))
METHOD_NOT_ALLOWED = Reply(405, b"Method not allowed\n", (_TEXT, (b"allow", b"GET, HEAD")))
ADDRESS_TOO_LONG = Reply(414, b"Address too long\n", (_TEXT,))
TOO_LARGE = Reply(431, b"Request header fields too large\n", (_TEXT,))
ROBOTS = Reply(200, b"User-agent: *\nDisallow: /\n", (_TEXT,))


def redirect(target: str) -> Reply | None:
    """A 302 to the target, or None when it is not an http(s) URL with a host: nothing else is ever redirected to."""
    location = _location(target)
    return None if location is None else Reply(302, b"", ((b"location", location),))


def _location(target: str) -> bytes | None:
    # Everything but the characters of RFC 3986 is percent-encoded, a line break included: no header can be split.
    written = quote(target.strip(), safe=_LEFT_AS_IT_IS)
    try:
        parts = urlsplit(written)
        named = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return written.encode("ascii") if named else None
