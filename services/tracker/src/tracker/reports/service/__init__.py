"""Answering questions about reactions from the counters, and paging through what was recorded."""

from tracker.reports.service.counting import count_reactions, sum_deliveries
from tracker.reports.service.paging import page_people, page_reactions
from tracker.reports.service.summary import Question, lay_out_delivery, lay_out_live, report_delivery, report_live

__all__ = [
    "Question",
    "count_reactions",
    "lay_out_delivery",
    "lay_out_live",
    "page_people",
    "page_reactions",
    "report_delivery",
    "report_live",
    "sum_deliveries",
]
