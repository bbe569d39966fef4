"""The console command of mailer."""

import sys

from mailer.bounces.explain import explain


def main() -> None:
    """Run a command."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["bounce-explain"] and arguments[1:] and "--help" not in arguments:
        # Reading files needs nothing of the service: it starts in a tenth of the time.
        explain(each for each in arguments[1:] if each != "--")
        return
    from mailer.cli import cli  # noqa: PLC0415 - loads the whole service

    cli()


if __name__ == "__main__":
    main()
