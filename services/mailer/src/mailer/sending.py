"""The sending engine of a process, put together."""

from dataclasses import dataclass
from datetime import timedelta

from common.contracts.signed_token import TokenKeys
from common.service.resources import Resources
from mailer.app import origins_of
from mailer.config import MailerSettings
from mailer.deliveries import service as deliveries
from mailer.dns import Resolver
from mailer.envelopes.outlets import Rehearsals
from mailer.envelopes.owner import Owner
from mailer.envelopes.scheduler import Means, Sender
from mailer.gateways import service as gateways
from mailer.installation.service import Arming
from mailer.sealing import Sealer

_REHEARSAL_WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 4, 8))
"""Greylisted in a rehearsal is tried again within seconds."""


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
