"""lui's API as an integrator uses it: a token, JSON, and problems that say what is wrong."""

import json
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from local_stack.layout import StackError

_SECONDS = 30.0
_FINAL = ("finished", "failed", "cancelled")
_POLL_SECONDS = 0.2

T = TypeVar("T")


def until(question: Callable[[], T | None], *, seconds: float, what: str) -> T:
    """Ask again until there is an answer. Raises `StackError` naming `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while (answer := question()) is None:
        if time.monotonic() > deadline:
            raise StackError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(_POLL_SECONDS)
    return answer


class Lui:
    """A caller of lui."""

    def __init__(self, base_url: str, api_token: str) -> None:
        self._http = httpx.Client(
            base_url=f"{base_url}/api/v1",
            headers={"Authorization": f"Bearer {api_token}"},
            timeout=_SECONDS,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """One request; the decoded reply. Raises `StackError` with the problem lui states."""
        try:
            reply = self._http.request(method, path, json=body, **options)
        except httpx.HTTPError as problem:
            raise StackError(f"{method} {path}: {problem}") from problem
        if reply.is_error:
            raise StackError(f"{method} {path} was refused with {reply.status_code}: {_explain(reply)}")
        return reply.json() if reply.content else None

    def delivery(self, job_id: str, kind: str) -> dict[str, Any] | None:
        """The newest delivery of this kind of a job, or None."""
        deliveries = [d for d in self.call("GET", f"/jobs/{job_id}")["deliveries"] if d["kind"] == kind]
        return deliveries[-1] if deliveries else None

    def wait_for_end(self, delivery_id: str, *, seconds: float = 120) -> dict[str, Any]:
        """Follow a delivery until it is over; its final state. Raises `StackError` when it takes too long."""
        deadline = time.monotonic() + seconds
        for state in self._progress(delivery_id):
            if state["state"] in _FINAL or time.monotonic() > deadline:
                break

        def ended() -> dict[str, Any] | None:
            state: dict[str, Any] = self.call("GET", f"/deliveries/{delivery_id}")
            return state if state["state"] in _FINAL else None

        left = max(deadline - time.monotonic(), 1)
        return until(ended, seconds=left, what=f"the end of delivery {delivery_id}")

    def _progress(self, delivery_id: str) -> Iterator[dict[str, Any]]:
        """The server-sent events of a delivery; ends early, without complaint, when the connection is lost."""
        try:
            with self._http.stream("GET", f"/deliveries/{delivery_id}/progress") as events:
                if events.is_error:
                    return
                for line in events.iter_lines():
                    if line.startswith("data:"):
                        yield json.loads(line.removeprefix("data:"))
        except httpx.HTTPError:
            return


def _explain(reply: httpx.Response) -> str:
    try:
        problem = reply.json()
    except ValueError:
        return reply.text[:500]
    details = [f"{error['pointer']}: {error['detail']}" for error in problem.get("errors", ())]
    return "; ".join([str(problem.get("detail") or problem.get("title")), *details])
