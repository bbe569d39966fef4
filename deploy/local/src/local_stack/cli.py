"""The command `tutti`."""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from local_stack import control, status
from local_stack.demo import run as recall
from local_stack.keys import load_or_create
from local_stack.layout import Layout, SmtpServer, StackError
from local_stack.output import complain, say
from local_stack.seed import run as history

app = typer.Typer(no_args_is_help=True, add_completion=False, help="All of Tutti on one machine.")

DataDir = Annotated[Path, typer.Option("--data-dir", help="Folder of everything the stack keeps.")]
PortBase = Annotated[int, typer.Option("--port-base", help="First of its ten ports.")]
Smtp = Annotated[
    str | None, typer.Option("--smtp", help="Mail server to send through instead of the catcher, HOST:PORT.")
]
_DEFAULT_FOLDER = Path(".local")


@contextmanager
def _explained() -> Iterator[None]:
    """A `StackError` ends the command with status 1 and its message, not with a traceback."""
    try:
        yield
    except StackError as problem:
        complain(str(problem))
        raise typer.Exit(1) from None


@app.command()
def up(
    data_dir: DataDir = _DEFAULT_FOLDER,
    port_base: PortBase = 8080,
    smtp: Smtp = None,
    *,
    detach: Annotated[bool, typer.Option("--detach", help="Return when everything is ready.")] = False,
    supervise: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Start PostgreSQL, NATS, hub, lui, tracker, mailer and the mail catcher."""
    with _explained():
        layout = Layout(data_dir.resolve(), port_base)
        gateway = SmtpServer.parse(smtp) if smtp else None
        if detach:
            control.detach(layout, gateway)
        elif supervise:
            control.run_behind(layout, gateway)
        else:
            control.run_in_front(layout, gateway)


@app.command(name="status")
def show_status(
    data_dir: DataDir = _DEFAULT_FOLDER,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say how the stack is doing."""
    report = asyncio.run(status.read(Layout(data_dir.resolve())))
    if as_json:
        say(json.dumps(report, indent=2))
        return
    say(report["state"])
    for name, url in report["urls"].items() if report["state"] != "down" else ():
        say(f"  {name:<8} {url}")
    for process in report["processes"]:
        word = "ready" if process["ready"] else "not ready"
        say(f"  {process['name']:<11} pid {process['pid'] or '-':<8} {word:<10} restarts {process['restarts']}")


@app.command()
def down(data_dir: DataDir = _DEFAULT_FOLDER) -> None:
    """Stop the stack in order."""
    with _explained():
        say("stopped" if control.stop(Layout(data_dir.resolve())) else "nothing was running")


@app.command()
def reset(
    data_dir: DataDir = _DEFAULT_FOLDER,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stop the stack and remove its folder with everything in it."""
    with _explained():
        if not yes:
            typer.confirm(f"Remove {data_dir} and every job, recipient and report in it?", abort=True)
        control.remove(Layout(data_dir.resolve()))
        say(f"removed {data_dir}")


@app.command()
def demo(data_dir: DataDir = _DEFAULT_FOLDER) -> None:
    """Send the demonstration mailing through the running stack and check the report it gives."""
    with _explained():
        layout, report = _running(data_dir)
        recall.run(report, recall.credentials(layout.credentials_file))


@app.command()
def seed(data_dir: DataDir = _DEFAULT_FOLDER) -> None:
    """Fill the running stack with half a year of mailings and reports; what is there already stays."""
    with _explained():
        layout, report = _running(data_dir)
        keys = load_or_create(layout.keys_file)
        history.run(layout, report, recall.credentials(layout.credentials_file), keys.nats_passwords["tracker"])


def _running(data_dir: Path) -> tuple[Layout, dict[str, Any]]:
    """A stack that is up, and its status."""
    layout, _ = status.known_layout(Layout(data_dir.resolve()))
    report = asyncio.run(status.read(layout))
    if report["state"] != "up":
        raise StackError(f"the stack in {layout.data_dir} is {report['state']}; start it with `tutti up --detach`")
    return layout, report


def main() -> None:
    """Entry point of the console command."""
    sys.exit(app())
