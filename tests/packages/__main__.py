"""`python -m tests.packages`: part of `make lint`."""

import sys

import click

from tests.packages.checking import KNOWN, running, troubles

if __name__ == "__main__":
    packages = running()
    wrong = troubles(packages)
    for each in wrong:
        click.echo(each)
    held = len(packages.keys() & KNOWN["minimum"].keys())
    click.echo(f"{len(packages)} packages have good licences, {held} of them no advisory known to us")
    sys.exit(1 if wrong else 0)
