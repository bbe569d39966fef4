"""Phrases about an address at which nobody will ever take mail, whoever writes."""

from common.contracts.mailer import BounceClass
from mailer.replies import languages
from mailer.replies.kind import Kind

_C = BounceClass
_GAP = r"[^.;:]{0,60}?"
_SOMEBODY = r"(?:user|recipient|mailbox|address|account|addressee|alias|local part|inbox|subscriber|member|username)"

SYNTAX = Kind(
    "that is not an address",
    _C.ADDRESS_SYNTAX,
    (
        "malformed address", "bad address syntax", "address syntax", "invalid address syntax",
        "syntax error in address", "illegal address", "malformed recipient", "domain missing",
        "angle-brackets nested", "missing or malformed local part", "bad destination mailbox address syntax",
        "invalid mailbox syntax", "invalid characters in address", "storedrv.submit; invalid recipient address",
        "address contains invalid", "invalid address format",
    ),
    is_about_address=True,
)  # fmt: skip
MOVED = Kind(
    "the person has moved",
    _C.UNKNOWN_MAILBOX,
    (
        "has moved", "user has moved", "has been replaced by", "address has changed", "address changed",
        "new address is", "no longer works", "no longer at", "no longer with", "no longer valid",
        "no longer available", "no longer exists", "no longer in use", "no longer accepts mail", "no longer active",
        "no longer on server", "no longer an employee", "no longer used", "no longer here", "no longer employed",
        "mailbox has been deleted", "account has been deleted", "account was deleted", "account deleted",
        "account has been closed", "account closed", "account is closed", "discontinued account",
        "account has been removed", "address has been removed", "has left the company", "has been terminated",
        "account terminated", "user has left", *languages.MOVED,
    ),
    (r"no longer[^.;:]{0,40}(?:account|mailbox|address|employee|here|works|valid|exist)",),
    is_about_address=True,
)  # fmt: skip
UNKNOWN = Kind(
    "nobody has that address",
    _C.UNKNOWN_MAILBOX,
    (
        "wrong recipient", "not have an account", "lookup in domain map failed", "not a member of domain",
        "no such mail drop", "no one with that email", "doesn't handle mail for that user", "find alias user",
        "user path no exist", "recipient cannot be verified", "was not found in ldap", "not found in ldap",
        "no match for", "user unknown", "unknown user", "user not found", "user not known",
        "user not exist", "user invalid", "userunknown", "usernotfound", "nosuchuser", "nosuchmailbox",
        "nosuchrecipient", "no such user", "no such mailbox",
        "no such recipient", "no such address", "no such person", "no such account", "no such local user",
        "no such local", "no such email", "no such name", "no such id", "no user", "no mailbox", "no mail box",
        "no account by that name", "no valid recipients", "no valid recipient", "no recipient", "recipient unknown",
        "unknown recipient", "recipient not found", "recipnotfound", "recipientnotfound", "recipient invalid",
        "invalid recipient", "invalid-recipient", "recipient does not exist", "recipient not exist",
        "recipient is unknown", "recipient not recognized", "recipient name is not recognized",
        "recipient is not local", "recipient address unknown", "bad destination mailbox", "bad destination email",
        "bad recipient", "unknown mailbox", "mailbox unknown", "mailbox not found", "mailbox does not exist",
        "mailbox doesn't exist", "invalid mailbox", "mailbox invalid", "mailbox not present",
        "mailbox is unavailable: user not found", "unknown address", "address unknown", "address does not exist",
        "address doesn't exist", "address not found", "address invalid", "invalid address",
        "address not present in directory", "address wasn't found", "address couldn't be found",
        "address could not be found", "address is wrong", "address you entered couldn't be found",
        "unknown email address", "unknown e-mail address", "unknown local", "unknown account", "account unknown",
        "account does not exist", "account doesn't exist", "account not found", "invalid account",
        "unknown virtual user", "invalid or unknown virtual user", "not listed in domino", "nonexistent user",
        "non-existent user", "non existent user", "nonexistent mailbox", "nonexistent recipient",
        "unknown addressee", "unknown destination", "invalid user", "invalid final delivery userid",
        "invalid destination", "undeliverable address", "destination addresses were unknown", "doesn't have a yahoo",
        "this user doesn't have", "not a known user", "not a valid mailbox", "not a valid recipient",
        "not a valid user", "not a valid address", "not a valid email", "is not valid mailbox",
        "not a local address", "not an active address", "not our customer", "not email addresses",
        "not in name directory", "not listed in public name", "in name directory", "not known here", "unknown here",
        "not on this server", "not found on this server", "does not exist on", "does not exist at",
        "doesn't exist at", "doesn't exist on", "there is no one at this address", "unable to find recipient",
        "email name is not found", "badrcptto", "badrecipientto", "not in my validrcptto", "validrcptto",
        "user account is unavailable", "no thank you rejected: account unavailable", "550 mailbox not available",
        "unrouteable address", "unroutable address", "user missing home directory", "can't accept user",
        "cannot find user", "cannot find system user", "could not find user", "name does not refer to",
        "has no mail account", "delivered to unknown", "entered recipient address is wrong",
        "this spectator does not exist", "unknown userid", "not recognized as a user", "we do not have",
        "recipient not ok", "not a user", "unable to verify user", "no one here by that name",
        "nobody here by that name", "not a registered", "unregistered user", "user is unknown", "wrong address",
        "cname lookup failed permanently", "000c05a6", "unknown or illegal", "unknown or invalid", "illegal alias",
        "illegal user", "illegal host/domain", "incorrect address", *languages.UNKNOWN,
    ),
    (
        (
            rf"{_SOMEBODY}{_GAP} (?:is |was |are |were |has |been )?(?:unknown|not (?:be )?found|(?:does|do"
            rf"|did)(?: not|n't) exist|non-?existent|not exist|not known|not valid|invalid|not recognized"
            rf"|not registered)"
        ),
        rf"(?:unknown|no such|invalid|nonexistent|cannot find|bad) {_GAP}{_SOMEBODY}\b",
        (
            r"@ ?(?:\.\.\.)? ?(?:is |was )?(?:not found|unknown|does not exist|doesn't exist|user unknown|invalid"
            r"|not valid)"
        ),
        r"said: 550[- ]5\.1\.1",
        r"(?<![\d.])5\.4\.1 .{0,20}recipient address rejected: access denied",
        r"(?:ofr|lpn|ouk)[a-z\d]*[-_ ]?416",
        r"unknown \S{1,40} user",
    ),
    is_about_address=True,
)  # fmt: skip
NO_SERVICE = Kind(
    "that domain takes no mail",
    _C.UNKNOWN_DOMAIN,
    (
        "does not accept mail", "doesn't accept mail", "no smtp service", "null mx", "nullmx",
        "host/domain does not accept", "no mx record found", "name server: .: host not found",
        "domain does not accept", "mail service is not available for this domain",
        "no host found for existing smtp connection", "no route for current request",
    ),
    is_about_address=True,
)  # fmt: skip
UNKNOWN_HOST_ABROAD = Kind(
    "nobody has that domain",
    _C.UNKNOWN_DOMAIN,
    languages.UNKNOWN_HOST,
    is_about_address=True,
)
UNKNOWN_HOST = Kind(
    "nobody has that domain",
    _C.UNKNOWN_DOMAIN,
    (
        "host or domain name not found", "domain name not found", "domain not found", "domain does not exist",
        "domain doesn't exist", "no such domain", "unknown domain", "domain unknown", "invalid domain",
        "host unknown", "unknown host", "unknown mail host", "host not found", "hostname unknown",
        "name or service not known", "no such host", "couldn't find any host", "could not find any host",
        "couldn't find a mail exchanger", "host lookups failed", "host address lookups failed permanently",
        "nxdomain", "non-existent domain", "nonexistentdomain", "non existent domain", "name server: host not found",
        "domain must exist", "domain is not reachable", "unrouteable mail domain", "unrouteable domain",
        "unroutable domain", "unroutable mail domain", "no mx or a", "no mx host", "no mx for", "no mx records",
        "no dns information", "dns hard error", "bad destination host", "bad destination system",
        "domain isn't found", "domain wasn't found", "domain couldn't be found", "domain isn't valid",
        "no data record of requested type", "could not be resolved", "remote domain doesnt exist",
        "domain may not exist", "find the recipient domain", "returned answer with no data",
        "dns server returned answer", "unresolvable", "unable to resolve",
        "domain has no mx", "mail domain mentioned in email address is unknown", "no a or mx",
        "could not find a gateway for", "host is unknown", "domain name is not", "unknown system", "no valid host",
        "no such server", "domain is unknown", "no mail exchanger", "has no mail exchanger", "name service error",
        "domain name could not be found", "infonohost",
    ),
    (
        r"(?:host|domain)[^.;:]{0,60} (?:is |was |has )?(?:unknown|not (?:be )?found|no mx|not exist)",
        r"(?:host|domain)[^.;:]{0,60} (?:does not|doesn't) exist",
    ),
    is_about_address=True,
)  # fmt: skip
MAYBE_UNKNOWN = Kind(
    "nobody takes mail there, it seems",
    _C.UNKNOWN_MAILBOX,
    (
        "mailbox unavailable", "mailbox not available", "mailbox unavaiable", "inactive email address",
        "address rejected",
        "recipient rejected", "rejected recipient", "rejected address", "recipients rejected",
        "recipient address rejected", "mailbox is unavailable",
        "recipient is not accepted", "recipient not accepted", "envelope recipient has been denied",
        "the following recipients was undeliverable", "account unavailable", "unavailable mailbox", "address error",
        "user unavailable", "does not exist", "doesn't exist", "not exist", "not found",
    ),
    is_about_address=True,
    is_vague=True,
)  # fmt: skip
