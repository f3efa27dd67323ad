"""Plans for a startup's gap, as the API and the pages ask for them."""

from api.access import current_scope
from api.answering import current_moment
from api.office import today
from api.schemas.funding import FundingQuery
from matcher.errors import InvalidInput
from matcher.funding.plans import Funding, funding
from matcher.funding.values import Gap
from matcher.profiles import Profile, Role


def funding_for(startup: Profile, query: FundingQuery) -> Funding:
    """The plans for the gap of a startup that the caller may ask about.

    Raises:
        InvalidInput: nobody says what is missing, a currency without a rate, a day that is past.
        NotReady: no plan in the time given.
    """
    scope = current_scope()
    [prospects] = current_moment(startup).prospects(scope.organisation, [startup.id], Role.INVESTOR)
    return funding(startup, prospects, gap_of(startup, query), query.question(), today())


def gap_of(startup: Profile, query: FundingQuery) -> Gap:
    """What is missing: as asked, else what the startup says it raises.

    Raises:
        InvalidInput: neither says an amount.
    """
    amount = query.amount or round(startup.raising_amount or 0)
    if not amount:
        raise InvalidInput("amount", "", "is needed: the startup does not say what it raises")
    return Gap(
        amount=amount,
        currency=query.currency or startup.raising_currency or "CNY",
        by=query.by,
        valuation=query.valuation,
        term_months=query.term_months,
    )
