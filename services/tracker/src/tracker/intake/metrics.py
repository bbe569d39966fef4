"""What intake counts; labels are closed sets, never ids."""

from collections.abc import Iterable, Iterator

from prometheus_client import REGISTRY, Counter, Gauge
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector


class Tally:
    """A count that costs next to nothing to move: only the event loop moves it."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0


class _Tallies(Collector):
    """Tallies published as one counter, read when somebody looks."""

    def __init__(self, name: str, text: str, label: str, words: Iterable[str]) -> None:
        self._name, self._text, self._label = name, text, label
        self.of = {word: Tally() for word in words}
        REGISTRY.register(self)

    def collect(self) -> Iterator[CounterMetricFamily]:
        """The counter as it stands now."""
        family = CounterMetricFamily(self._name, self._text, labels=[self._label])
        for word, tally in self.of.items():
            family.add_metric([word], tally.count)
        yield family


ANSWERED = _Tallies(
    "tracker_hits_answered_total",
    "Hits on pixels, links and actions that verified",
    "kind",
    ("open", "click", "action"),
).of
REFUSED = _Tallies(
    "tracker_hits_refused_total",
    "Requests that did not verify",
    "reason",
    ("not_found", "bad_request", "address_too_long", "too_large"),
).of
SPOOLED = Counter("tracker_spool_records_total", "Hits made durable before they were answered")
SHED = Counter("tracker_spool_shed_total", "Hits answered but not kept: the disk was full or too slow", ("kind",))
LATE = Counter("tracker_spool_late_total", "Hits answered before the disk confirmed, and kept after that")
FORWARDED = Counter("tracker_spool_forwarded_total", "Hits moved from the spool to the stream")
BACKLOG = Gauge("tracker_spool_backlog_bytes", "Octets in the spool that the stream does not have yet")
PLANS = Gauge("tracker_link_table_deliveries", "Deliveries whose links this process knows")
CONNECTIONS = Gauge("tracker_intake_connections", "Connections that intake itself answers")
TURNED_AWAY = Counter("tracker_intake_turned_away_total", "Connections refused because there were too many")
TOO_SLOW = Counter("tracker_intake_too_slow_total", "Connections ended: nothing came or was taken in time")
