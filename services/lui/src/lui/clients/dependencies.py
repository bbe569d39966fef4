"""The neighbours as FastAPI dependencies."""

from typing import Annotated

from fastapi import Depends, Request

from lui.clients.mailer import MailerClient
from lui.clients.tracker import TrackerClient


def _mailer(request: Request) -> MailerClient:
    resources = request.app.state.resources
    return MailerClient(resources.http, resources.settings)


def _tracker(request: Request) -> TrackerClient:
    resources = request.app.state.resources
    return TrackerClient(resources.http, resources.settings)


Mailer = Annotated[MailerClient, Depends(_mailer)]
Tracker = Annotated[TrackerClient, Depends(_tracker)]
