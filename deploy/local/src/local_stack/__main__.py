"""`python -m local_stack` is the command `tutti`."""

from local_stack.cli import main

main()
