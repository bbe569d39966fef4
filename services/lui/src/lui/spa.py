"""The single-page application: its files, and its start page for every path that is not the API's."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.convertors import Convertor, register_url_convertor

from common.contracts.problem import Problem
from common.http.bearer import public
from lui.config import LuiSettings

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_BUILD_COMMAND = "make setup"
_PLACES = (Path(__file__).parent / "web_dist", Path(__file__).parents[2] / "web" / "dist")
"""In the wheel, and in a checkout."""

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "  # the component library sets styles on elements
    # Previews inherit this: no image of a mailing is loaded from elsewhere while somebody writes it.
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class FileNotFound(Problem):
    """No such file belongs to the application."""

    status, slug, title = 404, "file-not-found", "There is no such file"


class _ApplicationPath(Convertor[str]):
    """Any path but those of the API, the internal routes and the probes."""

    regex = r"(?!(?:api|internal|health|metrics|u)(?:/|$)).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("application_path", _ApplicationPath())

router = APIRouter(dependencies=[public()], include_in_schema=False)


def security_headers(settings: LuiSettings) -> Mapping[str, str]:
    """What every file of the application is sent with."""
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    if str(settings.app_url).startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


@router.get("/{path:application_path}")
@router.head("/{path:application_path}")
def serve_application(request: Request, path: str) -> Response:
    """A file of the application, or its start page, which finds its way from the address."""
    settings: LuiSettings = request.app.state.resources.settings
    response = _answer(_built_application(settings), path)
    response.headers.update(security_headers(settings))
    return response


def _answer(dist: Path | None, path: str) -> Response:
    if dist is None:
        return HTMLResponse(_NOT_BUILT, status_code=503, headers={"Cache-Control": "no-store"})
    file = _file(dist, path)
    if file is not None:
        lasts = path.startswith("assets/")  # their names change with their content
        return FileResponse(file, headers={"Cache-Control": _FOREVER if lasts else _ASK_AGAIN})
    if path.startswith("assets/"):
        raise FileNotFound("This file is not part of the application, or no longer is")
    return FileResponse(dist / "index.html", headers={"Cache-Control": _ASK_AGAIN})


def _file(dist: Path, path: str) -> Path | None:
    if not path or "\0" in path:
        return None
    file = (dist / path).resolve()
    return file if file.is_relative_to(dist) and file.is_file() else None


def _built_application(settings: LuiSettings) -> Path | None:
    places = _PLACES if settings.web_dist is None else (settings.web_dist,)
    return next((place.resolve() for place in places if (place / "index.html").is_file()), None)


_NOT_BUILT = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built yet</title></head>
<body><h1>The application is not built yet</h1>
<p>The API works; the pages are missing. Build them with</p><pre>{_BUILD_COMMAND}</pre>
<p>and load this page again.</p></body></html>"""
