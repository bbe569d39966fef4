"""What `make demo` shows."""

import re

from tests.support.stack import Stack


def test_the_demonstration_works_and_works_again(stack: Stack) -> None:
    for _ in range(2):
        done = stack.tutti("demo")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Delivery: 7 sent\n" in done.stdout
        assert "5 opens by 4 people, 9 clicks by 5 people (6 in HTML, 3 in text)" in done.stdout
        assert re.search(r"^Any link +9 +5$", done.stdout, re.MULTILINE)
        assert "The report matches what was done." in done.stdout
        assert stack.credentials()["password"] in done.stdout
