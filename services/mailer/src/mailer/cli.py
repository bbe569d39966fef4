"""The console command of mailer."""

from pathlib import Path
from typing import Annotated

import typer

from common.contracts.mailer import MailerSeenV1
from common.service.cli import Service, make_cli
from mailer.app import create_app
from mailer.bounces.explain import explain_file
from mailer.config import MailerSettings
from mailer.tables import MESSAGING
from mailer.worker import SUBSCRIPTIONS, tasks

SERVICE = Service(
    name="mailer",
    settings=MailerSettings,
    tables=MESSAGING,
    seen=MailerSeenV1,
    create_app=create_app,
    subscriptions=SUBSCRIPTIONS,
    tasks=tasks,
)
cli = make_cli(SERVICE)


@cli.command("bounce-explain")
def bounce_explain(files: Annotated[list[Path], typer.Argument(help="Messages as they were received.")]) -> None:
    """Say what each file reports: one JSON line a file, whatever it holds."""
    for file in files:
        typer.echo(explain_file(file))
