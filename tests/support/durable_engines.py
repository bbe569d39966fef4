"""Engines that sync as they do in production: for whatever is measured or compared with something that syncs."""

from pathlib import Path

from tests.support.engines import Nats, Postgres


class DurablePostgres(Postgres):
    """A commit is on the disk."""

    def command(self) -> list[str]:
        """With syncs."""
        off = ("fsync=off", "full_page_writes=off", "shared_buffers=64MB")
        on = ("fsync=on", "full_page_writes=on", "shared_buffers=256MB")
        given = dict(zip(off, on, strict=True))
        return [given.get(part, part) for part in super().command()]


class DurableNats(Nats):
    """A message that is acknowledged is on the disk."""

    def __init__(self, configuration: str = "") -> None:
        super().__init__(configuration)
        file = Path(self.home) / "nats.conf"
        file.write_text(file.read_text().replace('/store"\n', '/store"\n  sync_interval: "always"\n'))
