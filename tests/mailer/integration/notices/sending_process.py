"""A sender of notices as a process of its own: `sending_process.py DATABASE_URL SMTP_PORT`."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from tests.mailer.integration.notices.world import a_world, notice_settings


async def main(database_url: str, smtp_port: int) -> None:
    async with a_world(notice_settings(database_url, smtp_port)) as world:
        while True:
            await world.loop.once()
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
