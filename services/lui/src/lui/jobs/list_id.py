"""The right part of a `List-Id` (RFC 2919, section 2)."""

from urllib.parse import urlsplit


def list_domain(public_url: str) -> str:
    """The host of the subscriber pages, under which every group has a list of its own."""
    return urlsplit(public_url).hostname or "localhost"
