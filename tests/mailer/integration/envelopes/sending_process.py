"""A sender as a process of its own, so that a test can kill it: `sending_process.py DATABASE_URL SMTP_PORT`."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from tests.support.builders.mailer import FakeLui, a_mailer, mailer_settings


async def main(database_url: str, smtp_port: int) -> None:
    settings = mailer_settings(database_url, smtp_port, smtp={"connections": 10}, settle_seconds=0.5)
    async with a_mailer(settings, FakeLui()):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
