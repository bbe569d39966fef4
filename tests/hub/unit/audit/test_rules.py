from datetime import UTC, date, datetime

from hub.audit.rules import months_to_prepare


def test_four_months_are_prepared_over_the_turn_of_the_year() -> None:
    months = [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert months_to_prepare(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == months


def test_january_is_the_first_month() -> None:
    assert months_to_prepare(datetime(2027, 1, 1, tzinfo=UTC))[0] == date(2027, 1, 1)
