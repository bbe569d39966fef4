"""The former home of `mailer.bounces.reading`."""

from mailer.bounces.reading import read_report

__all__ = ["read_report"]
