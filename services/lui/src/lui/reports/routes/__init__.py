"""Reports over HTTP."""

from lui.reports.routes import kept, library, live, query
from lui.reports.routes.summary import people, router

routers = (query.router, library.router, kept.router, live.router)

__all__ = ["people", "router", "routers"]
