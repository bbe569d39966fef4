"""Answering questions about reactions, and keeping questions and answers."""

from lui.reports.service.summary import Basis, bounce_report, events_over_time, read_basis, sum_events

__all__ = ["Basis", "bounce_report", "events_over_time", "read_basis", "sum_events"]
