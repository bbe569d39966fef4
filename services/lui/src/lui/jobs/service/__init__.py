"""Preparing jobs, testing, authorizing and steering them."""

from lui.jobs.repository import JobFilter
from lui.jobs.service.authorize import authorize, reopen, revoke
from lui.jobs.service.control import close, control, follow_end, trigger
from lui.jobs.service.define import define_recipients, set_schedule, set_sender, write_content
from lui.jobs.service.due import send_due, tidy_contents, tidy_files, tidy_snapshots, tidy_uploads
from lui.jobs.service.files import add_file, list_files, read_file, remove_file
from lui.jobs.service.load import Edit, LoadedJob, get_visible_job
from lui.jobs.service.preflight import preflight
from lui.jobs.service.prepare import change_job, copy_job, create_job, delete_job, get_job, list_jobs
from lui.jobs.service.reacting import count_by_reaction, reaction_options
from lui.jobs.service.rehearsing import Rehearsing, rehearse
from lui.jobs.service.testing import decide_test, send_test
from lui.jobs.service.tracking import (
    Choices,
    choose_tracking,
    count_profiles,
    level_reason,
    tracking_choices,
    tracking_warnings_of,
)
from lui.jobs.service.view import (
    JobView,
    ListedJob,
    get_step,
    owner_names,
    preview,
    sample_of,
    shown_schedule,
    snapshot_id_of,
    view_job,
    whole_content,
)

__all__ = [
    "Choices",
    "Edit",
    "JobFilter",
    "JobView",
    "ListedJob",
    "LoadedJob",
    "Rehearsing",
    "add_file",
    "authorize",
    "change_job",
    "choose_tracking",
    "close",
    "control",
    "copy_job",
    "count_by_reaction",
    "count_profiles",
    "create_job",
    "decide_test",
    "define_recipients",
    "delete_job",
    "follow_end",
    "get_job",
    "get_step",
    "get_visible_job",
    "level_reason",
    "list_files",
    "list_jobs",
    "owner_names",
    "preflight",
    "preview",
    "reaction_options",
    "read_file",
    "rehearse",
    "remove_file",
    "reopen",
    "revoke",
    "sample_of",
    "send_due",
    "send_test",
    "set_schedule",
    "set_sender",
    "shown_schedule",
    "snapshot_id_of",
    "tidy_contents",
    "tidy_files",
    "tidy_snapshots",
    "tidy_uploads",
    "tracking_choices",
    "tracking_warnings_of",
    "trigger",
    "view_job",
    "whole_content",
    "write_content",
]
