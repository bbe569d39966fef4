from datetime import date

import pytest

from lui.jobs.rules.system_id import letters, reference, system_id


@pytest.mark.parametrize(
    ("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters_run_as_in_a_spreadsheet(number: int, text: str) -> None:
    assert letters(number) == text


def test_no_two_jobs_of_a_day_share_an_id() -> None:
    assert len({letters(number) for number in range(1, 20_000)}) == 19_999


def test_an_id_tells_the_day_and_the_prefix() -> None:
    made = system_id(date(2004, 1, 15), 1)
    assert (made, reference("DOE", made), reference(None, made)) == ("040115A", "DOE-040115A", "040115A")
