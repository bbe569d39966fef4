"""Preparing a mailing over lui's API, as the demonstrations do it."""

from dataclasses import dataclass
from typing import Any

from local_stack.demo.api import Lui


@dataclass(frozen=True)
class Wanted:
    """What differs from mailing to mailing."""

    title: str
    file_name: str
    recipients: bytes
    """The file, with the columns ADDRESS and NAME."""
    content: dict[str, str]
    """Subject, HTML and text."""
    sender: dict[str, str]
    level: str
    """Of tracking."""


def prepared(lui: Lui, wanted: Wanted) -> dict[str, Any]:
    """A new job with every step done but the test and the authorization."""
    job: dict[str, Any] = lui.call("POST", "/jobs", {"title": wanted.title})
    upload = lui.call("POST", "/uploads", files={"file": (wanted.file_name, wanted.recipients, "text/csv")})
    recipients = {
        "source": {"type": "upload", "upload_id": upload["id"]},
        "address_column": "ADDRESS",
        "name_column": "NAME",
        "usage": "merge",
        "duplicates": {"by": "address"},
    }
    steps: dict[str, dict[str, Any]] = {
        "recipients": recipients,
        "content": dict(wanted.content),
        "tracking": {"level": wanted.level, "opens": True, "clicks": "all"},
        "sender": wanted.sender | {"bounces": {"mode": "automatic"}},
        "schedule": {"mode": "immediate"},
    }
    for step, body in steps.items():
        job = lui.call("PUT", f"/jobs/{job['id']}/{step}", body)
    return job
