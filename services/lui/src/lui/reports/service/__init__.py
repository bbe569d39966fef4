"""Answering questions about reactions, and keeping questions and answers."""

from lui.reports.repository import ReportsWanted
from lui.reports.service.facts import Reader
from lui.reports.service.kept import get_kept, keep_result, list_kept, shown_kept, shown_result
from lui.reports.service.library import (
    Change,
    change_folder,
    change_report,
    copy_report,
    delete_folder,
    delete_report,
    get_report,
    list_folders,
    list_reports,
    look_into_saved,
    make_folder,
    save_report,
    shown_folders,
    shown_reports,
)
from lui.reports.service.live import watch_job
from lui.reports.service.offer import possibilities, quick
from lui.reports.service.pages import all_pages, one_page
from lui.reports.service.rows import Page
from lui.reports.service.run import (
    Answering,
    Question,
    answer_question,
    look_into,
    run_report,
)
from lui.reports.service.summary import Basis, bounce_report, events_over_time, read_basis, sum_events

__all__ = [
    "Answering",
    "Basis",
    "Change",
    "Page",
    "Question",
    "Reader",
    "ReportsWanted",
    "all_pages",
    "answer_question",
    "bounce_report",
    "change_folder",
    "change_report",
    "copy_report",
    "delete_folder",
    "delete_report",
    "events_over_time",
    "get_kept",
    "get_report",
    "keep_result",
    "list_folders",
    "list_kept",
    "list_reports",
    "look_into",
    "look_into_saved",
    "make_folder",
    "one_page",
    "possibilities",
    "quick",
    "read_basis",
    "run_report",
    "save_report",
    "shown_folders",
    "shown_kept",
    "shown_reports",
    "shown_result",
    "sum_events",
    "watch_job",
]
