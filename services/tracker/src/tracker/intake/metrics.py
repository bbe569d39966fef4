"""What intake counts; labels are closed sets, never ids."""

from prometheus_client import Counter, Gauge

ANSWERED = Counter("tracker_hits_answered_total", "Hits on pixels, links and actions that verified", ("kind",))
REFUSED = Counter("tracker_hits_refused_total", "Requests that did not verify", ("reason",))
SPOOLED = Counter("tracker_spool_records_total", "Hits made durable before they were answered")
SHED = Counter("tracker_spool_shed_total", "Hits answered but not kept: the disk was full or too slow", ("kind",))
LATE = Counter("tracker_spool_late_total", "Hits answered before the disk confirmed, and kept after that")
FORWARDED = Counter("tracker_spool_forwarded_total", "Hits moved from the spool to the stream")
BACKLOG = Gauge("tracker_spool_backlog_bytes", "Octets in the spool that the stream does not have yet")
PLANS = Gauge("tracker_link_table_deliveries", "Deliveries whose links this process knows")
CONNECTIONS = Gauge("tracker_intake_connections", "Connections that intake itself answers")
TURNED_AWAY = Counter("tracker_intake_turned_away_total", "Connections refused because there were too many")
TOO_SLOW = Counter("tracker_intake_too_slow_total", "Connections ended: nothing came or was taken in time")
