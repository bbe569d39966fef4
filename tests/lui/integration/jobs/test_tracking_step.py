"""The tracking step: what can be chosen, what is counted for it, and what the settings allow."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import pytest

from common.contracts.hub import SettingChangedV1
from common.contracts.lui import DeliveryRequestedV1
from common.contracts.settings import SettingValue
from common.http import httpx
from tests.support.builders.lui import (
    CONTENT,
    GROUP,
    TRACKING,
    Lui,
    a_job,
    act,
    an_authorized_job,
    lui_under_test,
    ok,
    put,
    recipients,
    upload,
)
from tests.support.bus import stated

ANONYMOUS = {"level": "anonymous", "opens": True, "clicks": "all"}
REVISIONS = count(1)


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui")) as made:
        yield made


def people(*, towns: dict[str, int], refusing: int = 0) -> str:
    """A file with so many recipients in each town; the first ones of the first town refuse."""
    rows = [town for town, count in towns.items() for _ in range(count)]
    lines = [f"p{at}@example.org;Person {at};{town};{'no' if at < refusing else 'yes'}" for at, town in enumerate(rows)]
    return "\n".join(["email;name;city;tracking_consent", *lines]) + "\n"


async def a_job_for(ada: httpx.AsyncClient, file: str) -> Any:
    job = await a_job(ada)
    job = await put(ada, job, "recipients", recipients((await upload(ada, file))["id"]))
    return await put(ada, job, "content", CONTENT)


async def cap(lui: Lui, value: SettingValue, *, name: str = "highest_level", group: str | None = None) -> None:
    said = {"name": f"tracking.{name}", "group_id": group, "value": value, "revision": next(REVISIONS)}
    assert await lui.bus.deliver(SettingChangedV1.model_validate(said)) == ["ack"]


async def refused(ada: httpx.AsyncClient, job: Any, body: dict[str, Any]) -> dict[str, str]:
    reply = await ada.put(f"/api/v1/jobs/{job['id']}/tracking", json=body)
    assert reply.status_code == 422, reply.text
    return {error["pointer"]: error["detail"] for error in reply.json()["errors"]}


async def test_profiles_under_ten_are_merged_until_the_rest_has_ten(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 30, "Oslo": 12, "Lund": 11, "Bern": 4, "Kiel": 3}))
        await put(ada, job, "tracking", {**ANONYMOUS, "profile_columns": ["city"]})
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking"))
        # Bern and Kiel are seven together, so that Lund joins them.
        assert shown["counted"] == {
            "people": 60,
            "consenting": None,
            "profiles": 2,
            "smallest": 12,
            "merged_profiles": 3,
            "merged_people": 18,
        }
        assert "3 profiles with 18 recipients are merged" in shown["warnings"][-1]


async def test_whoever_did_not_consent_makes_no_profile_large(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 12, "Oslo": 30}, refusing=3))
        asked = {"profile_columns": ["city"], "consent_column": "tracking_consent"}
        counted = await ok(await ada.post(f"/api/v1/jobs/{job['id']}/tracking/profiles", json=asked))
        assert (counted["people"], counted["consenting"]) == (42, 39)
        # Nine of Rome are left, one too few to stand alone; and nine are too few for a rest.
        assert (counted["profiles"], counted["merged_profiles"], counted["merged_people"]) == (0, 2, 39)
        await put(ada, job, "tracking", {**ANONYMOUS, **asked})
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking"))
        assert "3 of 42 recipients did not consent" in shown["warnings"][0]


async def test_what_is_chosen_is_what_mailer_and_tracker_are_told(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 30, "Oslo": 12}))
        body = {
            **ANONYMOUS,
            "profile_columns": ["city"],
            "consent_column": "tracking_consent",
            "campaign": {"source": " letter ", "medium": "", "campaign": "spring & sun"},
        }
        job = await put(ada, job, "tracking", body)
        shown = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking"))
        assert shown["campaign"] == {
            "source": "letter", "medium": None, "campaign": "spring & sun", "term": None, "content": None,
        }  # fmt: skip
        job = await put(ada, job, "sender", {"address": "news@example.org"})
        await act(ada, job, "tests", 202, {"addresses": ["t@example.org"]})
        [requested] = await stated(lui.resources, DeliveryRequestedV1)
        plan = requested.tracking
        assert (plan.profile_columns, plan.profiles) == (("city",), (("Rome",), ("Oslo",)))
        assert plan.consent_column == "tracking_consent"
        assert plan.campaign == (("utm_source", "letter"), ("utm_campaign", "spring & sun"))
        assert plan.links[0].url == "https://example.org/a?utm_source=letter&utm_campaign=spring%20%26%20sun"


async def test_other_recipients_ask_for_the_choice_once_more(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 30}))
        job = await put(ada, job, "tracking", {**ANONYMOUS, "profile_columns": ["city"]})
        assert job["steps"]["tracking"]["state"] == "done"
        other = recipients((await upload(ada, people(towns={"Oslo": 30})))["id"])
        job = await put(ada, job, "recipients", other)
        assert job["steps"]["tracking"]["state"] == "stale"
        assert "recipients changed" in job["steps"]["tracking"]["problems"][0]["detail"]
        job = await put(ada, job, "tracking", {**ANONYMOUS, "profile_columns": ["city"]})
        assert job["steps"]["tracking"]["state"] == "done"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"profile_columns": ["city", "town"]}, "/profile_columns/1"),
        ({"profile_columns": ["city", "city"]}, "/profile_columns/1"),
        ({"profile_columns": ["email"]}, "/profile_columns/0"),
        ({"consent_column": "agreed"}, "/consent_column"),
        ({"level": "unique", "profile_columns": ["city"]}, "/profile_columns"),
        ({"level": "blind", "consent_column": "tracking_consent"}, "/consent_column"),
        ({"level": "blind", "actions": {"cookie_days": 3}}, "/actions"),
        ({"actions": {"cookie_days": 31}}, "/actions/cookie_days"),
        ({"campaign": {"source": "a\nb"}}, "/campaign/source"),
        ({"actions": {"cookie_days": 3}}, "/actions"),
    ],
)
async def test_what_cannot_be_is_pointed_at(lui: Lui, body: dict[str, Any], pointer: str) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 3}))
        assert pointer in await refused(ada, job, {**ANONYMOUS, **body})


async def test_a_level_above_the_cap_is_not_offered_and_refused_with_the_reason(lui: Lui) -> None:
    await cap(lui, "anonymous")
    await cap(lui, "unique", group=GROUP)
    async with lui.ada(group_id=GROUP) as ada:
        job = await a_job_for(ada, people(towns={"Rome": 3}))
        offered = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking/options"))
        allowed = {each["level"]: each["reason"] for each in offered["levels"]}
        reason = "Your group allows tracking up to the level unique"
        assert allowed == {"off": None, "blind": None, "unique": None, "anonymous": reason, "personal": reason}
        assert reason in (await refused(ada, job, TRACKING))["/level"]
        job = await put(ada, job, "tracking", {**TRACKING, "level": "unique"})
        assert job["steps"]["tracking"]["state"] == "done"
        await cap(lui, "blind", group=GROUP)
        job = await ok(await ada.get(f"/api/v1/jobs/{job['id']}"))
        assert job["steps"]["tracking"]["state"] == "stale"


async def test_options_say_which_columns_can_be_used(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 3}))
        offered = await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking/options"))
        assert offered["profile_columns"] == ["city", "tracking_consent"]
        assert offered["suggested_consent_column"] == "tracking_consent"
        assert (offered["actions_allowed"], offered["smallest_profile"]) == (False, 10)


async def test_actions_are_tracked_once_the_installation_allows_it(lui: Lui) -> None:
    await cap(lui, True, name="actions_allowed")
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 3}))
        await put(ada, job, "tracking", {**TRACKING, "actions": {"cookie_days": 7}})
        assert (await ok(await ada.get(f"/api/v1/jobs/{job['id']}/tracking")))["actions"] == {"cookie_days": 7}


async def test_a_job_authorized_before_the_cap_fell_is_sent_with_less_and_says_so(lui: Lui) -> None:
    async with lui.ada() as ada:
        job = await an_authorized_job(ada, schedule={"mode": "trigger"})
        await cap(lui, "blind")
        job = await act(ada, job, "trigger")
        live = next(each for each in job["deliveries"] if each["kind"] == "live")
        assert live["capped_from"] == "personal"
        requested = [fact for fact in await stated(lui.resources, DeliveryRequestedV1) if fact.kind == "live"]
        assert [(fact.tracking.level.value, fact.tracking.identify_by) for fact in requested] == [("blind", None)]


async def test_the_same_setting_twice_and_an_older_one_change_nothing(lui: Lui) -> None:
    newest = SettingChangedV1(name="tracking.highest_level", group_id=None, value="blind", revision=2)
    older = SettingChangedV1(name="tracking.highest_level", group_id=None, value="personal", revision=1)
    for fact in (newest, newest, older):
        await lui.bus.deliver(fact)
    async with lui.ada() as ada:
        job = await a_job_for(ada, people(towns={"Rome": 3}))
        assert "/level" in await refused(ada, job, TRACKING)
