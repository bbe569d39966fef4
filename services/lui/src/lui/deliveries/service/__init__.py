"""Asking for a delivery, steering it, reading where it stands, and keeping what mailer and tracker say of it."""

from lui.deliveries.rules import ControlAction, has_ended
from lui.deliveries.service.progress import store_bounce, store_complaint, store_end, store_progress, store_tally
from lui.deliveries.service.read import (
    BounceSums,
    bounce_sums,
    deliveries_of,
    deliveries_of_jobs,
    delivery_by_number,
    get_content,
    get_delivery,
    get_recipients,
    get_visible_delivery,
    live_deliveries_of,
    used_snapshots,
)
from lui.deliveries.service.rehearsals import require_room_to_rehearse, stop_rehearsal
from lui.deliveries.service.request import control_delivery, request_delivery
from lui.deliveries.service.watch import Pace, watch_delivery

__all__ = [
    "BounceSums",
    "ControlAction",
    "Pace",
    "bounce_sums",
    "control_delivery",
    "deliveries_of",
    "deliveries_of_jobs",
    "delivery_by_number",
    "get_content",
    "get_delivery",
    "get_recipients",
    "get_visible_delivery",
    "has_ended",
    "live_deliveries_of",
    "request_delivery",
    "require_room_to_rehearse",
    "stop_rehearsal",
    "store_bounce",
    "store_complaint",
    "store_end",
    "store_progress",
    "store_tally",
    "used_snapshots",
    "watch_delivery",
]
