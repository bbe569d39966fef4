"""What is committed is obeyed by the very next message: unsubscribes and pauses while a job runs."""

import asyncio
import contextlib
import time
from collections import Counter

import httpx

from common.config import decode_key
from common.contracts.signed_token import Purpose, TokenKeys
from tests.soak.field import CONNECTIONS, Delivery, Field, a_field
from tests.soak.ledger import INTENT, Ledger
from tests.soak.result import Result

_END_SECONDS = 1_800.0
_AT_ONCE = 20
_PAUSE_SECONDS = 1.0
_SLOW = 0.02


def unsubscribe(recipients: int, people: int) -> Result:
    """Recipients who have not been written to yet unsubscribe by one click; none of them is written to afterwards."""
    with a_field() as field_:
        return unsubscribed(field_, recipients, people)


def unsubscribed(field_: Field, recipients: int, people: int) -> Result:
    """The same on a stack that is there."""
    result = Result("unsubscribe", {"recipients": recipients, "unsubscribed": people, "answer_after_s": _SLOW})
    field_.sink.slow_down(_SLOW)
    delivery = field_.send(recipients)
    field_.until_sent(delivery, recipients / 100, seconds=120)
    acknowledged = asyncio.run(_unsubscribe(field_, delivery, people))
    running = field_.sent(delivery) < recipients - people
    field_.sink.slow_down(0)
    result.add(field_.verdict(delivery, 0, seconds=_END_SECONDS))
    with contextlib.closing(Ledger(str(field_.stack.status()["postgres"]), delivery.id)) as ledger:
        late = sum(
            1 for entry in ledger.entries() if entry.kind == INTENT and entry.at > acknowledged.get(entry.ordinal, 1e18)
        )
        states = Counter(state for ordinal, state in ledger.states().items() if ordinal in acknowledged)
    result.numbers |= {"acknowledged": len(acknowledged), "intents_after": late, "suppressed": states["suppressed"]}
    result.expect(len(acknowledged) == people, "not every unsubscribe was acknowledged")
    result.expect(not late, f"{late} intents were written after the unsubscribe was acknowledged")
    result.expect(running, "the job ended before the unsubscribes did: too few recipients")
    result.expect(set(states) <= {"suppressed", "sent"}, f"unsubscribed ones stand as {dict(states)}")
    return result


async def _unsubscribe(field_: Field, delivery: Delivery, people: int) -> dict[int, float]:
    """When each was acknowledged, by ordinal; the last ones of the audience, spread over its second half."""
    with contextlib.closing(Ledger(str(field_.stack.status()["postgres"]), delivery.id)) as ledger:
        number = ledger.number()
    tokens = TokenKeys([decode_key(field_.token_key())])
    step = max(delivery.recipients // 2 // people, 1)
    ordinals = list(range(delivery.recipients, delivery.recipients // 2, -step))[:people]
    acknowledged: dict[int, float] = {}
    queue = iter(ordinals)
    base = field_.layout.url("lui-public")
    limits = httpx.Limits(max_connections=_AT_ONCE)
    async with httpx.AsyncClient(trust_env=False, timeout=30, limits=limits) as http:

        async def some() -> None:
            for ordinal in queue:
                token = tokens.mint_action(Purpose.UNSUBSCRIBE, number, ordinal)
                reply = await http.post(f"{base}/u/{token}", data={"List-Unsubscribe": "One-Click"})
                if reply.is_success:
                    acknowledged[ordinal] = time.time()

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))
    return acknowledged


def pause(recipients: int, times: int) -> Result:
    """Nothing is accepted any more one second after a pause was asked for, and everything goes on afterwards."""
    with a_field() as field_:
        return paused(field_, recipients, times)


def paused(field_: Field, recipients: int, times: int) -> Result:
    """The same on a stack that is there."""
    result = Result("pause", {"recipients": recipients, "times": times, "connections": CONNECTIONS})
    slowest = 0.0
    field_.sink.slow_down(_SLOW)
    delivery = field_.send(recipients)
    for number in range(1, times + 1):
        field_.until_sent(delivery, recipients * number / (times + 2), seconds=120)
        slowest = max(slowest, _pause_once(field_, delivery, result))
    result.add(field_.verdict(delivery, 0, seconds=_END_SECONDS))
    result.numbers["slowest_s"] = round(slowest, 2)
    return result


def _pause_once(field_: Field, delivery: Delivery, result: Result) -> float:
    field_.integrator.call("POST", f"/jobs/{delivery.job}/pause")
    asked = time.time()
    field_.until(lambda: field_.integrator.delivery(delivery.id)["state"] == "paused", 30)
    at = [line.at for line in field_.lines(delivery)][-1:]
    time.sleep(2 * _PAUSE_SECONDS)  # whether something comes late is what is tested
    last = [line.at for line in field_.lines(delivery)][-1:]
    after = max([*at, *last, asked]) - asked
    result.expect(after <= _PAUSE_SECONDS, f"the last message came {after:.2f} s after a pause was asked for")
    field_.integrator.call("POST", f"/jobs/{delivery.job}/resume")
    return after
