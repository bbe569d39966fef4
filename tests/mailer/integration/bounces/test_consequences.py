"""What a report leads to, and what it never leads to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from common.contracts.mailer import EnvelopeBouncedV1, EnvelopeComplainedV1, MailerActionRecordedV1
from common.contracts.signed_token import Purpose, TokenKeys
from mailer.bounces.service import Effect
from mailer.sealing import Sealer
from tests.support.builders.coming_back import SOURCE, ShiftedClock, returns
from tests.support.builders.reports import a_complaint, a_dsn, a_vacation
from tests.support.smtp import Fate

Clone = Callable[[str], str]
FULL = {"status": "5.2.2", "diagnostic": "552 5.2.2 mailbox full"}


async def test_a_complaint_is_counted_stated_once_and_ends_the_writing(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver()
        effects = [await world.give(a_complaint(), 2) for _ in range(3)]
        assert effects == [Effect.CHANGED, Effect.REPEATED, Effect.REPEATED]
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "complained": 1}
        [fact] = await world.mailer.stated(EnvelopeComplainedV1)
        assert (fact.delivery_id, fact.ordinal) == (delivery_id, 2)
        assert await world.suppressed() == [("person2@example.org", "complaint")]


async def test_a_complaint_after_a_bounce_counts_as_both(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver()
        await world.give(a_dsn(**FULL), 1)
        await world.give(a_complaint(), 1)
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "complained": 1}
        [row] = await world.mailer.rows("SELECT bounce_class, bounced_at, complained_at FROM mailer.bounces")
        assert row.bounce_class == "mailbox_full"
        assert row.bounced_at
        assert row.complained_at


async def test_a_delay_and_an_automatic_reply_are_no_bounces(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver()
        await world.give(a_dsn(action="delayed", status="4.4.1", diagnostic="connection timed out"), 1)
        await world.give(a_vacation(), 2)
        assert await world.mailer.counts(delivery_id) == {"sent": 3}
        assert await world.mailer.stated(EnvelopeBouncedV1) == []
        rows = await world.mailer.rows("SELECT delayed_at, auto_replies FROM mailer.bounces ORDER BY ordinal")
        assert [(row.delayed_at is not None, row.auto_replies) for row in rows] == [(True, 0), (False, 1)]


@pytest.mark.parametrize(
    "diagnostic",
    [
        "550 5.7.1 blocked using a block list, see https://blocked.example",
        "554 5.7.1 message refused as spam",
        "450 4.7.1 greylisted, try again later",
    ],
)
async def test_a_policy_block_never_suppresses_the_person(clone: Clone, diagnostic: str) -> None:
    async with returns(clone("mailer"), streak_count=1, streak_days=0) as world:
        await world.deliver()
        await world.give(a_dsn(status=diagnostic.split()[1], diagnostic=diagnostic), 1)
        await world.keeper.judge()
        assert await world.suppressed() == []


async def test_a_worse_report_outranks_a_milder_one_and_never_the_other_way(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver()
        await world.give(a_dsn(**FULL), 2)
        await world.give(a_dsn(), 2)
        await world.give(a_dsn(**FULL), 2)
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        [row] = await world.mailer.rows("SELECT bounce_class, permanent FROM mailer.bounces")
        assert (row.bounce_class, row.permanent) == ("unknown_mailbox", True)
        assert await world.suppressed() == [("person2@example.org", "unknown_mailbox")]


async def test_a_report_that_is_quicker_than_the_ledger_waits_for_it(clone: Clone) -> None:
    clock = ShiftedClock()
    async with returns(clone("mailer"), clock=clock) as world:
        delivery_id = await world.deliver()
        # As it stands between the final dot and the settling of its group.
        await world.execute("UPDATE mailer.envelopes SET state = 'queued' WHERE ordinal = 2")
        await world.give(a_dsn(), 2)
        assert await world.suppressed() == []
        await world.execute("UPDATE mailer.envelopes SET state = 'sent' WHERE ordinal = 2")
        clock.advance(timedelta(seconds=6))
        await world.keeper.try_again()
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        assert await world.suppressed() == [("person2@example.org", "unknown_mailbox")]


async def test_a_report_about_a_message_that_is_never_sent_is_void_after_an_hour(clone: Clone) -> None:
    clock = ShiftedClock()
    async with returns(clone("mailer"), clock=clock) as world:
        await world.deliver()
        await world.execute("UPDATE mailer.envelopes SET state = 'queued' WHERE ordinal = 2")
        await world.give(a_dsn(), 2)
        clock.advance(timedelta(minutes=61))
        await world.keeper.try_again()
        await world.execute("UPDATE mailer.envelopes SET state = 'sent' WHERE ordinal = 2")
        await world.keeper.try_again()
        [row] = await world.mailer.rows("SELECT bounced_at, waiting FROM mailer.bounces")
        assert (row.bounced_at, row.waiting) == (None, None)
        assert await world.suppressed() == []


async def test_a_report_on_a_delivery_of_long_ago_changes_nothing(clone: Clone) -> None:
    clock = ShiftedClock()
    async with returns(clone("mailer"), clock=clock) as world:
        delivery_id = await world.deliver()
        clock.advance(timedelta(days=31))
        assert await world.give(a_dsn(), 1) is Effect.UNMATCHED
        assert await world.mailer.counts(delivery_id) == {"sent": 3}


async def test_ten_thousand_guessed_tokens_change_nothing(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver()
        forger = TokenKeys([b"not ours" * 4])
        guesses = [world.return_path(n).replace("b+", "b+0") for n in range(1, 5_001)]
        from_elsewhere = [
            f"b+{forger.mint_local_part(Purpose.RETURN_PATH, 1, ordinal)}@bounces.test" for ordinal in range(1, 5_001)
        ]
        assert not any(world.intake.tokens.of_address(address) for address in [*guesses, *from_elsewhere])
        assert await world.mailer.counts(delivery_id) == {"sent": 3}


@pytest.mark.parametrize("kind", ["test", "rehearsal"])
async def test_reports_on_tests_and_rehearsals_suppress_nobody(clone: Clone, kind: str) -> None:
    async with returns(clone("mailer")) as world:
        delivery_id = await world.deliver(kind="test")
        if kind == "rehearsal":
            await world.execute("UPDATE mailer.deliveries SET kind = 'rehearsal'")
        await world.give(a_dsn(), 1)
        assert await world.suppressed() == []
        expected = {"sent": 3} if kind == "rehearsal" else {"sent": 2, "bounced": 1}
        assert await world.mailer.counts(delivery_id) == expected


async def test_an_address_that_fails_three_mailings_in_a_row_over_two_weeks_is_left_alone(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        for number, days in enumerate((16, 9, 1), start=1):
            await world.deliver()
            await world.backdate(number, days)
        for number in (1, 2, 3):
            await world.give(a_dsn(**FULL), 1, number)
            await world.keeper.judge()
            assert await world.suppressed() == ([] if number < 3 else [("person1@example.org", "soft_streak")])
        [row] = await world.mailer.rows("SELECT evidence FROM mailer.suppressions")
        assert row.evidence["count"] == 3


async def test_a_mailing_that_got_through_between_starts_the_count_again(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        for number, days in enumerate((24, 16, 8, 1), start=1):
            await world.deliver()
            await world.backdate(number, days)
            if number != 2:
                await world.give(a_dsn(**FULL), 1, number)
        await world.keeper.judge()
        assert await world.suppressed() == []


async def test_a_refusal_in_our_own_session_leads_to_the_same_as_a_report_of_it(clone: Clone) -> None:
    replies = {1: "550 5.1.1 no such user", 2: "552 5.2.2 mailbox full", 3: "550 5.7.1 blocked by policy"}

    def script(address: str, _: int) -> Fate | None:
        reply = replies.get(int(address.split("@", maxsplit=1)[0].removeprefix("person")))
        return Fate("RCPT", reply) if reply else None

    async with returns(clone("mailer"), script=script) as world:
        for kind, expected in (("test", []), ("live", [("person1@example.org", "unknown_mailbox")])):
            delivery_id = await world.deliver(4, kind=kind)
            assert await world.mailer.counts(delivery_id) == {"sent": 1, "refused": 3}
            assert await world.suppressed() == expected
        [row] = await world.mailer.rows("SELECT evidence FROM mailer.suppressions")
        assert row.evidence["text"].endswith("no such user")
        struck = await world.mailer.rows("SELECT address FROM mailer.suppression_strikes")
        assert [each.address for each in struck] == ["person2@example.org"]


async def test_an_unusual_rate_of_reports_stops_the_suppressing_and_says_so(clone: Clone) -> None:
    async with returns(clone("mailer"), anomaly_least=10, anomaly_share=0.3) as world:
        delivery_id = await world.deliver(40)
        for ordinal in range(1, 31):
            await world.give(a_dsn(recipient=f"person{ordinal}@example.org"), ordinal)
        assert len(await world.suppressed()) == 11
        assert (await world.mailer.counts(delivery_id))["bounced"] == 30
        [watch] = await world.mailer.rows("SELECT stopped_at, stopped_reason FROM mailer.bounce_watches")
        assert watch.stopped_at
        assert "12 permanent failures" in watch.stopped_reason
        actions = [fact.action for fact in await world.mailer.stated(MailerActionRecordedV1)]
        assert actions.count("suppression.stop") == 1


async def test_the_text_of_a_report_is_data_cut_short_and_without_control_characters(clone: Clone) -> None:
    async with returns(clone("mailer")) as world:
        await world.deliver()
        hostile = "550 5.1.1 no such user <script>alert(1)</script> \x00\x07\x1b[31m" + "x" * 5_000
        await world.give(a_dsn(diagnostic=hostile), 1)
        [row] = await world.mailer.rows("SELECT reply_text FROM mailer.bounces")
        assert len(row.reply_text) <= 500
        assert row.reply_text.isprintable()


async def test_reports_rest_sealed_and_are_forgotten_after_thirty_days(clone: Clone) -> None:
    clock = ShiftedClock()
    async with returns(clone("mailer"), clock=clock) as world:
        key = b"k" * 32
        object.__setattr__(world.intake.terms, "sealer", Sealer([key]))
        await world.deliver()
        message = a_dsn()
        for _ in range(2):
            await world.give(message, 1)
        [row] = await world.mailer.rows("SELECT data, octets FROM mailer.bounce_reports")
        assert b"no such user" not in bytes(row.data)
        assert Sealer([key]).open(bytes(row.data), purpose="bounce report") == message
        clock.advance(timedelta(days=31))
        await world.keeper.purge()
        assert await world.mailer.rows("SELECT 1 FROM mailer.bounce_reports") == []


async def test_reports_of_nobodys_messages_are_parked_up_to_a_limit(clone: Clone) -> None:
    async with returns(clone("mailer"), bounces={"unmatched_kept": 5}) as world:
        for _ in range(8):
            assert await world.intake.found(SOURCE, a_complaint()) is Effect.UNMATCHED
        await world.intake.flush()
        assert len(await world.mailer.rows("SELECT 1 FROM mailer.bounce_reports")) == 5
        [source] = await world.mailer.rows("SELECT received_count, unmatched_count FROM mailer.bounce_sources")
        assert tuple(source) == (8, 8)
        assert await world.suppressed() == []
