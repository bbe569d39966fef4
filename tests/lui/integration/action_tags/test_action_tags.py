"""Named actions on other people's pages: made, renamed, put away, and what is pasted into a page."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from common.contracts.signed_token import Purpose, TokenKeys
from common.ids import new_id
from tests.support.builders.lui import ADA, GROUP, Lui, lui_under_test, ok

PATH = "/api/v1/action-tags"


@pytest.fixture
async def lui(clone: Callable[[str], str]) -> AsyncIterator[Lui]:
    async with lui_under_test(clone("lui"), tracker_public_url="https://t.example.org/") as made:
        yield made


async def a_tag(client: Any, name: str = "Bought") -> Any:
    return await ok(await client.post(PATH, json={"name": name}), 201)


async def test_a_pixel_names_the_tag_in_a_token_that_nobody_else_can_make(lui: Lui) -> None:
    async with lui.ada() as ada:
        tags = [await a_tag(ada, name) for name in ("Bought", "Signed up")]
    keys = TokenKeys([b"a master key of lui's own tests!"])
    for tag in tags:
        assert tag["pixel_url"].startswith("https://t.example.org/a/")
        assert tag["pixel_url"].endswith(".gif")
        token = tag["pixel_url"].removeprefix("https://t.example.org/a/").removesuffix(".gif")
        read = keys.read_action(token)
        assert len(token) == 36
        assert read is not None
        assert (read.purpose, read.delivery_number, read.ordinal) == (Purpose.ACTION_TAG, 0, tag["number"])
        assert tag["pixel_url"] in tag["snippet"]
        assert "<script" not in tag["snippet"], "without consent asked for, a page needs no script"
        assert tag["pixel_url"] in tag["snippet_with_consent"]
        assert f"function tuttiAction{tag['number']}()" in tag["snippet_with_consent"]
        assert "<img" not in tag["snippet_with_consent"], "nothing is loaded before somebody agreed"
    assert tags[0]["number"] != tags[1]["number"]


async def test_a_tag_is_renamed_put_away_and_brought_back_and_keeps_its_pixel(lui: Lui) -> None:
    async with lui.ada() as ada:
        tag = await a_tag(ada)
        path = f"{PATH}/{tag['id']}"
        renamed = await ok(await ada.patch(path, json={"name": "Paid"}, headers={"If-Match": tag["etag"]}))
        stale = await ada.patch(path, json={"name": "Late"}, headers={"If-Match": tag["etag"]})
        assert stale.status_code == 412
        archived = await ok(await ada.patch(path, json={"archived": True}))
        again = await ok(await ada.patch(path, json={"archived": False}))
        assert [each["name"] for each in (renamed, archived, again)] == ["Paid"] * 3
        assert [each["archived"] for each in (renamed, archived, again)] == [False, True, False]
        assert {each["pixel_url"] for each in (tag, renamed, archived, again)} == {tag["pixel_url"]}
        assert (await ada.get(PATH)).json()["items"] == [again]


async def test_two_tags_in_use_are_never_called_the_same(lui: Lui) -> None:
    async with lui.ada() as ada:
        first, second = await a_tag(ada, "Bought"), await a_tag(ada, "Paid")
        for reply in (
            await ada.post(PATH, json={"name": "BOUGHT"}),
            await ada.patch(f"{PATH}/{second['id']}", json={"name": "bought"}),
        ):
            assert reply.status_code == 409
            assert reply.json()["detail"] == "There is an action tag called Bought already"
        await ok(await ada.patch(f"{PATH}/{first['id']}", json={"archived": True}))
        await a_tag(ada, "Bought")
        assert (await ada.patch(f"{PATH}/{first['id']}", json={"archived": False})).status_code == 409


async def test_a_tag_is_its_groups(lui: Lui) -> None:
    async with lui.callers.as_account("create_jobs", account_id=ADA, group_id=GROUP) as ada:
        tag = await a_tag(ada)
    async with lui.stranger("see_reports", group_id=GROUP) as colleague:
        assert [each["id"] for each in (await colleague.get(PATH)).json()["items"]] == [tag["id"]]
        assert (await colleague.post(PATH, json={"name": "x"})).status_code == 403
        assert (await colleague.patch(f"{PATH}/{tag['id']}", json={"name": "x"})).status_code == 403
    async with lui.stranger(group_id=new_id()) as stranger:
        assert (await stranger.get(PATH)).json()["items"] == []
        for tag_id in (tag["id"], new_id(), "nonsense"):
            assert (await stranger.get(f"{PATH}/{tag_id}")).status_code == 404
            assert (await stranger.patch(f"{PATH}/{tag_id}", json={"name": "x"})).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "line\nbreak", 7, None])
async def test_a_name_that_is_none_is_refused(lui: Lui, name: Any) -> None:
    async with lui.ada() as ada:
        assert (await ada.post(PATH, json={"name": name})).status_code == 422


async def test_a_name_cannot_break_out_of_the_snippet(lui: Lui) -> None:
    async with lui.ada() as ada:
        tag = await a_tag(ada, '"><script>alert(1)</script>')
        for snippet in (tag["snippet"], tag["snippet_with_consent"]):
            assert "alert" not in snippet
