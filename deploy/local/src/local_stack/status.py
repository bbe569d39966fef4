"""How a stack is doing, asked of the processes themselves."""

import asyncio
from typing import Any

from local_stack import probes
from local_stack.layout import Layout
from local_stack.probes import Probe
from local_stack.state import StackState, SupervisorLock

_URLS = ("lui", "hub", "tracker", "mailer", "catcher", "nats")


def known_layout(layout: Layout) -> tuple[Layout, StackState | None]:
    """The layout with the ports the stack in this folder was last started with, and what it wrote down."""
    state = StackState.load(layout)
    return (Layout(layout.data_dir, state.port_base), state) if state else (layout, None)


def _probe(layout: Layout, name: str, postgres: str) -> Probe:
    match name:
        case "postgres":
            return probes.postgres(postgres)
        case "nats":
            return probes.greeting(layout.port("nats"), b"INFO")
        case _:
            return probes.http(layout.port(name), "/health/ready")


async def read(layout: Layout) -> dict[str, Any]:
    """The document of `tutti status --json`."""
    layout, state = known_layout(layout)
    alive = state is not None and SupervisorLock.is_held(layout)
    processes = []
    if alive and state is not None:
        running = [process.is_alive() for process in state.processes]
        answers = await asyncio.gather(*(_probe(layout, p.name, state.postgres)() for p in state.processes))
        processes = [
            {
                "name": process.name,
                "service": process.service,
                "role": process.role,
                "pid": process.pid if runs else None,
                "ready": runs and answer,
                "restarts": process.restarts,
            }
            for process, runs, answer in zip(state.processes, running, answers, strict=True)
        ]
    return {
        "state": _word(state if alive else None, processes),
        "urls": {name: layout.url(name) for name in _URLS},
        "postgres": state.postgres if state else "",
        "smtp": str(layout.catcher_smtp),
        "bounces": str(layout.bounces),
        "processes": processes,
    }


def _word(state: StackState | None, processes: list[dict[str, Any]]) -> str:
    if state is None:
        return "down"
    return "up" if state.phase == "up" and all(process["ready"] for process in processes) else "degraded"
