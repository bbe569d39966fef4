"""Services that do nothing but start, answer and stop, so that the stack itself can be tested in seconds."""

from pathlib import Path

_PROGRAM = '''
"""A stand-in for a service: the commands and the readiness of the contract, and nothing else."""
import http.server
import os
import pathlib
import signal
import sys
import time

NAME = __package__
FOLDER = pathlib.Path(os.environ[f"{NAME.upper()}_DATA_DIR"])


class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        pass


def stop(*_):
    with (FOLDER.parent / "order").open("a") as file:
        file.write(f"{NAME}\\n")
    sys.exit(0)


if sys.argv[1] == "migrate":
    if os.environ.get("STUB_FAILS") == f"{NAME} migrate":
        sys.exit("the tables are not as expected")
    sys.exit(0)
if os.environ.get("STUB_FAILS") == NAME:
    sys.exit("no configuration for this")
signal.signal(signal.SIGTERM, stop)
port = int(os.environ[f"{NAME.upper()}_HTTP_PORT"])
print(f"{NAME} serves on {port}", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", port), Ready).serve_forever()
'''


def write_stubs(folder: Path) -> None:
    """Make packages named like the services; with `folder` on PYTHONPATH they are found first."""
    for service in ("hub", "lui", "tracker", "mailer"):
        package = folder / service
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "__main__.py").write_text(_PROGRAM)
