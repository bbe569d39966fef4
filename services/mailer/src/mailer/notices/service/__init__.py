"""Short mails to the people who work with the installation, with a ledger of their own."""

from mailer.notices.rules import Outcome, Terms
from mailer.notices.service.accept import accept
from mailer.notices.service.fetch import Fetcher, Source
from mailer.notices.service.look import count_waiting, forget, is_due, list_notices
from mailer.notices.service.send import From, Letter, claim_letter, settle

__all__ = [
    "Fetcher",
    "From",
    "Letter",
    "Outcome",
    "Source",
    "Terms",
    "accept",
    "claim_letter",
    "count_waiting",
    "forget",
    "is_due",
    "list_notices",
    "settle",
]
