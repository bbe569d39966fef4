"""The recipients of one job chosen by what they did with an earlier one."""

import csv
import io

import pytest
from sqlalchemy import select, update

from common.contracts.digest import RecipientsDigest
from common.contracts.lui import DeliveryKind
from common.http import httpx
from common.ids import new_id
from lui.audience import service as audience
from lui.deliveries.models import Delivery
from lui.jobs.models import JobStep
from tests.lui.integration.deliveries.world import Asked, World
from tests.support.reacting import ACTING, Did, Knowing, choose, chosen, reasons, sent


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"did": "opened"}, [1, 2, 3, 9]),
        ({"did": "not_opened"}, [4, 5, 6, 7, 8]),
        ({"did": "opened", "judged": "human"}, [2]),
        ({"did": "clicked"}, [2, 3, 8]),
        ({"did": "not_clicked"}, [1, 4, 5, 6, 7, 9]),
        ({"did": "clicked", "links": ["home"]}, [2]),
        ({"did": "clicked", "links": ["https://example.org/shop"]}, [3, 8]),
        ({"did": "clicked", "links": ["home", "https://example.org/shop"]}, [2, 3, 8]),
        ({"did": "not_clicked", "links": ["home"]}, [1, 3, 4, 5, 6, 7, 8, 9]),
        ({"did": "bounced"}, [5]),
        ({"did": "not_bounced"}, [1, 2, 3, 4, 6, 7, 8, 9]),
        ({"did": "acted"}, [9]),
        ({"all": [{"did": "opened"}, {"did": "not_clicked"}]}, [1, 9]),
        ({"any": [{"did": "bounced"}, {"did": "clicked"}]}, [2, 3, 5, 8]),
        ({"all": [{"did": "not_bounced"}, {"any": [{"did": "not_opened"}, {"did": "acted"}]}]}, [4, 6, 7, 8, 9]),
        ({"all": [{"did": "opened"}, {"did": "not_opened"}]}, []),
    ],
)
async def test_whoever_fits_the_condition_is_a_recipient_of_the_next_job(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing, condition: Did, expected: list[int]
) -> None:
    delivery = await sent(lui, owner, plan=ACTING)
    knowing.tell(delivery, "kind=open", 1, 2, 3, 9, 10, 77)  # whoever is not of the audience is nobody
    knowing.tell(delivery, "kind=open&judged=human", 2)
    knowing.tell(delivery, "kind=click", 2, 3, 8)
    knowing.tell(delivery, "kind=click&link=1", 2)
    knowing.tell(delivery, "kind=click&link=2", 3, 8)
    knowing.tell(delivery, "kind=click&link=1&link=2", 2, 3, 8)
    knowing.tell(delivery, "kind=action", 9)
    knowing.returned(delivery, 5)
    assert await chosen(owner, delivery, condition) == expected


