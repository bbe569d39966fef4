"""Do what each image's build does, in a throw-away folder: no container engine is needed, a package index is.

    python deploy/ci/check_images.py [IMAGE …]

Every instruction of every Dockerfile is carried out in order with the image's own folders (/src, /app, …) moved
into the throw-away folder; FROM stands for an empty folder and the interpreter or Node of this machine. Left out
is what needs a root of its own (users, volumes). In the end the image's command must run.
"""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILES = {
    **{name: ROOT / f"services/{name}/Dockerfile" for name in ("hub", "lui", "tracker", "mailer")},
    "catcher": ROOT / "deploy/local/Dockerfile",
}
_MOVED = re.compile(r"(?<![\w./-])/(src|app|build|wheels|data)\b")
_NEEDS_A_ROOT = ("useradd",)
_STEP_SECONDS = 900


def instructions(dockerfile: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, continued lines joined."""
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", "\n", "\n".join(lines).replace("\\\n", " "))
    return [(word, rest.strip()) for line in joined.splitlines() if line for word, _, rest in [line.partition(" ")]]


def ignored(path: str, patterns: list[str]) -> bool:
    """Whether .dockerignore keeps a path of the repository out of the build; the last pattern that fits decides."""
    out = False
    for pattern in patterns:
        keeps = pattern.startswith("!")
        body = pattern.removeprefix("!").removeprefix("**/")
        anywhere = "**/" in pattern
        prefixes = [path, *[str(parent) for parent in Path(path).parents if str(parent) != "."]]
        names = [Path(prefix).name for prefix in prefixes] if anywhere else prefixes
        if any(fnmatch.fnmatchcase(name, body) and (anywhere or name.count("/") == body.count("/")) for name in names):
            out = not keeps
    return out


class StepFailed(Exception):
    """A RUN instruction ended with a failure; carries its output."""


@dataclass
class Stage:
    """One FROM: a folder that stands for its file system."""

    root: Path
    environment: dict[str, str]
    workdir: str = "/"
    entrypoint: list[str] = field(default_factory=list)


class Build:
    """The build of one image."""

    def __init__(self, dockerfile: Path, scratch: Path) -> None:
        self._dockerfile = dockerfile
        self._scratch = scratch
        self._stages: dict[str, Stage] = {}
        self._stage = Stage(scratch, {})
        text = (ROOT / ".dockerignore").read_text(encoding="utf-8")
        self._ignore = [line for line in text.splitlines() if line and not line.startswith("#")]

    def run(self) -> Stage:
        """Carry out every instruction; the last stage. Raises StepFailed when one fails."""
        for word, rest in instructions(self._dockerfile.read_text(encoding="utf-8")):
            handler = getattr(self, f"_{word.lower()}", None)
            if handler is not None:
                handler(rest)
        return self._stage

    def _from(self, rest: str) -> None:
        name = rest.rsplit(" AS ", maxsplit=1)[-1] if " AS " in rest else "final"
        root = self._scratch / name
        root.mkdir()
        tools = root / "tools"
        tools.mkdir()
        # "python" of the base image is the interpreter this runs with, "node" that of the machine.
        (tools / "python").symlink_to(Path(sys.executable).resolve())
        inherited = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
        environment = inherited | {"PATH": f"{tools}:{os.environ['PATH']}"}
        self._stage = self._stages[name] = Stage(root, environment)

    def _moved(self, text: str) -> str:
        return _MOVED.sub(lambda match: f"{self._stage.root}/{match.group(1)}", text)

    def _place(self, path: str) -> Path:
        absolute = path if path.startswith("/") else f"{self._stage.workdir.rstrip('/')}/{path}"
        return self._stage.root / absolute.removeprefix("/").removesuffix(".")

    def _workdir(self, rest: str) -> None:
        self._stage.workdir = rest
        self._place(rest).mkdir(parents=True, exist_ok=True)

    def _env(self, rest: str) -> None:
        for name, value in re.findall(r"(\w+)=(\S+)", rest):
            moved = self._moved(value)
            self._stage.environment[name] = moved.replace("$PATH", self._stage.environment["PATH"])

    def _copy(self, rest: str) -> None:
        words = rest.split()
        source_root = ROOT
        if words[0].startswith("--from="):
            source_root = self._stages[words.pop(0).removeprefix("--from=")].root
        *sources, target = words
        for source in sources:
            place = self._place(target)
            origin = source_root / source.removeprefix("/")
            if origin.is_dir():
                shutil.copytree(
                    origin,
                    place,
                    symlinks=True,
                    dirs_exist_ok=True,
                    ignore=self._left_out if source_root == ROOT else None,
                )
                continue
            place = place / origin.name if target.endswith("/") else place
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(origin, place)

    def _left_out(self, folder: str, names: list[str]) -> set[str]:
        inside = Path(folder).relative_to(ROOT)
        return {name for name in names if ignored(str(inside / name), self._ignore)}

    def _run(self, rest: str) -> None:
        if rest.startswith(_NEEDS_A_ROOT):
            return
        sys.stdout.write(f"    {rest[:110]}\n")
        sys.stdout.flush()
        done = subprocess.run(  # noqa: S603  the Dockerfile's own shell commands are what is checked
            ["/bin/sh", "-euc", self._moved(rest)],
            check=False,
            cwd=self._place(self._stage.workdir),
            env=self._stage.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_STEP_SECONDS,
        )
        if done.returncode != 0:
            raise StepFailed(f"{rest}\n{done.stdout[-4000:]}")

    def _entrypoint(self, rest: str) -> None:
        self._stage.entrypoint = json.loads(rest)


def proves_to_run(stage: Stage) -> None:
    """Run the image's command for its help, with nothing of this checkout in sight."""
    program, *arguments = stage.entrypoint
    environment = stage.environment | {"PYTHONPATH": ""}
    # A virtual environment cannot be moved: in the image it stays where it was made, here its scripts would not.
    module = [] if program == "python" else ["-m", program]
    command = [str(stage.root / "app/bin/python"), *module, *arguments, "--help"]
    subprocess.run(command, check=True, cwd="/", env=environment, stdout=subprocess.DEVNULL, timeout=120)  # noqa: S603


def main() -> int:
    """Check the named images, or all; returns the exit status."""
    for name in sys.argv[1:] or DOCKERFILES:
        sys.stdout.write(f"image {name}\n")
        with tempfile.TemporaryDirectory(prefix=f"tutti-image-{name}-") as folder:
            try:
                proves_to_run(Build(DOCKERFILES[name], Path(folder)).run())
            except (StepFailed, subprocess.CalledProcessError) as failure:
                sys.stderr.write(f"image {name}: {failure}\n")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
