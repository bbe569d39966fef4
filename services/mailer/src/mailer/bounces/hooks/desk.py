"""Requests of providers: proven, read, and taken in like everything else."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from common.clock import Clock
from common.contracts.problem import Unavailable
from mailer.bounces.errors import HookNotSetUp, HookUnproven, HookUnreadable, TooManyReports
from mailer.bounces.hooks import generic, mailgun, postmark, sendgrid, ses
from mailer.bounces.hooks.certificates import Certificates
from mailer.bounces.hooks.events import Event, Request
from mailer.bounces.hooks.proofs import Proof
from mailer.bounces.intake import Intake, Poisoned, TryLater
from mailer.bounces.schemas import HookTakenOut
from mailer.bounces.service import Arrival, Effect
from mailer.bounces.sources import configured_hooks

_BURST_SECONDS = 4.0
_RETRY_SECONDS = 5

IsProven = Callable[[Request, Proof], bool]
EventsOf = Callable[[Request], list[Event] | None]
_READERS: Mapping[str, tuple[IsProven, EventsOf]] = {
    "generic": (generic.is_proven, generic.events_of),
    "postmark": (postmark.is_proven, postmark.events_of),
    "mailgun": (mailgun.is_proven, mailgun.events_of),
    "sendgrid": (sendgrid.is_proven, sendgrid.events_of),
}


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class HookDesk:
    """What the hooks' routes call."""

    def __init__(self, intake: Intake, certificates: Certificates, clock: Clock) -> None:
        self._intake = intake
        self._certificates = certificates
        self._clock = clock
        self._hooks = intake.settings.bounces.hooks
        self._providers = frozenset(configured_hooks(intake.settings))
        self._buckets: dict[str, _Bucket] = {}

    def admit(self, provider: str) -> None:
        """Raises HookNotSetUp, TooManyReports; before anything of the request is read."""
        if provider not in self._providers:
            raise HookNotSetUp("No such provider is set up here")
        most = self._hooks.per_second * _BURST_SECONDS
        now = time.monotonic()
        bucket = self._buckets.setdefault(provider, _Bucket(most, now))
        bucket.left = min(most, bucket.left + (now - bucket.at) * self._hooks.per_second)
        bucket.at = now
        if bucket.left < 1:
            raise TooManyReports("Reports come faster than they are taken in", retry_after_seconds=_RETRY_SECONDS)
        bucket.left -= 1

    async def take(self, provider: str, request: Request) -> HookTakenOut:
        """Act on a request. Raises HookUnproven, HookUnreadable, Unavailable."""
        if provider == "ses":
            events = await self._of_sns(request)
        else:
            is_proven, events_of = _READERS[provider]
            if not is_proven(request, Proof(self._hooks, self._clock())):
                raise HookUnproven("The signature is missing, wrong, or too old")
            events = events_of(request)
        if events is None:
            raise HookUnreadable("It is not what this provider sends")
        changed = 0
        for event in events:
            changed += await self._take(provider, event)
        await self._intake.flush()
        return HookTakenOut(events=len(events), changed=changed)

    async def _of_sns(self, request: Request) -> list[Event] | None:
        notice = ses.notice_of(request.body)
        now = self._clock()
        if (
            notice is None
            or notice.topic not in self._hooks.ses_topics
            or not notice.may_be_ours
            or not notice.is_fresh(now)
        ):
            raise HookUnproven("It is no fresh message of a topic that is set up here")
        certificate = await self._certificates.get(notice.certificate_url)
        if certificate is None:
            raise Unavailable("The topic's certificate cannot be had now", retry_after_seconds=_RETRY_SECONDS)
        if not notice.is_signed_by(certificate, now):
            raise HookUnproven("The signature is wrong")
        if notice.kind == "SubscriptionConfirmation":
            # Only for a topic that the operator named, and only by asking Amazon itself.
            if not await self._certificates.confirm(notice.subscribe_url):
                raise Unavailable("The subscription cannot be confirmed now", retry_after_seconds=_RETRY_SECONDS)
            return []
        return ses.events_of(notice) if notice.kind == "Notification" else []

    async def _take(self, provider: str, event: Event) -> bool:
        source = ("hook", provider)
        tokens = self._intake.tokens
        token = tokens.of_word(event.word) or tokens.named_in(event.raw)
        arrival = Arrival(": ".join(source), event.report, event.raw, token, is_addressed=False)
        try:
            return await self._intake.take(source, arrival) is Effect.CHANGED
        except TryLater as error:
            raise Unavailable("Nothing can be recorded now", retry_after_seconds=_RETRY_SECONDS) from error
        except Poisoned:
            return False
