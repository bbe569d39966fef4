"""The applications of tracker: reports behind a bearer token, intake in front of everything, open to all."""

from collections.abc import Callable

from fastapi import FastAPI

from common.clock import Clock, utc_now, utc_now_ms
from common.contracts.shared import Role
from common.http.app import create_app
from common.http.work import AppResources
from tracker.config import TrackerSettings
from tracker.intake.asgi import IntakeBranch
from tracker.intake.process import IntakeProcess
from tracker.reactions.routes import internal as reacting
from tracker.reactions.routes import privacy
from tracker.reactions.routes import router as judging
from tracker.reactions.routes import rules as judgement_rules
from tracker.reports.routes import internal, questions, router

ANSWERS_VISITS: tuple[Role, ...] = ("all", "public")
"""Roles whose processes have an intake, and so a spool and a link table."""


def reports_app(settings: TrackerSettings, resources: AppResources) -> FastAPI:
    """Reports, for integrators and lui."""
    routers = (router, internal, questions, judging, judgement_rules, reacting, privacy)
    return create_app(settings, resources, title="Tutti tracker", routers=routers)


def bare_app(settings: TrackerSettings, resources: AppResources) -> FastAPI:
    """Health and metrics only: what stands behind an intake that the world can reach."""
    return create_app(settings, resources, title="Tutti tracker", routers=())


def with_intake(app: FastAPI, process: IntakeProcess, clock: Clock) -> IntakeBranch:
    """The application with the intake in front, which is closed when the server has answered everything."""
    return IntakeBranch(app, intake=process.service, now_ms=now_ms(clock), close=process.close)


def now_ms(clock: Clock) -> Callable[[], int]:
    """The clock as intake reads it: milliseconds since 1970."""
    if clock is utc_now:
        return utc_now_ms
    return lambda: int(clock().timestamp() * 1000)
