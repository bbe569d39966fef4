"""Jobs over HTTP."""

from lui.jobs.routes import actions, files, jobs, reacting, rehearsals, steps, tracking

routers = (jobs.router, steps.router, tracking.router, files.router, actions.router, rehearsals.router, reacting.router)

__all__ = ["routers"]
