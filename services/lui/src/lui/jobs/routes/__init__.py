"""Jobs over HTTP."""

from lui.jobs.routes import actions, files, jobs, reacting, rehearsals, steps

routers = (jobs.router, steps.router, files.router, actions.router, rehearsals.router, reacting.router)

__all__ = ["routers"]
