"""A mailing over lui's public API, as an integrator's script drives it."""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from tests.support.stack import Stack

FINAL = ("finished", "failed", "cancelled")
_SECONDS = 60.0


class Integrator:
    """Holds the administrator's API token; one method a step."""

    def __init__(self, stack: Stack) -> None:
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{stack.port_base}/api/v1",
            headers={"Authorization": f"Bearer {stack.credentials()['api_token']}"},
            timeout=_SECONDS,
            trust_env=False,
        )

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """One request that must succeed; its decoded reply."""
        reply = self.http.request(method, path, json=body, **options)
        assert reply.is_success, f"{method} {path}: {reply.status_code} {reply.text[:2000]}"
        return reply.json() if reply.content else None

    def prepare(self, file: bytes | Iterator[bytes], content: dict[str, str], **options: Any) -> str:
        """A job that lacks only its test and authorization; its id.

        `options`: `tracking` (a level with opens and all clicks; personal), `columns` (of the recipients' step).
        """
        job = self.call("POST", "/jobs", {"title": options.get("title", "A mailing")})["id"]
        data = file if isinstance(file, bytes) else b"".join(file)
        upload = self.call("POST", "/uploads", files={"file": ("people.csv", data, "text/csv")})["id"]
        source = {"source": {"type": "upload", "upload_id": upload}, "address_column": "ADDRESS", "usage": "merge"}
        level = options.get("tracking", "personal")
        tracked = level != "off"
        steps: dict[str, dict[str, Any]] = {
            "recipients": source | {"duplicates": {"by": "address"}},
            "content": content,
            "tracking": {"level": level, "opens": tracked, "clicks": "all" if tracked else "none"},
            "sender": {"address": "sender@tutti.test", "bounces": {"mode": "automatic"}},
            "schedule": {"mode": "immediate"},
        }
        for step, body in steps.items():
            self.call("PUT", f"/jobs/{job}/{step}", body)
        return str(job)

    def test(self, job: str, addresses: Sequence[str] = ("tester@tutti.test",)) -> dict[str, Any]:
        """Send a test, wait for it, accept it; the ended delivery."""
        sent = self.call("POST", f"/jobs/{job}/tests", {"addresses": list(addresses), "recipient": 1})
        ended = self.ended(sent["id"])
        self.call("POST", f"/jobs/{job}/tests/{sent['id']}/accept")
        return ended

    def authorize(self, job: str) -> str:
        """Authorize and wait for the live delivery; its id."""
        self.call("POST", f"/jobs/{job}/authorize", {})
        deadline = time.monotonic() + _SECONDS
        while True:
            live = [d for d in self.call("GET", f"/jobs/{job}")["deliveries"] if d["kind"] == "live"]
            if live:
                return str(live[-1]["id"])
            assert time.monotonic() < deadline, "no live delivery"
            time.sleep(0.1)

    def delivery(self, delivery: str) -> dict[str, Any]:
        """How a delivery stands."""
        found: dict[str, Any] = self.call("GET", f"/deliveries/{delivery}")
        return found

    def ended(self, delivery: str, *, seconds: float = _SECONDS) -> dict[str, Any]:
        """A delivery once it is over."""
        deadline = time.monotonic() + seconds
        while (found := self.delivery(delivery))["state"] not in FINAL:
            assert time.monotonic() < deadline, f"not over within {seconds} s: {found}"
            time.sleep(0.2)
        return found

    def progress(self, delivery: str) -> list[dict[str, Any]]:
        """Every server-sent event of a delivery, up to the end of the stream."""
        with self.http.stream("GET", f"/deliveries/{delivery}/progress") as events:
            assert events.headers["content-type"].startswith("text/event-stream")
            return [json.loads(line[5:]) for line in events.iter_lines() if line.startswith("data:")]

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()


def people(count: int, *, columns: int = 1) -> Iterator[bytes]:
    """A CSV file of `count` recipients with that many merge fields, line by line."""
    names = [f"FIELD{number}" for number in range(1, columns + 1)]
    yield (",".join(["ADDRESS", *names]) + "\r\n").encode()
    for person in range(1, count + 1):
        values = [f"value {number} of {person}" for number in range(1, columns + 1)]
        yield (",".join([f"person{person}@people.example", *values]) + "\r\n").encode()
