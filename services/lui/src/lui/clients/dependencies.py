"""The neighbours as FastAPI dependencies."""

from typing import Annotated

from fastapi import Depends, Request

from lui.clients.mailer import MailerClient
from lui.clients.mailer_bounces import MailerBouncesClient
from lui.clients.tracker import TrackerClient


def _mailer(request: Request) -> MailerClient:
    resources = request.app.state.resources
    return MailerClient(resources.http, resources.settings)


def _tracker(request: Request) -> TrackerClient:
    resources = request.app.state.resources
    return TrackerClient(resources.http, resources.settings)


def _mailer_bounces(request: Request) -> MailerBouncesClient:
    resources = request.app.state.resources
    return MailerBouncesClient(resources.http, str(resources.settings.mailer_url))


Mailer = Annotated[MailerClient, Depends(_mailer)]
Tracker = Annotated[TrackerClient, Depends(_tracker)]
MailerBounces = Annotated[MailerBouncesClient, Depends(_mailer_bounces)]
