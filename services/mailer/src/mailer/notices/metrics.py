"""The numbers of notices."""

from prometheus_client import Counter, Gauge

ATTEMPTS = Counter("mailer_notice_attempts", "Attempts to send a notice to an address, by what came of it.", ["state"])
FETCHES = Counter("mailer_notice_fetches", "Attempts to fetch a notice from its owner.", ["outcome"])
WAITING = Gauge("mailer_notices_waiting", "Addresses and contents of notices that something is still to be done about.")
