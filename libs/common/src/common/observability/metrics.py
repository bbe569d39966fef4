"""The numbers every service publishes. Labels are names of ours, never ids."""

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST

HTTP_REQUESTS = Histogram(
    "http_request_seconds", "Time to answer, by route template.", ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)  # fmt: skip
OUTBOX_WAITING = Gauge("outbox_waiting", "Facts stated and not yet published.", ["service"])
OUTBOX_OLDEST = Gauge("outbox_oldest_seconds", "Age of the oldest fact not yet published.", ["service"])
OUTBOX_PUBLISHED = Counter("outbox_published", "Facts published.", ["service"])
CONSUMER_MESSAGES = Counter("consumer_messages", "Messages by what became of them.", ["durable", "outcome"])
CONSUMER_PENDING = Gauge("consumer_pending", "Messages in the stream not yet delivered to the durable.", ["durable"])
DEAD_LETTERS = Counter("dead_letters", "Messages given up and kept for a person to look at.", ["durable"])


def render() -> bytes:
    """Every metric of this process in Prometheus' text format."""
    return generate_latest(REGISTRY)
