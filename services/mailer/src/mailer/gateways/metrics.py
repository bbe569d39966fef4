"""The numbers of gateways. Labels are ids of gateways, which are few, and words of ours; never destinations."""

from prometheus_client import Counter, Gauge

CONNECTIONS = Gauge("mailer_gateway_connections", "Connections of this process that are open.", ["gateway"])
ENDED = Counter("mailer_gateway_transactions", "Transactions that came to an end.", ["gateway"])
USABLE = Gauge("mailer_gateway_usable", "1 when messages go through, 0 when not.", ["gateway"])
SLOWED = Gauge("mailer_gateway_slowness", "Reasons in force why things do not go faster.", ["gateway", "code"])
PAUSES = Counter("mailer_gateway_pauses", "Gateways and destinations that stopped by themselves.", ["gateway", "code"])
LOOKUPS = Counter("mailer_mx_lookups", "Questions about whose servers take a domain's mail.", ["answer"])
CODES = (
    "gateway_paused", "gateway_failing", "connections_refused", "rate_per_second", "rate_per_hour",
    "destination_paused", "backing_off", "throttled", "destination_limit",
)  # fmt: skip
