import random
import string
from collections.abc import Iterator

from common.contracts.signed_token import TokenKeys
from tests.support.builders.tracker import KEYS, a_token, a_visit, an_entry
from tests.tracker.unit.intake.test_handler import Known
from tracker.intake.handler import Intake

ALPHABET = string.ascii_letters + string.digits + "-_"
ODD = ALPHABET + "/.%=?#+~!*'();:@&$, \\\r\n\0\x7f\xff"


def mutations(token: str, sealed: str, dice: random.Random) -> Iterator[str]:
    """Paths that look like ours and were not made by us."""
    at = dice.randrange(22)
    changed = token[:at] + dice.choice(ALPHABET.replace(token[at], "")) + token[at + 1 :]
    guessed = "".join(dice.choices(ALPHABET, k=22))
    odd = token[:at] + dice.choice(ODD.replace(token[at], "")) + token[at + 1 :]
    foreign = TokenKeys([dice.randbytes(32)]).mint_tracking(1, [3])[0]
    spot = dice.randrange(len(sealed))
    broken = sealed[:spot] + dice.choice(ALPHABET.replace(sealed[spot], "")) + sealed[spot + 1 :]
    for forged in (changed, guessed, odd, foreign, token[:-1], token + "A", token[::-1]):
        yield f"/o/{forged}.gif"
        yield f"/c/{forged}/1"
        yield f"/c/{forged}/2/{sealed}"
    yield from (f"/c/{token}/2/{broken}", f"/c/{token}/2/{sealed[:spot]}", f"/c/{token}/2/{sealed}A")
    yield from (f"/c/{token}/{dice.randrange(3, 99_999)}", f"/c/{token}/01", f"/c/{token}/1/", f"/c/{token}/-1")
    yield from (f"/c/{token}/1/https://evil.example", f"/c/{token}", f"/o/{token}", f"/o/{token}.gif/", f"//o/{token}")
    yield from (f"/c/{token}/\u0661".encode().decode("latin-1"), f"/c/{token}/1%0d%0aX: y", f"/c/%2e/{token}/1")


def test_ten_thousand_forged_paths_find_nothing_and_lead_nowhere() -> None:
    dice = random.Random(16)  # noqa: S311  repeatable
    intake = Intake(KEYS, Known(an_entry(links=[(1, "https://example.org/", False), (2, "https://{{ x }}", True)])))
    tried = 0
    while tried < 10_000:
        token = a_token(subject=dice.randrange(1, 2**48))
        sealed = KEYS.seal_target(token, 2, "https://example.org/ada")
        for path in mutations(token, sealed, dice):
            outcome = intake.handle(a_visit(path, dice.choice(["GET", "HEAD"])))
            tried += 1
            assert outcome.reply.status == 404, path
            assert outcome.hit is None
            assert b"location" not in dict(outcome.reply.headers)
