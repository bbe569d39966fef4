"""Where the first administrator's credentials are left for whoever installs."""

import json
import os
from pathlib import Path

from hub.sessions.records import Credentials


def write_credentials(path: Path, credentials: Credentials) -> None:
    """Write them as a JSON object, readable by the owner only, whole or not at all, and on the disk on return."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "account": credentials.account,
        "password": credentials.password,
        "api_token": credentials.api_token,
    }
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