async def test_the_new_audience_is_frozen_numbered_without_gaps_and_digested_as_mailer_will_read_it(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    delivery = await sent(lui, owner)
    knowing.tell(delivery, "kind=open", 2, 5, 9)
    job = (await choose(owner, delivery, {"did": "opened"})).json()
    assert job["steps"]["recipients"]["state"] == "done"
    knowing.tell(delivery, "kind=open", 1)  # later reactions change nothing
    shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
    assert shown["counts"] == {"accepted": 3, "duplicates": 0, "rejected": 0}
    assert shown["columns"] == ["EMAIL", "NAME"]
    assert (shown["address_column"], shown["name_column"]) == ("EMAIL", "NAME")
    assert [person["ordinal"] for person in shown["recipients"]] == [1, 2, 3]
    assert [person["values"][1] for person in shown["recipients"]] == ["Nr. 2", "Nr. 5", "Nr. 9"]
    assert shown["source"]["condition"] == {"did": "opened", "links": None, "tags": None, "judged": None}
    assert (shown["source"]["job_title"], shown["source"]["recipients"]) == ("Earlier", 9)
    async with lui.resources.uow.reader() as uow:
        snapshot_id = await _snapshot_of(lui, job["id"])
        digest = RecipientsDigest()
        digest.add_all(await audience.recipients_page(uow, snapshot_id, 0, 100))
        assert (await audience.get_snapshot(uow, snapshot_id)).digest == digest.hexdigest()


async def _snapshot_of(lui: World, job_id: str) -> str:
    async with lui.resources.uow.reader() as uow:
        found = await uow.session.scalars(select(JobStep.settings).where(JobStep.job_id == job_id))
        return str(found.one()["snapshot_id"])


async def test_several_deliveries_of_one_job_are_one_audience(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    """The second delivery went to nine people, six of whom the first one had reached already."""
    first = await sent(lui, owner, recipients=6)
    second = await lui.a_delivery(Asked(job_id=first.job_id, recipients=9))
    await lui.a_delivery(Asked(job_id=first.job_id, kind=DeliveryKind.TEST, recipients=2))
    knowing.tell(first, "kind=open", 1, 2)
    knowing.tell(second, "kind=open", 2, 7)
    assert await chosen(owner, first, {"did": "opened"}) == [1, 2, 7]
    assert await chosen(owner, first, {"did": "not_opened"}) == [3, 4, 5, 6, 8, 9]
    assert not [path for path in knowing.asked if path.startswith("3/")], "tests are not asked about"


async def test_action_tags_are_asked_for_by_their_numbers(
    lui: World, owner: httpx.AsyncClient, knowing: Knowing
) -> None:
    delivery = await sent(lui, owner, plan=ACTING)
    made = [(await owner.post("/api/v1/action-tags", json={"name": name})).json() for name in ("bought", "joined")]
    knowing.tell(delivery, f"kind=action&link={made[1]['number']}", 4)
    assert await chosen(owner, delivery, {"did": "acted", "tags": [made[1]["id"]]}) == [4]
    for unknown in (new_id(), "nonsense"):
        condition = {"did": "acted", "tags": [unknown]}
        assert await reasons(owner, delivery, condition) == [("/source/condition", "there is no such action tag")]


async def test_bulk_keeps_address_and_name_only(lui: World, owner: httpx.AsyncClient, knowing: Knowing) -> None:
    delivery = await sent(lui, owner)
    knowing.tell(delivery, "kind=open", 4)
    job = (await choose(owner, delivery, {"did": "opened"}, usage="bulk")).json()
    shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
    assert (shown["columns"], shown["sample"]) == (["EMAIL", "NAME"], [["r4@example.net", "Nr. 4"]])


async def test_people_who_are_there_twice_are_duplicates_as_in_a_file(lui: World, owner: httpx.AsyncClient) -> None:
    async with lui.resources.uow() as uow:
        shape = audience.Shape(columns=["EMAIL", "NAME"], address_column="EMAIL", name_column="NAME")
        people = [("a@x.org", "A"), ("b@x.org", "B"), ("A@X.org", "A again"), ("c@x.org", "B ")]
        snapshot = await audience.create_snapshot(uow, shape, [(address, (address, name)) for address, name in people])
        snapshot_id, digest = snapshot.id, snapshot.digest
    delivery = await sent(lui, owner, recipients=4)
    async with lui.resources.uow() as uow:
        changed = update(Delivery).where(Delivery.id == delivery.id)
        await uow.session.execute(changed.values(snapshot_id=snapshot_id, recipients_digest=digest))
    condition = {"did": "not_opened"}
    for duplicates, accepted, aside in (
        ({"by": "address"}, ["a@x.org", "b@x.org", "c@x.org"], ["3", "same as line 1", "A@X.org", "A again"]),
        ({"by": "columns", "columns": ["NAME"]}, ["a@x.org", "b@x.org", "A@X.org"], ["4", "same as line 2"]),
        ({"by": "none"}, ["a@x.org", "b@x.org", "A@X.org", "c@x.org"], []),
    ):
        job = (await choose(owner, delivery, condition, duplicates=duplicates)).json()
        shown = (await owner.get(f"/api/v1/jobs/{job['id']}/recipients")).json()
        assert [person["address"] for person in shown["recipients"]] == accepted
        assert [person["ordinal"] for person in shown["recipients"]] == list(range(1, len(accepted) + 1))
        assert shown["counts"]["duplicates"] == 4 - len(accepted)
        table = await owner.get(f"/api/v1/jobs/{job['id']}/recipients/duplicates.csv")
        rows = list(csv.reader(io.StringIO(table.text)))[1:]
        assert [row[: len(aside)] for row in rows] == ([aside] if aside else [])
