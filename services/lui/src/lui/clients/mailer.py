"""What lui asks of mailer over HTTP, with the fields it reads of the replies."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from common.contracts.mailer import DeliveryState, EnvelopeState
from common.http import httpx
from common.http.client import service_auth
from lui.clients.mailer_preflight import Preflight
from lui.clients.neighbour import UNPROCESSABLE, Neighbour, refusal_of
from lui.config import LuiSettings

_NOT_FOUND = 404
MessagePart = Literal["subject", "html", "text", "link"]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class MergeField(_Reply):
    """A merge field used in the content, and where."""

    name: str
    part: MessagePart


class FoundLink(_Reply):
    """A link of the content that could be tracked; `number` is its place in the tracking plan."""

    number: int
    part: Literal["html", "text"]
    url: str
    alias: str | None
    personal: bool


class ContentError(_Reply):
    """Why the content cannot be sent; lines and columns start at 1."""

    part: str
    line: int | None
    column: int | None
    detail: str


class ContentWarning(_Reply):
    """What its author should look at before sending."""

    part: str
    detail: str


class ContentCheck(_Reply):
    """What mailer found in a subject, an HTML part and a text part."""

    merge_fields: list[MergeField]
    links: list[FoundLink]
    text_alternative: str | None
    """Made from the HTML part when no text part was given."""
    errors: list[ContentError]
    warnings: list[ContentWarning]


class MessagePreview(_Reply):
    """The message one recipient would get."""

    subject: str
    html: str | None
    text: str | None
    headers: list[tuple[str, str]]


class Envelope(_Reply):
    """One message to one recipient, with what the last reply said."""

    ordinal: int
    address: str
    state: EnvelopeState
    reply_code: int | None
    enhanced_code: str | None
    bounce_class: str | None = Field(alias="class")
    text: str | None
    attempts: int
    next_attempt_at: AwareDatetime | None = None


class EnvelopePage(_Reply):
    """Envelopes in ordinal order; `next` is the cursor of the following page."""

    items: list[Envelope]
    next: str | None


class RehearsalFault(_Reply):
    """A recipient whose message could not be composed."""

    ordinal: int
    address: str
    detail: str


class RehearsalSample(_Reply):
    """A message that was kept."""

    number: int
    rcpt_to: str
    subject: str
    size: int


class RehearsalSeen(_Reply):
    """What a rehearsal shows."""

    state: DeliveryState
    total: int
    duration_seconds: float | None
    rate_per_second: float | None
    fault_count: int
    faults: list[RehearsalFault]
    answers: dict[str, int]
    samples: list[RehearsalSample]


class MailerClient(Neighbour):
    """mailer's HTTP interface. Every call raises `Unavailable` when mailer does not answer in time."""

    name = "mailer"

    def __init__(self, http: httpx.AsyncClient, settings: LuiSettings) -> None:
        super().__init__(http, str(settings.mailer_url))
        self._service_auth = service_auth(settings, "mailer")

    async def check_content(self, words: Mapping[str, str | None], *, columns: Sequence[str] | None) -> ContentCheck:
        """Merge fields, links, a text alternative, and what is wrong; `columns` None skips the unknown-field check.

        `words` are subject, html, text and charset.
        """
        body = {**words, "columns": None if columns is None else list(columns)}
        reply = await self._send("POST", "/internal/v1/content/check", auth=self._service_auth, json=body)
        return ContentCheck.model_validate_json(reply.content)

    async def preview(self, document: dict[str, Any], recipient: tuple[int, str, Sequence[str]]) -> MessagePreview:
        """The message for `(ordinal, address, values)`. Raises Invalid with mailer's errors when it cannot be made."""
        ordinal, address, values = recipient
        body = {**document, "recipient": [ordinal, address, list(values)]}
        reply = await self._send(
            "POST", "/internal/v1/preview", auth=self._service_auth, json=body, accept=(UNPROCESSABLE,)
        )
        if reply.status_code == UNPROCESSABLE:
            raise refusal_of(reply)
        return MessagePreview.model_validate_json(reply.content)

    async def preflight(self, document: dict[str, Any]) -> Preflight:
        """What is in the way of a content document, and what to know before it is sent."""
        reply = await self._send("POST", "/internal/v1/preflight", auth=self._service_auth, json=document)
        return Preflight.model_validate_json(reply.content)

    async def suppress(
        self, *, delivery_id: str, ordinal: int, address: str, group_id: str | None, reason: str
    ) -> None:
        """Returns when mailer has committed it: the very next intent obeys."""
        body = {
            "delivery_id": delivery_id,
            "ordinal": ordinal,
            "address": address,
            "group_id": group_id,
            "reason": reason,
        }
        await self._send("PUT", "/internal/v1/suppressions/by-envelope", auth=self._service_auth, json=body)

    async def envelopes(
        self, delivery_id: str, *, token: str, state: EnvelopeState | None, after: str | None, limit: int
    ) -> EnvelopePage:
        """A page of a delivery's envelopes, asked in the name of the caller whose short-lived `token` it is."""
        params = {"limit": str(limit)} | ({"state": state.value} if state else {}) | ({"after": after} if after else {})
        reply = await self._send(
            "GET",
            f"/api/v1/deliveries/{delivery_id}/envelopes",
            headers={"Authorization": f"Bearer {token}"},
            params=params,
        )
        return EnvelopePage.model_validate_json(reply.content)

    async def rehearsal(self, delivery_id: str, *, token: str) -> RehearsalSeen | None:
        """What a rehearsal shows, asked in the name of the caller; None when mailer keeps none."""
        reply = await self._rehearsal(delivery_id, "", token)
        return None if reply.status_code == _NOT_FOUND else RehearsalSeen.model_validate_json(reply.content)

    async def rehearsal_sample(self, delivery_id: str, number: int, *, token: str) -> bytes | None:
        """A message as the receiver got it; None when mailer does not keep it."""
        reply = await self._rehearsal(delivery_id, f"/samples/{number}", token)
        return None if reply.status_code == _NOT_FOUND else reply.content

    async def _rehearsal(self, delivery_id: str, path: str, token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        path = f"/api/v1/deliveries/{delivery_id}/rehearsal{path}"
        return await self._send("GET", path, headers=headers, accept=(_NOT_FOUND,))
