from hypothesis import given
from hypothesis import strategies as st

from lui.audience.first_seen import FirstSeen


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 20) | st.just(1 << 40) | st.just(1 << 41)))
def test_it_remembers_what_a_dictionary_would(keys: list[int]) -> None:
    seen, known = FirstSeen(), dict[int, int]()
    for line, key in enumerate(keys, start=1):
        same = 1 if key == 0 else key  # an empty slot is 0, so that 0 and 1 are one key
        assert seen.line_of(key, line) == known.setdefault(same, line)


def test_it_grows() -> None:
    seen = FirstSeen()
    hashes = [hash(str(number)) for number in range(50_000)]
    assert all(seen.line_of(key, line) == line for line, key in enumerate(hashes, start=1))
    assert all(seen.line_of(key, 99_999) == line for line, key in enumerate(hashes, start=1))
