"""Every error that Bole raises on purpose. `api/problems.py` turns each into one HTTP answer."""


class BoleError(Exception):
    """Root of the tree. The message names the value, the rule and the remedy."""


class InvalidInput(BoleError):
    """A value breaks a rule.

    `field` is the column or parameter, `value` what was given (as text), `rule` what must hold,
    `remedy` what to write instead ("" where nothing near is known).
    """

    def __init__(self, field: str, value: object, rule: str, remedy: str = "") -> None:
        self.field = field
        self.value = str(value)
        self.rule = rule
        self.remedy = remedy
        shown = self.value if len(self.value) <= 80 else self.value[:77] + "..."
        super().__init__(f"{field}: {shown!r} {rule}" + (f"; {remedy}" if remedy else ""))


class UnreadableFile(BoleError):
    """A file is refused whole: empty, too large, not a table, an encoding that cannot be told."""


class UnknownTable(UnreadableFile):
    """A table can be read, but its header row is of no kind that is imported."""


class NotFound(BoleError):
    """No such profile, model version or organisation, or not one that the caller may know of."""


class Conflict(BoleError):
    """The thing exists already or changed under the caller's hands."""


class Unauthorised(BoleError):
    """No token, or one that is unknown, expired or revoked."""


class Forbidden(BoleError):
    """The caller is known and may not do this."""


class Infeasible(BoleError):
    """No assignment keeps all limits that must hold."""


class UnusableModel(BoleError):
    """A model bundle is of another format, incomplete, or its hash does not match."""


class NotReady(BoleError):
    """The service cannot answer yet; trying again helps."""
