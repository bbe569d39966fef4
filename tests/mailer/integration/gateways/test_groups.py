"""Destinations are grouped by who runs their mail servers, asked for in the background and remembered."""

from collections.abc import AsyncIterator, Callable

import pytest

from mailer.gateways.service import Line
from tests.support.gateways import a_process, column, line_of
from tests.support.signing import Place, a_place
from tests.support.wait import eventually

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        found.zone.mx = {
            "gmail.com": [(5, "gmail-smtp-in.l.google.com"), (10, "alt1.gmail-smtp-in.l.google.com")],
            "firm.de": [(10, "aspmx.l.google.com"), (1, "aspmx.l.google.com")],
            "school.ac.uk": [(10, "mx.mail.protection.outlook.com")],
            "silent.de": [(0, "")],
        }
        yield found


async def asked(place: Place, *domains: str) -> tuple[Line, dict[str, str]]:
    """Destinations once the answers are there."""
    process = a_process(place, asks=True)
    await process.refresh()
    line = line_of(process, "default")
    assert {domain: line.destination(f"ada@{domain}") for domain in domains} == {domain: domain for domain in domains}
    await process.refresh()
    await eventually(lambda: process._groups._asking is not None and process._groups._asking.done())
    await process.close()
    return line, {domain: line.destination(f"ada@{domain}") for domain in domains}


async def test_domains_whose_mail_the_same_people_take_are_one_destination(place: Place) -> None:
    _, found = await asked(place, "gmail.com", "firm.de", "school.ac.uk", "nowhere.de", "silent.de")
    assert found == {
        "gmail.com": "google.com",
        "firm.de": "google.com",
        "school.ac.uk": "outlook.com",
        "nowhere.de": "nowhere.de",
        "silent.de": "silent.de",
    }


async def test_answers_are_remembered_for_every_process_also_that_there_is_none(place: Place) -> None:
    await asked(place, "gmail.com", "nowhere.de")
    count = len(place.zone.asked)
    _, found = await asked(place, "gmail.com", "nowhere.de")
    assert found["gmail.com"] == "google.com"
    assert len(place.zone.asked) == count


async def test_nobody_waits_for_name_servers_that_do_not_answer(place: Place) -> None:
    place.zone.silent = True
    _, found = await asked(place, "gmail.com", "firm.de")
    assert found == {"gmail.com": "gmail.com", "firm.de": "firm.de"}
    seconds = "SELECT max(extract(epoch FROM expires_at - now())) FROM mailer.mx_groups"
    assert (await column(place.resources.uow, seconds))[0] < 700


async def test_names_for_examples_and_tests_are_not_asked_for(place: Place) -> None:
    await_none = a_process(place, asks=True)
    await await_none.refresh()
    line = line_of(await_none, "default")
    assert line.destination("ada@Example.ORG") == "example.org"
    assert line.destination("ada@[192.0.2.1]") == "[192.0.2.1]"
    await await_none.refresh()
    assert (await_none._groups._asking, place.zone.asked) == (None, [])


async def test_a_domain_with_a_limit_of_its_own_is_a_destination_of_its_own(place: Place) -> None:
    async with place.administrator() as client:
        await client.put("/api/v1/destination-limits/gmail.com", json={"connections": 1})
        process = a_process(place, asks=True)
        await process.refresh()
        line = line_of(process, "default")
        assert line.destination("ada@gmail.com") == "gmail.com"
        assert (line.pacer.admit("gmail.com"), line.pacer.admit("gmail.com")) == (True, False)
        await client.delete("/api/v1/destination-limits/gmail.com")
    await process.refresh()
    assert line.destination("ada@gmail.com") == "gmail.com"
    await process.refresh()
    await eventually(lambda: line.destination("ada@gmail.com") == "google.com")
    await process.close()
