"""The HTTP chassis; `from common.http import httpx` is how every service gets its HTTP client library."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx
else:
    # httpx is frozen since 2024; httpx2 is its maintained continuation with the same interface.
    try:
        import httpx2 as httpx
    except ImportError:  # pragma: no cover
        import httpx

__all__ = ["httpx"]
