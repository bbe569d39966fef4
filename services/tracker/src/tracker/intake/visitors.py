"""The cookie that ties an action on somebody else's page to the recipient who followed a link there."""

from collections.abc import Iterator

from tracker.intake.replies import Header

NAME = "tutti"
LONGEST_SECONDS = 30 * 86_400
"""What a cookie without a time of its own is good for: browsers bring "until it is closed" back for months."""
_MOST_TRIED = 4
_BEGINNING = f"{NAME}=".encode()


def cookie(value: str, seconds: int, *, is_secure: bool) -> Header:
    """The header that sets it: sent to action pixels only, and hidden from scripts.

    Other sites' pages send it with `SameSite=None` only, which browsers take over TLS only. It is not `Partitioned`:
    set while a link is followed, it would belong to this site's own partition and never be sent from another's page.
    """
    parts = [f"{NAME}={value}", "Path=/a/", "HttpOnly"]
    parts += ["Secure", "SameSite=None"] if is_secure else ["SameSite=Lax"]
    if seconds:
        parts.append(f"Max-Age={seconds}")
    return b"set-cookie", "; ".join(parts).encode("ascii")


def values(header: bytes) -> Iterator[str]:
    """The values a Cookie header gives it, a few at most, whatever else stands there."""
    found = (part.strip() for part in header.replace(b",", b";").split(b";"))
    named = [part[len(_BEGINNING) :] for part in found if part.startswith(_BEGINNING)]
    return (value.decode("latin-1") for value in named[:_MOST_TRIED])
