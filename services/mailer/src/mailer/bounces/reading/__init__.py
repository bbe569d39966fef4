"""Reading what comes back; `read_report` is all that others need."""

from mailer.bounces.reading.report import read_report

__all__ = ["read_report"]
