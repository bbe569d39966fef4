"""Statistics over jobs, jobs side by side, and message sequences."""

from lui.statistics.service.jobs import (
    Basis,
    JobDeliveries,
    basis_of_deliveries,
    compare_basis,
    delivered_in,
    delivery_statistics,
    shown_job,
    tracking_statistics,
)
from lui.statistics.service.sequence import message_sequence

__all__ = [
    "Basis",
    "JobDeliveries",
    "basis_of_deliveries",
    "compare_basis",
    "delivered_in",
    "delivery_statistics",
    "message_sequence",
    "shown_job",
    "tracking_statistics",
]
