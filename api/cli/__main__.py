"""`python -m api.cli` is `bole`: how a worker starts a command with its own Python."""

from api.cli import main

main(prog_name="bole")
