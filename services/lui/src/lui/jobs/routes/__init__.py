"""Jobs over HTTP."""

from lui.jobs.routes import actions, jobs, rehearsals, steps

routers = (jobs.router, steps.router, actions.router, rehearsals.router)

__all__ = ["routers"]
