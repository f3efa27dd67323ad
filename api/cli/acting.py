"""Who acts on the command line, and when: what is recorded of a change that people answer for."""

import datetime as dt
import getpass
import os
import socket


def actor() -> str:
    """The user and the machine, "wei@north"; the user's number where it has no name."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # which of the two depends on the version of Python
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def moment() -> str:
    """This moment in ISO, UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
