"""Signing keys, the records that receivers need, and who signs which delivery."""

from mailer.signing.errors import KeysUnreadable
from mailer.signing.rules import Judgement, RecordState
from mailer.signing.service.administer import (
    activate_key,
    check_key,
    create_key,
    delete_key,
    list_keys,
    retire_key,
    show_key,
)
from mailer.signing.service.freeze import freeze_keys, release_keys, remove_deleted, signer_of, unreadable
from mailer.signing.service.records import ActiveKey, active_keys, check_due, look_up
from mailer.signing.signer import Signer

__all__ = [
    "ActiveKey",
    "Judgement",
    "KeysUnreadable",
    "RecordState",
    "Signer",
    "activate_key",
    "active_keys",
    "check_due",
    "check_key",
    "create_key",
    "delete_key",
    "freeze_keys",
    "list_keys",
    "look_up",
    "release_keys",
    "remove_deleted",
    "retire_key",
    "show_key",
    "signer_of",
    "unreadable",
]
