"""What lui's reports ask of tracker: one round trip a report, with the fields it reads of the replies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from common.http import httpx
from common.http.client import service_auth
from lui.clients.neighbour import UNPROCESSABLE, Neighbour, refusal_of
from lui.config import LuiSettings

Cursor = list[int | str]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class AskedSource(BaseModel):
    """One thing to count in some deliveries."""

    event: str
    delivery_ids: Sequence[str]
    labels: Sequence[str] | None = None
    tags: Sequence[int] | None = None


class Asked(BaseModel):
    """What is counted, when, and by whose count."""

    sources: Sequence[AskedSource]
    start: datetime | None = None
    end: datetime | None = None
    judged: Literal["human"] | None = None


class CountedLabel(_Reply):
    """What one label of a source came to."""

    label: str
    html: int
    text: int
    total: int
    humans: int
    people: int | None
    human_people: int | None


class CountedSource(_Reply):
    """What one source came to."""

    total: int
    humans: int
    people: int | None
    human_people: int | None
    points: list[tuple[AwareDatetime, int]]
    labels: list[CountedLabel]
    unknown_labels: list[str]


class CountedReactions(_Reply):
    """Everything asked, of one moment."""

    sources: list[CountedSource]
    rules_version: int
    as_of: AwareDatetime
    notes: list[str]


class Reactor(_Reply):
    """A recipient (at anonymous a profile) who reacted."""

    source: int
    delivery_id: str
    subject: int
    first_at: AwareDatetime
    hits: int
    is_human: bool


class ReactorPage(_Reply):
    """A page of those who reacted."""

    rows: list[Reactor]
    next: Cursor | None
    rules_version: int
    as_of: AwareDatetime
    notes: list[str]


class RawReaction(_Reply):
    """One recorded reaction."""

    source: int
    delivery_id: str
    at: AwareDatetime
    kind: Literal["open", "click", "action"]
    subject: int
    label: str | None
    part: str
    judgement: str
    agent: str
    network_class: str
    rule: str


class ReactionPage(_Reply):
    """A page of raw reactions."""

    rows: list[RawReaction]
    next: Cursor | None
    rules_version: int
    as_of: AwareDatetime
    notes: list[str]


class DeliverySums(_Reply):
    """One delivery's totals."""

    delivery_id: str
    opens: int
    human_opens: int
    clicks: int
    human_clicks: int
    opened: int | None
    human_opened: int | None
    clicked: int | None
    human_clicked: int | None


class Sums(_Reply):
    """Totals of deliveries; one that tracker does not know has had no reactions."""

    deliveries: list[DeliverySums]
    rules_version: int
    as_of: AwareDatetime


class TrackerReportsClient(Neighbour):
    """tracker's answers for reports. Every call raises `Unavailable` when tracker does not answer in time."""

    name = "tracker"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, str(settings.tracker_url))
        self._service_auth = service_auth(settings, "tracker")

    async def count(
        self, asked: Asked, *, time_zone: str, interval: str | None, count: Literal["total", "unique"]
    ) -> CountedReactions:
        """Sums, and lines when an interval is given. Raises Invalid when the interval is too fine for the period."""
        body = {**asked.model_dump(mode="json"), "time_zone": time_zone, "interval": interval, "count": count}
        return CountedReactions.model_validate_json(await self._ask("count", body))

    async def people(self, asked: Asked, *, after: Cursor | None, limit: int) -> ReactorPage:
        """Who reacted, source after source. Raises Invalid for a cursor that is none."""
        body = {**asked.model_dump(mode="json"), "after": after, "limit": limit}
        return ReactorPage.model_validate_json(await self._ask("people", body))

    async def reactions(self, asked: Asked, *, after: Cursor | None, limit: int) -> ReactionPage:
        """Every single reaction, source after source. Raises Invalid for a cursor that is none."""
        body = {**asked.model_dump(mode="json"), "after": after, "limit": limit}
        return ReactionPage.model_validate_json(await self._ask("reactions", body))

    async def sums(self, delivery_ids: Sequence[str]) -> Sums:
        """Totals of each delivery."""
        return Sums.model_validate_json(await self._ask("sums", {"delivery_ids": list(delivery_ids)}))

    async def _ask(self, question: str, body: dict[str, Any]) -> bytes:
        path = f"/internal/v1/reports/{question}"
        reply = await self._send("POST", path, auth=self._service_auth, json=body, accept=(UNPROCESSABLE,))
        if reply.status_code == UNPROCESSABLE:
            raise refusal_of(reply)
        return reply.content
