"""What may travel on to a neighbour, and what may come back."""

import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import unquote_to_bytes

from lui.passthrough.errors import NotPassedOn

ServiceName = Literal["hub", "tracker", "mailer"]
Headers = list[tuple[str, str]]

_VERSIONED = re.compile(rb"v[0-9]+/.")
_DECODINGS = 4
"""Nobody encodes an honest path more often."""

# RFC 9110, section 7.6.1, and those it mentions.
_HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# The caller's cookies are lui's alone, and so is saying who forwarded what.
_KEPT_BACK = _HOP_BY_HOP | {"authorization", "cookie", "forwarded", "host", "x-real-ip"}
# The neighbour may not speak to the browser as if it were lui.
_NOT_BROUGHT_BACK = _HOP_BY_HOP | {"date", "location", "server", "set-cookie", "set-cookie2", "www-authenticate"}


def onward_path(raw_path: bytes, service: ServiceName) -> bytes:
    """The neighbour's path for lui's own `raw_path` (percent-encoded). Raises NotPassedOn."""
    rest = raw_path.removeprefix(b"/api/" + service.encode() + b"/")
    if not _VERSIONED.match(rest):
        raise NotPassedOn("Only versioned paths are passed on")
    for segment in rest.split(b"/"):
        _require_plain(segment)
    return b"/api/" + rest


def _require_plain(segment: bytes) -> None:
    for _ in range(_DECODINGS):
        if segment in {b".", b".."} or any(octet < 0x20 or octet in b"/\\\x7f" for octet in segment):
            raise NotPassedOn("The path climbs out of what is passed on")
        decoded = unquote_to_bytes(segment)
        if decoded == segment:
            return
        segment = decoded
    raise NotPassedOn("The path is encoded too often")


def onward_headers(headers: Iterable[tuple[str, str]], token: str) -> Headers:
    """The request's headers without what is lui's own, in the name of the caller whose short-lived `token` it is."""
    given = [(name.lower(), value) for name, value in headers]
    dropped = _KEPT_BACK | _named_by_connection(given)
    kept = [(n, value) for n, value in given if n not in dropped and not n.startswith("x-forwarded-")]
    if not any(name == "accept-encoding" for name, _ in kept):
        kept.append(("accept-encoding", "identity"))  # or the client would ask for what nobody can unpack
    return [*kept, ("authorization", f"Bearer {token}")]


def forwarded_for(headers: Iterable[tuple[str, str]], peer: str) -> tuple[str, str]:
    """The header that adds our own peer to those that were named before; hub slows guesses down by it."""
    named = [value for name, value in headers if name.lower() == "x-forwarded-for"]
    return "x-forwarded-for", ", ".join([*named, peer])


def returning_headers(headers: Iterable[tuple[str, str]], service: ServiceName, base_url: str) -> Headers:
    """The reply's headers without cookies and the like; a `Location` inside the neighbour's API becomes one of ours."""
    given = [(name.lower(), value) for name, value in headers]
    dropped = _NOT_BROUGHT_BACK | _named_by_connection(given)
    kept = [(n, value) for n, value in given if n not in dropped and not n.startswith("access-control-")]
    for name, value in given:
        path = value.removeprefix(base_url.rstrip("/"))
        if name == "location" and path.startswith("/api/"):
            kept.append(("location", f"/api/{service}/{path.removeprefix('/api/')}"))
    return kept


def _named_by_connection(headers: Headers) -> frozenset[str]:
    listed = [value for name, value in headers if name == "connection"]
    return frozenset(token.strip().lower() for value in listed for token in value.split(","))
