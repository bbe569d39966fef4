"""Jobs whose recipients are chosen by reaction, and neighbours that know who reacted."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from common.contracts.lui import TrackedActionsV1
from common.http import httpx
from lui.deliveries.models import Delivery
from tests.lui.integration.deliveries.world import PLAN, Asked, World

ACTING = PLAN.model_copy(update={"actions": TrackedActionsV1()})
Did = dict[str, Any]


def bits(*ordinals: int) -> bytes:
    """As tracker and mailer answer."""
    octets = bytearray(max(ordinals, default=-1) // 8 + 1)
    for ordinal in ordinals:
        octets[ordinal // 8] |= 1 << ordinal % 8
    return bytes(octets)


@dataclass
class Knowing:
    """tracker and mailer at the edge of HTTP: who did what, by the path that is asked."""

    known: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = request.url.query.decode()
        path = request.url.path.removeprefix("/internal/v1/deliveries/") + (f"?{query}" if query else "")
        self.asked.append(path)
        if request.url.host.partition(".")[0] in self.away:
            return httpx.Response(503, request=request)
        if path not in self.known and path.endswith("bounced"):
            return httpx.Response(404, request=request)
        return httpx.Response(200, content=self.known.get(path, b""), request=request)

    def tell(self, delivery: Delivery, query: str, *ordinals: int) -> None:
        """Whoever asks tracker about a delivery hears of these."""
        self.known[f"{delivery.number}/reacted?{query}"] = bits(*ordinals)

    def returned(self, delivery: Delivery, *ordinals: int) -> None:
        """Whoever asks mailer hears of these."""
        self.known[f"{delivery.id}/bounced"] = bits(*ordinals)


async def a_job(client: httpx.AsyncClient, title: str = "Recall") -> str:
    return str((await client.post("/api/v1/jobs", json={"title": title})).json()["id"])


async def sent(lui: World, client: httpx.AsyncClient, **asked: Any) -> Delivery:
    """An earlier job that was delivered."""
    job_id = await a_job(client, "Earlier")
    return await lui.a_delivery(Asked(job_id=job_id, **{"recipients": 9, **asked}))


@dataclass
class Elsewhere:
    """A job that nobody here knows."""

    job_id: str


def source(delivery: Delivery | Elsewhere, condition: Any) -> dict[str, Any]:
    return {"type": "reaction", "job_id": delivery.job_id, "condition": condition}


async def choose(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> httpx.Response:
    """What a new job's recipients step answers."""
    body = {"source": source(delivery, condition), "usage": "merge", **changes}
    return await client.put(f"/api/v1/jobs/{await a_job(client, 'Next')}/recipients", json=body)


async def chosen(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> list[int]:
    """The numbers of the people in the new audience."""
    reply = await choose(client, delivery, condition, **changes)
    assert reply.status_code == 200, reply.text
    job_id = reply.json()["id"]
    table = await client.get(f"/api/v1/jobs/{job_id}/recipients/accepted.csv")
    found = [int(row[0].partition("@")[0][1:]) for row in list(csv.reader(io.StringIO(table.text)))[1:]]
    counted = await client.post("/api/v1/reaction-count", json={"source": source(delivery, condition)})
    assert counted.json()["count"] == len(found), "the count shown beforehand is the count that comes out"
    assert counted.json()["recipients"] == 9
    return found


async def reasons(
    client: httpx.AsyncClient, delivery: Delivery | Elsewhere, condition: Any, **changes: Any
) -> list[Any]:
    """Why it was refused, and nothing is left of it."""
    reply = await choose(client, delivery, condition, **changes)
    assert reply.status_code == 422, reply.text
    return [(error["pointer"], error["detail"]) for error in reply.json()["errors"]]
