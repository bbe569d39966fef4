"""Use cases on deliveries."""

from mailer.deliveries.service.accept import accept, note_plan, start
from mailer.deliveries.service.control import request_control
from mailer.deliveries.service.doubt import decide_doubt
from mailer.deliveries.service.evidence import (
    Subject,
    delivered_to,
    end_subscription,
    failing,
    failing_of,
    made_since,
    note_bounce,
    note_complaint,
    number_of,
    subject_of,
    unsubscribe_by_mail,
)
from mailer.deliveries.service.finish import SendingProblem, fail, follow
from mailer.deliveries.service.jobs import DeliveryJobs
from mailer.deliveries.service.look import list_envelopes, require_visible, show
from mailer.deliveries.service.pace import show_pace
from mailer.deliveries.service.pull_audience import Puller, Superseded
from mailer.deliveries.service.tend import (
    cancel_waiting,
    claim_pull,
    drop_files,
    end_pull,
    keep_pull,
    open_ids,
    shred,
    start_ready,
)

__all__ = [
    "DeliveryJobs",
    "Puller",
    "SendingProblem",
    "Subject",
    "Superseded",
    "accept",
    "cancel_waiting",
    "claim_pull",
    "decide_doubt",
    "delivered_to",
    "drop_files",
    "end_pull",
    "end_subscription",
    "fail",
    "failing",
    "failing_of",
    "follow",
    "keep_pull",
    "list_envelopes",
    "made_since",
    "note_bounce",
    "note_complaint",
    "note_plan",
    "number_of",
    "open_ids",
    "request_control",
    "require_visible",
    "show",
    "show_pace",
    "shred",
    "start",
    "start_ready",
    "subject_of",
    "unsubscribe_by_mail",
]
