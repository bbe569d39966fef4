"""Saved reports that are mailed on schedule."""

from lui.report_mails.service.define import (
    ask_for,
    change_mail,
    create_mail,
    delete_mail,
    list_mails,
    shown_mails,
)
from lui.report_mails.service.due import Claimed, claim_due, forget_runs
from lui.report_mails.service.prepare import Prepared, Preparing, prepare
from lui.report_mails.service.settle import settle

__all__ = [
    "Claimed",
    "Prepared",
    "Preparing",
    "ask_for",
    "change_mail",
    "claim_due",
    "create_mail",
    "delete_mail",
    "forget_runs",
    "list_mails",
    "prepare",
    "settle",
    "shown_mails",
]
