"""What lui is told of an account that something is done for while nobody is signed in."""

from common.http import httpx
from common.http.service_token import mint_service_token
from common.ids import new_id
from tests.support.builders.hub import HubUnderTest
from tests.support.http import speaker_settings


def speaking_as(hub: HubUnderTest, name: str) -> httpx.AsyncClient:
    return hub.bearing(mint_service_token(speaker_settings(name), "hub", hub.clock))


async def test_lui_learns_what_an_account_may_do_now(hub: HubUnderTest) -> None:
    account = await hub.an_account(rights=["see_reports"], group="Marketing")
    path = f"/internal/v1/accounts/{account.id}"
    told = (await speaking_as(hub, "lui").get(path)).json()
    assert told == {
        "id": account.id,
        "name": "ada",
        "group_id": account.group_id,
        "rights": ["see_reports"],
        "closed": False,
    }
    await hub.close(account)
    assert (await speaking_as(hub, "lui").get(path)).json()["closed"] is True


async def test_an_account_that_never_was_is_not_there(hub: HubUnderTest) -> None:
    assert (await speaking_as(hub, "lui").get(f"/internal/v1/accounts/{new_id()}")).status_code == 404


async def test_nobody_else_is_told(hub: HubUnderTest) -> None:
    account = await hub.an_account("admin", rights=["administer_accounts"])
    path = f"/internal/v1/accounts/{account.id}"
    assert (await speaking_as(hub, "mailer").get(path)).status_code == 403
    assert (await (await hub.signed_in(account)).get(path)).status_code == 403
    assert (await hub.anonymous().get(path)).status_code == 401
