"""Reports over HTTP."""

from lui.reports.routes.summary import people, router

__all__ = ["people", "router"]
