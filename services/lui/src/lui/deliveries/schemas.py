"""What a delivery looks like to those who ask for one and to those who watch one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.contracts.lui import DeliveryKind, TrackingPlanV1


@dataclass(frozen=True)
class DeliveryOrder:
    """Everything the job decides about one delivery; what is missing here, `request_delivery` adds."""

    job_id: str
    owner_id: str
    group_id: str | None
    kind: DeliveryKind
    snapshot_id: str
    recipient_count: int
    recipients_digest: str
    """`common.contracts.digest.RecipientsDigest` over the snapshot, in ordinal order."""
    document: dict[str, Any]
    """The content document without `delivery_id`, `delivery_number`, `kind`, `tracking` and `reference_time`:
    `subject`, `html`, `text`, `columns`, `address_column`, `name_column`, `sender`, `list_id`, `usage`,
    `subject_mark`."""
    tracking: TrackingPlanV1
    not_before: datetime
    """Aware; mailer sends nothing before it, and the merge language takes it for "now"."""
