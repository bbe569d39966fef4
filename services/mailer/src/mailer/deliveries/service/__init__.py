"""Use cases on deliveries."""

from mailer.deliveries.service.accept import accept, note_plan, start
from mailer.deliveries.service.control import request_control
from mailer.deliveries.service.evidence import end_subscription, note_bounce, unsubscribe_by_mail
from mailer.deliveries.service.finish import fail, follow
from mailer.deliveries.service.jobs import DeliveryJobs
from mailer.deliveries.service.look import list_envelopes, show
from mailer.deliveries.service.pull_audience import Puller, Superseded
from mailer.deliveries.service.tend import (
    cancel_waiting,
    claim_pull,
    end_pull,
    keep_pull,
    open_ids,
    shred,
    start_ready,
)

__all__ = [
    "DeliveryJobs",
    "Puller",
    "Superseded",
    "accept",
    "cancel_waiting",
    "claim_pull",
    "end_pull",
    "end_subscription",
    "fail",
    "follow",
    "keep_pull",
    "list_envelopes",
    "note_bounce",
    "note_plan",
    "open_ids",
    "request_control",
    "show",
    "shred",
    "start",
    "start_ready",
    "unsubscribe_by_mail",
]
