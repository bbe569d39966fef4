"""Jobs over HTTP."""

from lui.jobs.routes import actions, jobs, steps

routers = (jobs.router, steps.router, actions.router)

__all__ = ["routers"]
