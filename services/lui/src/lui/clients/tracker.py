"""What lui asks of tracker over HTTP, with the fields it reads of the replies."""

from collections.abc import Sequence
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from common.http import httpx
from common.http.client import service_auth
from lui.clients.neighbour import UNPROCESSABLE, Neighbour, refusal_of
from lui.config import LuiSettings

Interval = Literal["hour", "day", "week", "month"]
Judged = Literal["human"]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Opens(_Reply):
    """Loads of the pixel; `unique` is None where the level cannot know."""

    total: int
    unique: int | None


class Clicks(_Reply):
    """Followed links, by the part they stood in; `unique` is None where the level cannot know."""

    any: int
    html: int
    text: int
    unique: int | None


class LinkClicks(_Reply):
    """Clicks on one link of the tracking plans asked about."""

    number: int
    part: Literal["html", "text"]
    url: str
    alias: str | None
    total: int
    unique: int | None


class ReactionSums(_Reply):
    """The sums over all deliveries asked about."""

    opens: Opens
    clicks: Clicks
    by_link: list[LinkClicks]
    as_of: AwareDatetime
    rules_version: int


class Series(_Reply):
    """One line over time: the start of each interval and what was counted in it."""

    name: str
    points: list[tuple[AwareDatetime, int]]


class ReactionSeries(_Reply):
    """Lines over the same intervals."""

    series: list[Series]
    notes: list[str]


class TrackerClient(Neighbour):
    """tracker's HTTP interface. Every call raises `Unavailable` when tracker does not answer in time."""

    name = "tracker"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, str(settings.tracker_url))
        self._service_auth = service_auth(settings, "tracker")

    async def report(self, delivery_ids: Sequence[str], *, judged: Judged | None) -> ReactionSums:
        """Sums over `delivery_ids` (at least one); `judged` "human" leaves out what rules call a machine."""
        params = _asked(delivery_ids, judged)
        reply = await self._send("GET", "/internal/v1/report", auth=self._service_auth, params=params)
        return ReactionSums.model_validate_json(reply.content)

    async def report_over_time(
        self, delivery_ids: Sequence[str], *, interval: Interval, time_zone: str, judged: Judged | None
    ) -> ReactionSeries:
        """Opens and clicks per interval, whose starts fall on local midnight, Monday or the first in `time_zone`.

        Raises Invalid when the interval is too fine for the period.
        """
        params = [*_asked(delivery_ids, judged), ("interval", interval), ("time_zone", time_zone)]
        path = "/internal/v1/report/over-time"
        reply = await self._send("GET", path, auth=self._service_auth, params=params, accept=(UNPROCESSABLE,))
        if reply.status_code == UNPROCESSABLE:
            raise refusal_of(reply)
        return ReactionSeries.model_validate_json(reply.content)


def _asked(delivery_ids: Sequence[str], judged: Judged | None) -> list[tuple[str, str]]:
    return [("delivery_id", delivery_id) for delivery_id in delivery_ids] + ([("judged", judged)] if judged else [])
