"""PostgreSQL refuses to run as root: who it runs as instead, and what that user can reach."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

_CANDIDATES = ("postgres", "nobody", "daemon")


class RunAs(TypedDict, total=False):
    """Keyword arguments of `subprocess` that drop privileges; empty when there are none to drop."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class EngineUser:
    """The user the database server runs as."""

    uid: int
    gid: int

    @property
    def drops(self) -> bool:
        """Whether this is somebody else than the caller."""
        return self.uid != os.geteuid()

    def run_as(self) -> RunAs:
        """What to pass to `subprocess`."""
        return RunAs(user=self.uid, group=self.gid, extra_groups=[]) if self.drops else RunAs()

    def own(self, folder: Path) -> None:
        """Make `folder` and make it this user's, closed to everybody else."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.drops:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def own_file(self, path: Path) -> None:
        """Make a file of ours this user's, closed to everybody else."""
        path.chmod(0o600)
        if self.drops:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this user can walk to `path`; folders such as a private home stand in the way."""
        if not self.drops:
            return True
        test = shutil.which("test") or "/usr/bin/test"
        command = [test, "-x", str(path)]
        return subprocess.run(command, check=False, cwd="/", **self.run_as()).returncode == 0  # noqa: S603  fixed command


def engine_user() -> EngineUser:
    """The caller, or an existing unprivileged user when the caller is root; no user is ever created."""
    if os.geteuid() != 0:
        return EngineUser(os.geteuid(), os.getegid())
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return EngineUser(entry.pw_uid, entry.pw_gid)
    return EngineUser(65534, 65534)  # the kernel's overflow user: owns nothing anywhere
