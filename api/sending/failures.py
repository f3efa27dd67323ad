"""Why a message could not be sent, and whether trying again may help."""


class NotSent(Exception):
    """The message did not go out. `for_good`: the same would happen the next time."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        self.why = why
        self.for_good = for_good
        super().__init__(why)
