"""The fixtures of the reports' tests: statistics are made of the same things."""

from tests.lui.integration.reports.conftest import client, counting, desk, job_id, world

__all__ = ["client", "counting", "desk", "job_id", "world"]
