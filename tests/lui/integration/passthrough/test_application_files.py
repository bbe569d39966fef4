"""The single-page application's files, as lui serves them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from common.http import httpx
from lui import spa
from lui.passthrough.routes import router as passthrough
from tests.lui.integration.passthrough.neighbour import a_lui

NOWHERE = httpx.MockTransport(lambda _: httpx.Response(599))


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "outside.txt").write_text("secret")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Tutti</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "main-a1b2c3.js").write_text("export {}")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    return folder


@pytest.fixture
async def lui(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with a_lui([passthrough, spa.router], neighbour=NOWHERE, web_dist=dist) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/jobs", "/jobs/7/content", "/no/such/page", "/apiary", "/index.html"])
async def test_every_page_is_the_start_page_and_is_asked_for_again(lui: httpx.AsyncClient, path: str) -> None:
    reply = await lui.get(path)
    assert (reply.status_code, reply.text) == (200, "<!doctype html><title>Tutti</title>")
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.headers["cache-control"] == "no-cache"


async def test_files_with_a_hash_in_their_name_are_kept_for_good(lui: httpx.AsyncClient) -> None:
    reply = await lui.get("/assets/main-a1b2c3.js")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in reply.headers["content-type"]


async def test_other_files_are_asked_for_again(lui: httpx.AsyncClient) -> None:
    reply = await lui.get("/favicon.svg")
    assert (reply.text, reply.headers["cache-control"]) == ("<svg/>", "no-cache")


async def test_a_file_of_an_older_build_is_not_the_start_page(lui: httpx.AsyncClient) -> None:
    reply = await lui.get("/assets/main-old.js")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/api", "/api/v1/nothing", "/internal/v1/nothing", "/health/nothing", "/u/token"])
async def test_the_application_never_answers_for_the_api(lui: httpx.AsyncClient, path: str, method: str) -> None:
    assert (await lui.request(method, path)).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/..%2foutside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt", "/link.txt", "/%00", "//etc/passwd"],
)
async def test_nothing_outside_the_folder_is_served(lui: httpx.AsyncClient, path: str) -> None:
    reply = await lui.get(path)
    assert "secret" not in reply.text
    assert "root:" not in reply.text
    assert reply.status_code in {200, 404}


@pytest.mark.parametrize("path", ["/", "/jobs/7", "/assets/main-a1b2c3.js", "/favicon.svg"])
async def test_every_file_is_sent_with_the_headers_that_confine_it(lui: httpx.AsyncClient, path: str) -> None:
    headers = (await lui.get(path)).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers


async def test_over_https_the_browser_is_told_to_stay_there(dist: Path) -> None:
    async with a_lui([spa.router], neighbour=NOWHERE, web_dist=dist, app_url="https://lui.test") as lui:
        assert (await lui.get("/")).headers["strict-transport-security"] == "max-age=31536000"


async def test_an_application_that_was_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    async with a_lui([spa.router], neighbour=NOWHERE, web_dist=tmp_path) as lui:
        reply = await lui.get("/")
    assert reply.status_code == 503
    assert "make setup" in reply.text
