"""The sending engine of a process, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from common.contracts.signed_token import TokenKeys
from common.service.resources import Resources
from mailer.app import origins_of
from mailer.clients.lui import LuiClient
from mailer.config import MailerSettings
from mailer.deliveries import service as deliveries
from mailer.dns import Resolver
from mailer.envelopes.outlets import Rehearsals
from mailer.envelopes.owner import Owner
from mailer.envelopes.scheduler import Means, Sender
from mailer.gateways import service as gateways
from mailer.installation.service import Arming
from mailer.notices import service as notices
from mailer.notices.post import Post
from mailer.notices.scheduler import Means as NoticeMeans
from mailer.notices.scheduler import NoticeLoop
from mailer.sealing import Sealer
from mailer.transport.service import Opener, Target

_REHEARSAL_WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 4, 8))
"""Greylisted in a rehearsal is tried again within seconds."""
_NOTICE_LEASE = timedelta(minutes=15)
_GATEWAY_PAUSED = "the mail gateway of the deployment is paused"


@dataclass(frozen=True, slots=True)
class Engine:
    """The sender, the gateways it uses, and whether it may send at all."""

    sender: Sender
    gateways: gateways.Gateways
    jobs: deliveries.DeliveryJobs
    arming: Arming | None

    def problem(self, delivery_id: str, sender_domain: str | None) -> str | None:
        """Why nothing of a delivery is sent, in plain words; without a domain no gateway is needed."""
        if self.arming is not None and self.arming.reason:
            return self.arming.reason
        of_job = self.jobs.problem(delivery_id)
        return of_job or (None if sender_domain is None else self.gateways.problem(sender_domain))

    def notices_held(self) -> str | None:
        """Why no notice may leave, in plain words: a restored copy tells nobody anything either."""
        if self.arming is not None and self.arming.reason:
            return self.arming.reason
        usable = any(line.id == gateways.DEFAULT_ID for line in self.gateways.lines())
        return None if usable else _GATEWAY_PAUSED


def make_engine(
    settings: MailerSettings, resources: Resources, rehearsals: Rehearsals, arming: Arming | None = None
) -> Engine:
    """The engine of one run of one process. Without `arming` it sends whatever database it finds."""
    owner = Owner.of_this_process()
    keys = TokenKeys(settings.master_keys())
    sealer = Sealer.of(settings)
    means = gateways.Means(resources.uow, sealer, Resolver(settings.dns), owner.id)
    lines = gateways.Gateways(settings, means)
    jobs = deliveries.DeliveryJobs(resources.uow, origins_of(settings), (keys, sealer), _REHEARSAL_WAITS)
    if arming is not None:
        jobs.may_send = lambda: arming.may_send
    sender = Sender(settings, Means(resources.engine, resources.uow, jobs, lines, rehearsals), owner)
    return Engine(sender, lines, jobs, arming)


def make_notices(
    settings: MailerSettings,
    resources: Resources,
    held: Callable[[], str | None],
    lease: timedelta = _NOTICE_LEASE,
) -> NoticeLoop:
    """What tells people who work with the installation, through the gateway of the deployment, unless it is `held`."""
    waits = tuple(timedelta(minutes=each) for each in settings.notices.retry_minutes)
    terms = notices.Terms(waits, timedelta(minutes=settings.sending.doubt_minutes), lease)
    lui = LuiClient(settings, resources.http, settings.lui_url)
    signing = notices.Signing(settings.notice_address, Sealer.of(settings))
    means = NoticeMeans(
        notices.Fetcher(resources.uow, {"lui": lui}, terms, signing),
        Post(Opener(Target.of(settings.smtp)), settings.notice_address),
        notices.From(settings.notices.name, settings.notice_address, signing),
        terms,
        timedelta(days=settings.notices.keep_days),
        held,
    )
    return NoticeLoop(resources.uow, means)
