"""Pictures are looked into: their words, their size, their colours, and who draws them."""

import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import numpy as np
import psutil
import pytest
from matplotlib.image import imread

from lui.plots import service as plots
from lui.plots.errors import PlotUnavailable
from lui.plots.schemas import Bar, BarPlot, Curve, CurvePlot
from lui.plots.studio import MOST_WAITING, Studio
from tests.support.wait import eventually

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
DAYS = tuple((datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day), 100 + day) for day in range(10))
OVER_TIME = CurvePlot(
    "Opens & <clicks> for $5 or $7",
    (Curve("opens", None, DAYS), Curve("_clicks_", "#aa0011", DAYS[:5])),
    "day",
    "UTC",
    NOW,
    ("Machines count too.",),
)
SUM = BarPlot("Sum of events", (Bar("any", None, 2303), Bar("html", None, 1961), Bar("text", None, 342)), "UTC", NOW)
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def studio() -> Iterator[Studio]:
    made = Studio()
    yield made
    made.close()


def words(svg: bytes) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{NAMESPACE}text")]  # noqa: S314 - our own


async def test_a_plot_over_time_says_its_title_names_days_and_what_must_be_known() -> None:
    said = words(await plots.draw(OVER_TIME, picture="svg"))
    assert {"Opens & <clicks> for $5 or $7", "opens", "_clicks_", "Machines count too."} <= set(said)
    assert "As of 22 November 2026, 15:30 (UTC)" in said
    assert {"1 Nov", "3 Nov"} <= {word.split("\n")[0] for word in said} | set(said)


async def test_a_sum_says_each_name_and_number() -> None:
    said = words(await plots.draw(SUM, picture="svg"))
    assert {"any", "2,303", "html", "1,961", "text", "342"} <= set(said)


async def test_an_svg_brings_its_letters_and_loads_nothing() -> None:
    svg = (await plots.draw(OVER_TIME, picture="svg")).decode()
    assert "src:url(data:font/woff;base64," in svg
    assert "<title>Opens &amp; &lt;clicks&gt; for $5 or $7</title>" in svg
    references = [value for node in ET.fromstring(svg).iter() for name, value in node.items() if "href" in name]  # noqa: S314
    assert all(value.startswith("#") for value in references)
    assert "<script" not in svg


async def test_the_same_plot_is_the_same_picture() -> None:
    assert await plots.draw(OVER_TIME, picture="svg") == await plots.draw(OVER_TIME, picture="svg")
    assert await plots.draw(SUM, picture="png") == await plots.draw(SUM, picture="png")


async def test_a_png_is_as_wide_as_a_mail_twice_over_and_shows_the_colours() -> None:
    pixels = imread(io.BytesIO(await plots.draw(OVER_TIME, picture="png")), format="png")
    assert pixels.shape[1] == 2 * plots.PIXELS_WIDE
    seen = {
        "#{:02x}{:02x}{:02x}".format(*color)
        for color in np.unique((pixels[..., :3] * 255).astype(int).reshape(-1, 3), axis=0)
    }
    assert {"#ffffff", "#0f6b70", "#aa0011"} <= seen


async def test_nothing_recorded_is_said() -> None:
    empty = CurvePlot("Opens", (Curve("opens", None, ()),), "day", "UTC", NOW)
    assert "Nothing was recorded in this period." in words(await plots.draw(empty, picture="svg"))


async def test_letters_that_no_font_here_has_do_not_stop_a_picture() -> None:
    foreign = BarPlot("报告 📈 \x07", (Bar("报", None, 1),), "UTC", NOW)
    assert "报告 📈" in words(await plots.draw(foreign, picture="svg"))
    assert (await plots.draw(foreign, picture="png")).startswith(b"\x89PNG")


def test_whoever_draws_nothing_does_not_load_matplotlib() -> None:
    code = "import sys, lui.plots.service, lui.app; sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0  # noqa: S603


async def test_the_process_that_draws_ends_when_nothing_is_to_be_drawn() -> None:
    studio = Studio(idle_seconds=0.1)
    studio.draw(SUM, "png")
    assert studio.is_open
    await eventually(lambda: not studio.is_open)
    assert studio.draw(SUM, "png").startswith(b"\x89PNG")
    studio.close()


def test_what_takes_too_long_is_stopped_and_the_next_one_is_drawn(studio: Studio) -> None:
    slow = Studio(drawing_seconds=0.01)
    with pytest.raises(PlotUnavailable):
        slow.draw(SUM, "png")
    assert not slow.is_open
    slow.close()
    assert studio.draw(SUM, "png").startswith(b"\x89PNG")


def test_a_killed_process_is_replaced(studio: Studio) -> None:
    studio.draw(SUM, "png")
    for child in psutil.Process().children():
        if "lui.plots.painter" in child.cmdline():
            child.kill()
            psutil.wait_procs([child], timeout=10)
    assert studio.draw(SUM, "png").startswith(b"\x89PNG")


def test_a_crowd_is_turned_away_at_once(studio: Studio) -> None:
    outcomes: list[str] = []

    def draw() -> None:
        try:
            studio.draw(SUM, "png")
            outcomes.append("drawn")
        except PlotUnavailable as problem:
            outcomes.append("turned away" if problem.retry_after_seconds else "failed")

    crowd = [threading.Thread(target=draw) for _ in range(3 * MOST_WAITING)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join(timeout=50)
    assert outcomes.count("drawn") >= MOST_WAITING
    assert "turned away" in outcomes
