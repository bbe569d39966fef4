"""Phrases about the sender, the message and the way: nothing in them is about the person."""

from common.contracts.mailer import BounceClass
from mailer.replies import languages
from mailer.replies.kind import Kind

_C = BounceClass
EXPIRED = Kind(
    "time ran out",
    _C.NETWORK,
    (
        "delivery time expired", "queue.expired", "message expired", "message has expired", "message timed out",
        "retry time not reached", "retry timeout exceeded", "delivery retry timeout", "in the queue too long",
        "been in queue too long", "queue too long", "has been failing for a long time",
        "have been failing for a long time", "was not reachable within the allowed queue period",
        "not delivered within", "could not be delivered for more than", "delivery expired", "retry limit",
        "maximum retries", "too many retries", "gave up after", "delivery attempts have failed",
        "it has not been collected after", "message is too old", "message was too old", "exceeded max time",
        "message too old", "queue lifetime", "max time in queue", "message expired after sitting in queue",
        "unable to deliver message for", "time limit for delivery", "retry count exceeded", "time to live",
        "attr_ttl", "delivery timeout", "unable to deliver in",
    ),
    (r"delivery failed \d+ attempts", r"undeliverable for \d+ (?:hours|days)", r"(?<![\d.])[45]\.4\.7(?!\d)",
     r"after (?:trying|\d+ retries|\d+ attempts|\d+ delivery attempts)", r"gave up (?:after|on|trying)"),
)  # fmt: skip
SENDER = Kind(
    "the sender is not accepted",
    _C.POLICY,
    (
        "sender rejected", "sender address rejected", "sender denied", "sender verify failed", "sender unknown",
        "unknown sender", "invalid sender", "bad sender", "sender not", "sender is not", "sender domain",
        "domain of sender", "domain of the sender", "sender's domain", "sending domain",
        "sender email address rejected", "unroutable sender", "unrouteable sender", "could not verify sender",
        "sender verification", "sender address verification", "sender address does not", "sender address is not",
        "sender address must", "sender callout", "envelope sender", "mail from not owned", "null sender",
        "empty envelope sender", "empty sender", "no third-party dsns", "returned mail not accepted",
        "bounce messages are not", "does not accept bounces", "batv", "backscatter", "bouncedeny", "unsigned dsn",
        "emetteur invalide", "email address is not verified", "from domain", "sender is spammer",
        "sender is blocked", "sender blocked", "blocked sender", "banned sender", "blacklisted sender",
        "reject mail from", "rejects mail from", "sender hostname", "bogus mail from", "mail from: domain",
        "mail from domain", "from: domain", "not own the sender", "sender has been", "sender was rejected",
        "fully qualified email address required", "not a registered gateway user", "invalid from",
        "bad reverse-path", "from address is not", "you are not a member", "not member article", "non-member",
        "members-only", "not subscribed to", "not allowed to post", "permission to post", "not authorized to post",
        "specified sender", "your email address has been", "does not like the sender", "no mx for sender",
        "sender pre-approved", "from email address", "sender_denied", "blocked by the recipient",
        "only accepts mail from", "accepting mail from", "sender's address", "only accepting mail from",
        "adresse de l'expediteur", "absender abgelehnt", "absenderadresse", "in reply to mail from",
        "after mail from", "invalid mail from", "envelope from", "closed mailing list", "possible forgery",
        "does not accept mail from", "doesn't accept mail from", "not accept mail from", "senderfilter",
        "sender address not", "sender email",
    ),
    (
        r"[45]\.1\.[78](?!\d)",
        r"5\.5\.4 (?:@ ?:? ?)?invalid domain name",
        r"no mx(?: records?)? for sender",
        r"(?:domain|host)[^.;:]{0,20} mismatch",
        r"(?:sender|from)[ <(\"']{0,3}@[^.;]{0,20} (?:rejected|denied|blocked)",
    ),
)  # fmt: skip
GREYLISTED = Kind(
    "greylisted",
    _C.GREYLISTED,
    ("greylist", "graylist", "grey-list", "gray-list", "grey list", "gray list", "come back later"),
)
BLOCKED = Kind(
    "the sending side is blocked",
    _C.POLICY,
    (
        "blacklist", "black list", "blocklist", "block list", "denylist", "spamhaus", "spamcop", "barracudacentral",
        "dnsbl", "rblsmtpd", "proofpoint", "senderscore", "senderbase", "sorbs", "cloudmark", "reputation",
        "blocked using", "client host", "client was not authenticated", "your ip", "from ip", "ip address is",
        "ip address has", "the ip address", "sender ip", "bad ip", "the ip ", "sending ip", "reverse dns", "rdns",
        "ptr record", "dynamic ip", "open proxy", "open relay", "spf check", "spf fail", "spf record",
        "spf validation", "sender policy framework", "spf:", "(spf", "dkim", "dmarc", "arc validation",
        "not authenticated", "unauthenticated", "authentication required", "authentication is required",
        "authentication checks", "part of their network", "banned", "helo command", "helo name", "ehlo", "bad helo",
        "your host", "your server", "your network", "your mail server", "mail server at", "your isp",
        "access denied, traffic", "tenant has exceeded", "s3150", "s3140", "s843", "connection refused by policy",
        "connection rejected", "dnsrbl", "spambl", "spam block", "refused due to recipient preferences",
        "geographical", "country", "reject fcrdns", "insecure mail relay", "ip for sending", "no access from",
        "local ct ip",
    ),
    (
        r"\b(?:sc|ou|dy|ct)-00\d\b", r"\brbl\b", r"\buribl\b", r"\bspf\b", r"listed (?:in|at|on|by) \S+",
        r"\b(?:host|ip|client)\b[^.;:]{0,40} (?:is |was |been )?(?:blocked|rejected|refused|denied|banned)",
        r"\bserver\b[^.;:]{0,40} (?:is|was|been) (?:blocked|rejected|refused|denied|banned)",
    ),
)  # fmt: skip
SPAM = Kind(
    "the content is refused",
    _C.CONTENT_REFUSED,
    (
        "spam", "virus", "malware", "phish", "unsolicited", "bulk mail", "bulk email", "ube,", "content rejected",
        "content denied", "content refused", "content filter", "message content", "banned content",
        "banned attachment", "illegal attachment", "attachment type", "attachments", "prohibited",
        "message filtered", "message was filtered", "unacceptable content", "reject, id=", "rejected, id=",
        "bad content", "suspicious", "message rejected as", "header error", "invalid header", "rfc 5322", "rfc 2822",
        "rfc 822", "bare lf", "bare cr", "message refused", "message looks like", "mail rejete", "mail rejected",
        "considered unsolicited", "junk mail", "junk email", "bounce attack", "mass mailer", "low priority",
        "conversion to internet format", "conversion failed", "8bitmime", "infected",
    ),
)  # fmt: skip
RATE = Kind(
    "too much at once",
    _C.RATE_LIMITED,
    (
        "too many messages", "too many connections", "too many mails", "too many recipients", "too many sessions",
        "too many concurrent", "too many errors", "too many simultaneous", "no valid recipients from",
        "rate limit", "ratelimit", "throttl",
        "frequency limited", "sending limit", "daily limit", "hourly limit", "per hour", "messages per",
        "unusual rate", "slow down", "concurrency limit", "thread limit", "receiving mail at a rate",
        "receiving mail too quickly", "trop de connexions", "recipient limit", "reciplimit", "recipientlimit",
        "exceeded permitted limits", "exceeded their limit", "exceeding receiving limits",
        "try again later, closing", "temporarily deferred", "deferred due to", "server busy", "server too busy",
        "system busy", "quota exceeded for messages", "submission quota", "daily quota", "hourly quota",
        "zu viele nachrichten", "zu viele verbindungen", "zu viele empfanger",
    ),
    (
        r"exceeded the (?:maximum|max|allowed) number of (?:messages|emails|recipients)",
        r"message(?:s)? (?:rate|limit) exceeded",
        r"sends? (?:too )?many (?:messages|mails)",
        r"(?:too many|number of) (?:\w+ )?(?:invalid|unknown|bad|wrong|non-?existent) (?:recipients|users|addresses)",
    ),
)  # fmt: skip
DIRECTORY = Kind(
    "their directory is in disorder",
    _C.NETWORK,
    (
        "not unique", "resolve route", "several matches", "multiple matches", "address ambiguous", "mailbox ambiguous",
        "adr.ambiguous",
        "ambiguous recipient", "ambiguous address", "primary smtp address is missing", "badprimary", "adr.badprimary",
        "invalidinsmtp",
        *languages.UNKNOWN_THINGS,
    ),
    (
        r"(?<!no )(?<!new )forwarding address",
        r"(?<!user )(?<!alias )(?:route|file|certificate|dns server|name ?server) not found",
    ),
)  # fmt: skip
TROUBLE = Kind(
    "the way there is broken",
    _C.NETWORK,
    (
        "unknown mailer error", "mailer error", "unknown error", "unknown reason", "connection timed out",
        "connection timeout", "operation timed out", "connection refused", "connection reset", "connection dropped",
        "connection failed", "connection was dropped", "lost connection", "timed out while", "conversation with",
        "not accepting connections",
        "no route to host", "network is unreachable", "network unreachable", "host unreachable",
        "host is unreachable", "host is down", "host not reachable", "not found, try again", "failure, try again",
        "temporary failure", "temporary lookup failure", "temporary error", "temporarily failed",
        "temporary local problem", "server did not respond", "did not respond", "not responding",
        "no answer from host", "could not connect", "can't connect", "cannot connect", "unable to connect",
        "wasn't able to establish an smtp connection", "unable to establish", "smtp connection failed",
        "dns lookup failure", "dns error: could not contact", "malformed name server",
        "malformed or unexpected name server", "servfail", "dns soft error", "mail loop", "loops back", "mxloopback",
        "hop count", "too many hops", "maximum hop", "routing loop", "message looping", "forwarding loop",
        "loop detected", "loop was found", "loop condition", "too many received", 'too many "received"',
        "points to local host", "local configuration error", "configuration error", "system config error",
        "misconfigured", "service unavailable", "service currently unavailable", "service not available",
        "service temporarily", "internal error", "internal server error", "system error", "server error",
        "system resources", "queue file write", "write error", "ldap", "storedrv", "starttls", "tls required",
        "tls is required", "requires encryption", "certificate", "handshake", "broken pipe",
        "command died", "delivery to pipe forbidden", "delivery to file forbidden", "local delivery failed",
        "procmail", "mdb", "all relevant mx records point to non-existent", "best-preference mx", "could be reached",
        "dns records for the destination computer", "create user output file", "create output", "i/o error",
        "input/output error", "network error", "bad connection", "is broken", "interrupted system call",
        "nameserver query",
        "connection closed", "server not responding",
        "disconnected", "timeout", "nicht erreichbar", "tempfail",
    ),
)  # fmt: skip
RELAY = Kind(
    "relaying is not allowed",
    _C.POLICY,
    (
        "relay denied", "relaying denied", "relay access denied", "relay not permitted", "relaying not permitted",
        "relaying not allowed", "relay not allowed", "unable to relay", "not permitted to relay",
        "not allowed to relay", "relaying prohibited", "relaying to", "relaying blocked", "relaying mail",
        "to relay", "rcpthost", "we do not relay", "not relay", "relay prohibited", "no relaying",
        "relaying disallowed", "relaying is", "not a gateway", "norelay", "relay is not", "local user only",
        "auth failed", "authentication failed", "authentication mechanism",
    ),
)  # fmt: skip
REFUSED = Kind(
    "refused by a policy",
    _C.POLICY,
    (
        "block", "denied", "policy", "policies", "not permitted", "not authorized", "not authorised",
        "notauthorized", "authrequired", "not allowed", "administrative prohibition", "prohibit", "violation",
        "organizational settings", "rejected", "refused", "refuse", "restricted", "not accepted", "unwanted", "go away",
        "bounced by administrator", "disallowed", "security", "abgelehnt", "rechazado", "rejeitad", "rifiutat",
        "geweigerd", "отклонен", "не принят", "拒绝", "拒否",
    ),
    is_vague=True,
)  # fmt: skip
LATER = Kind(
    "asks to come back",
    _C.NETWORK,
    ("try again", "try later", "please retry", "tempor"),
    is_vague=True,
)
COMMANDS = Kind(
    "the servers misunderstood each other",
    _C.PROTOCOL,
    (
        "bad sequence", "command not implemented", "unrecognized command", "command unrecognized", "not implemented",
        "syntax error", "protocol error", "unexpected response", "invalid command", "command rejected",
        "parameter not implemented", "need rcpt", "polite people say",
    ),
    is_vague=True,
)  # fmt: skip
