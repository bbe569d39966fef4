"""Processes at one gateway that look again."""

from mailer.gateways.service import Gateways


async def refreshed(*processes: Gateways) -> None:
    for process in processes:
        await process.refresh()
