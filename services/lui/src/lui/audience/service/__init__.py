"""Uploads, and the frozen audiences made of them."""

from lui.audience.service.evaluate import checked_settings, define_audience
from lui.audience.service.exports import export_set
from lui.audience.service.profiles import Common, count_common
from lui.audience.service.snapshots import (
    Recipient,
    Shape,
    create_snapshot,
    ensure_partitions,
    forget_snapshots,
    get_snapshot,
    old_snapshots,
    recipient,
    recipients_page,
)
from lui.audience.service.subsets import Audiences, define_subset, load_audiences
from lui.audience.service.uploads import (
    Excerpt,
    NewFile,
    SettingsAsked,
    StoredUpload,
    forget_uploads,
    get_upload,
    look_into,
    old_uploads,
    remove_upload,
    store_upload,
)

__all__ = [
    "Audiences",
    "Common",
    "Excerpt",
    "NewFile",
    "Recipient",
    "SettingsAsked",
    "Shape",
    "StoredUpload",
    "checked_settings",
    "count_common",
    "create_snapshot",
    "define_audience",
    "define_subset",
    "ensure_partitions",
    "export_set",
    "forget_snapshots",
    "forget_uploads",
    "get_snapshot",
    "get_upload",
    "load_audiences",
    "look_into",
    "old_snapshots",
    "old_uploads",
    "recipient",
    "recipients_page",
    "remove_upload",
    "store_upload",
]
