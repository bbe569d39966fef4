"""Short mails to the people who work with the installation, with a ledger of their own."""

from mailer.notices.rules import Outcome, Terms
from mailer.notices.service.accept import accept
from mailer.notices.service.fetch import Fetcher, Source
from mailer.notices.service.look import count_waiting, forget, is_due, list_notices, open_among
from mailer.notices.service.send import From, Letter, claim_letter, settle
from mailer.notices.service.sign import Signing

__all__ = [
    "Fetcher",
    "From",
    "Letter",
    "Outcome",
    "Signing",
    "Source",
    "Terms",
    "accept",
    "claim_letter",
    "count_waiting",
    "forget",
    "is_due",
    "list_notices",
    "open_among",
    "settle",
]
