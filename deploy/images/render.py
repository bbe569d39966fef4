"""Write the Dockerfile of every image from the one pattern.

python deploy/images/render.py            writes them
python deploy/images/render.py --check    fails when one of them is not what it would write
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Image:
    """What makes one image different from the others."""

    name: str
    folder: str
    members: tuple[str, ...]
    entrypoint: str
    command: str
    environment: str = ""
    web: bool = False

    @property
    def dockerfile(self) -> Path:
        """Where its Dockerfile lies."""
        return ROOT / self.folder / "Dockerfile"


def _service(name: str) -> Image:
    variables = {"HTTP_HOST": "0.0.0.0", "HTTP_PORT": "8080", "DATA_DIR": "/data"}  # noqa: S104  a pod is reached
    return Image(
        name=name,
        folder=f"services/{name}",
        members=("libs/common", f"services/{name}"),
        entrypoint=f'["{name}"]',
        command='["serve"]',
        environment="".join(f" \\\n    {name.upper()}_{key}={value}" for key, value in variables.items()),
        web=name == "lui",
    )


IMAGES = (
    *(_service(name) for name in ("hub", "lui", "tracker", "mailer")),
    Image(
        name="catcher",
        folder="deploy/local",
        members=("deploy/local",),
        entrypoint='["python", "-m", "local_stack.catcher"]',
        command='["/data", "--host", "0.0.0.0", "--http-port", "8080", "--smtp-port", "2525"]',
    ),
)

_WEB_STAGE = """\
FROM node:22-slim AS web
WORKDIR /src/services/lui/web
COPY services/lui/web/package.json services/lui/web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY services/lui/web ./
RUN npm run build -- --outDir /src/web_dist --emptyOutDir

"""

_PATTERN = """\
# The image of {name}. Written by deploy/images/render.py from the one pattern of all images; build it with
#   docker build -f {folder}/Dockerfile -t tutti-{name} .
{web}FROM python:3.12-slim AS build
ENV UV_PYTHON_DOWNLOADS=never \\
    UV_LINK_MODE=copy \\
    UV_NO_CACHE=1
WORKDIR /src
COPY deploy/images/build.lock build.lock
RUN python -m venv /build && /build/bin/pip install --no-cache-dir --require-hashes -r build.lock
COPY {folder}/requirements.lock requirements.lock
RUN python -m venv --without-pip /app && \\
    /build/bin/uv pip install --python /app/bin/python --compile-bytecode --require-hashes -r requirements.lock
{copies}
RUN for member in {members}; do \\
      /build/bin/uv build --quiet --wheel --no-sources --no-build-isolation \\
        --python /build/bin/python --out-dir /wheels $member; \\
    done && \\
    /build/bin/uv pip install --python /app/bin/python --no-deps /wheels/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tutti && \\
    install --directory --owner 10001 --group 10001 --mode 0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \\
    PYTHONDONTWRITEBYTECODE=1 \\
    PYTHONUNBUFFERED=1{environment}
USER 10001:10001
VOLUME /data
EXPOSE 8080
ENTRYPOINT {entrypoint}
CMD {command}
"""


def text(image: Image) -> str:
    """The Dockerfile of an image."""
    copies = [f"COPY {member} {member}" for member in image.members]
    if image.web:
        copies.append("COPY --from=web /src/web_dist services/lui/src/lui/web_dist")
    return _PATTERN.format(
        name=image.name,
        folder=image.folder,
        web=_WEB_STAGE if image.web else "",
        copies="\n".join(copies),
        members=" ".join(image.members),
        environment=image.environment,
        entrypoint=image.entrypoint,
        command=image.command,
    )


def main() -> int:
    """Write or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [image for image in IMAGES if not image.dockerfile.exists() or image.dockerfile.read_text() != text(image)]
    for image in stale:
        sys.stderr.write(f"{image.dockerfile.relative_to(ROOT)} {'is not up to date' if check else 'written'}\n")
        if not check:
            image.dockerfile.write_text(text(image))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
