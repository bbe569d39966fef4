"""Jobs over HTTP."""

from lui.jobs.routes import actions, files, jobs, rehearsals, steps

routers = (jobs.router, steps.router, files.router, actions.router, rehearsals.router)

__all__ = ["routers"]
