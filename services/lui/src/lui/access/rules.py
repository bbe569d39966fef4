"""Which requests may be answered in the name of a browser's session."""

from urllib.parse import urlsplit
from uuid import UUID

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_elsewhere(*, origin: str | None, fetch_site: str | None, host: str | None, app_url: str) -> bool:
    """Whether another site made the browser send this request (WHATWG Fetch: `Origin`, `Sec-Fetch-Site`).

    Programs send neither header and are not browsers that could be misled.
    """
    if fetch_site is not None and fetch_site not in {"same-origin", "none"}:
        return True
    if origin is None:
        return False
    return origin_of(origin) != origin_of(app_url) and urlsplit(origin).netloc != host


def origin_of(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port that decide whether two addresses are the same origin (RFC 6454, section 5)."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port


def is_id(text: str) -> bool:
    """Whether `text` can be the id of anything here; what cannot, is simply not there."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
