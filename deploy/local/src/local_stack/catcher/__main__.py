"""`python -m local_stack.catcher FOLDER --http-port N --smtp-port N`: one process, both servers."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from local_stack.catcher.app import create_app
from local_stack.catcher.smtp import listen
from local_stack.catcher.store import MessageStore
from local_stack.layout import LOOPBACK


async def _serve(folder: Path, host: str, http_port: int, smtp_port: int) -> None:
    store = MessageStore(folder)
    close_smtp = await listen(store, host, smtp_port)
    config = uvicorn.Config(create_app(store), host=host, port=http_port, log_level="warning", access_log=False)
    try:
        await uvicorn.Server(config).serve()
    finally:
        await close_smtp()
        store.close()


def run(
    folder: Path,
    http_port: Annotated[int, typer.Option()],
    smtp_port: Annotated[int, typer.Option()],
    host: Annotated[str, typer.Option()] = LOOPBACK,
) -> None:
    """Catch mail until SIGTERM."""
    asyncio.run(_serve(folder, host, http_port, smtp_port))


typer.run(run)
