"""The applications of lui: the one people work with, and the subscriber pages, which have an origin of their own."""

from fastapi import FastAPI

from common.contracts.shared import Role
from common.http.app import create_app
from common.service.resources import Resources
from lui import spa
from lui.access import routes as access
from lui.access.caller import SessionCallers
from lui.action_tags import routes as action_tags
from lui.audience import routes as audience
from lui.clients.hub import HubClient
from lui.config import LuiSettings
from lui.content import routes as content
from lui.dashboard import routes as dashboard
from lui.deliveries import routes as deliveries
from lui.jobs import routes as jobs
from lui.notices import routes as notices
from lui.passthrough import routes as passthrough
from lui.report_mails import routes as report_mails
from lui.reports import routes as reports
from lui.statistics import routes as statistics
from lui.subscriber_pages import routes as subscriber_pages

FORM_OVERHEAD = 1024 * 1024
JOB_BODY_OCTETS = 16 * 1024 * 1024
"""HTML and text part at their longest, however many octets their characters take."""

ROUTERS = (
    access.router,
    action_tags.router,
    audience.router,
    statistics.router,  # before jobs: one of its paths begins like theirs
    *jobs.routers,
    content.internal_router,
    deliveries.router,
    deliveries.internal_router,
    reports.router,
    reports.people,
    *reports.routers,
    dashboard.router,
    report_mails.router,
    notices.internal_router,
    passthrough.router,
    spa.router,  # last: it answers whatever nobody else does
)
PUBLIC_ROUTERS = (subscriber_pages.router,)


def build(settings: LuiSettings, resources: Resources, role: Role) -> FastAPI:
    """The application of a role; `public` knows no session and no route of the API."""
    if role == "public":
        return create_app(settings, resources, title="lui, subscriber pages", routers=PUBLIC_ROUTERS)
    callers = SessionCallers(settings, HubClient(resources.http, settings), resources.bearer)
    app = create_app(
        settings,
        resources,
        title="lui",
        routers=ROUTERS,
        caller_resolver=callers.resolve,
        body_limits={
            "/api/v1/uploads": settings.upload_max_bytes + FORM_OVERHEAD,
            "/api/v1/jobs": max(JOB_BODY_OCTETS, settings.file_max_bytes + FORM_OVERHEAD),
        },
    )
    app.state.session_callers = callers
    return app
