"""The rule of tickets as problems of rows and fields of forms tell it."""

from matcher.errors import InvalidInput
from matcher.importing.rules import Rule
from matcher.profiles import Profile, check_ticket


def with_ticket(profile: Profile, largest: str = "") -> Profile:
    """The profile, whose smallest ticket is not above the largest.

    Raises:
        InvalidInput: it is; beside it stands how the `largest` was written ("" where both can be seen).
    """
    try:
        check_ticket(profile)
    except InvalidInput as error:
        raise InvalidInput(error.field, error.value, Rule.TICKET_ORDER, largest) from error
    return profile
