from common.contracts.hub import AccountChangedV1, HubActionRecordedV1

from tests.support.builders.hub import PASSWORD, HubUnderTest
from tests.support.bus import stated

NEW = {"name": "Grace", "password": PASSWORD, "group": "Marketing", "contact_address": "grace@example.org"}


async def test_an_administrator_makes_an_account_that_can_sign_in(hub: HubUnderTest) -> None:
    admin = await hub.as_account("admin", "administer_accounts", "create_jobs")
    reply = await admin.post("/api/v1/accounts", json={**NEW, "rights": ["create_jobs"]})
    assert reply.status_code == 201
    made = reply.json()
    assert made["name"] == "Grace"
    assert made["group_name"] == "Marketing"
    assert made["rights"] == ["create_jobs"]
    assert reply.headers["Location"] == f"/api/v1/accounts/{made['id']}"
    assert reply.headers["ETag"] == '"1"'
    attempt = {"account": "gRACE", "group": "MARKETING", "password": PASSWORD}
    signed_in = await hub.anonymous().post("/api/v1/sessions", json=attempt)
    assert signed_in.status_code == 201
    assert signed_in.json()["account"]["id"] == made["id"]
