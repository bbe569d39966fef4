"""The neighbours as FastAPI dependencies."""

from typing import Annotated

from fastapi import Depends, Request

from lui.clients.mailer import MailerClient
from lui.clients.mailer_bounces import MailerBouncesClient
from lui.clients.reactions import MailerReactions, Reactions, TrackerReactions
from lui.clients.tracker import TrackerClient
from lui.clients.tracker_reports import TrackerReportsClient


def _mailer(request: Request) -> MailerClient:
    resources = request.app.state.resources
    return MailerClient(resources.http, resources.settings)


def _tracker(request: Request) -> TrackerClient:
    resources = request.app.state.resources
    return TrackerClient(resources.http, resources.settings)


def _tracker_reports(request: Request) -> TrackerReportsClient:
    resources = request.app.state.resources
    return TrackerReportsClient(resources.http, resources.settings)


def _mailer_bounces(request: Request) -> MailerBouncesClient:
    resources = request.app.state.resources
    return MailerBouncesClient(resources.http, str(resources.settings.mailer_url))


def _reactions(request: Request) -> Reactions:
    resources = request.app.state.resources
    http, settings = resources.http, resources.settings
    return Reactions(TrackerReactions(http, settings), MailerReactions(http, settings))


Mailer = Annotated[MailerClient, Depends(_mailer)]
Tracker = Annotated[TrackerClient, Depends(_tracker)]
MailerBounces = Annotated[MailerBouncesClient, Depends(_mailer_bounces)]
ReactionsOf = Annotated[Reactions, Depends(_reactions)]
TrackerReports = Annotated[TrackerReportsClient, Depends(_tracker_reports)]
