from common.contracts.hub import HubSeenV1
from common.service.heartbeat import Heartbeat
from common.service.resources import Resources
from tests.support.bus import stated


async def test_an_outage_leaves_one_beat_a_process_and_not_a_heap(resources: Resources) -> None:
    one, other = (Heartbeat(resources, HubSeenV1, role) for role in ("api", "worker"))
    for beating in (one, other, one, one):
        await beating.beat()
    seen = await stated(resources, HubSeenV1)
    assert [beat.role for beat in seen] == ["api", "worker"]
    assert seen[0].instance_id != seen[1].instance_id
    assert all(beat.component == "hub" and beat.ready and beat.started_at <= beat.at for beat in seen)
