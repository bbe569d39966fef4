"""Content documents as lui serves them."""

from typing import Any

from common.ids import new_id

NO_TRACKING: dict[str, Any] = {"level": "off", "opens": False, "links": []}
HTML = "<html><body><p>Dear {{ NAME }}</p></body></html>"


def a_document(**changes: Any) -> dict[str, Any]:
    """A content document as lui serves it."""
    return {
        "delivery_id": changes.pop("delivery_id", None) or new_id(),
        "delivery_number": 1,
        "kind": "live",
        "subject": "Hello {{ NAME }}",
        "html": HTML,
        "text": "Dear {{ NAME }}\n",
        "columns": ["EMAIL", "NAME"],
        "address_column": "EMAIL",
        "name_column": "NAME",
        "sender": {
            "address": "news@sender.example",
            "name": "News",
            "reply_to": None,
            "bounces": {"mode": "automatic"},
        },
        "tracking": NO_TRACKING,
        "reference_time": "2026-11-22T09:00:00Z",
        "list_id": "news.sender.example",
        "usage": "merge",
        "subject_mark": "",
        **changes,
    }
