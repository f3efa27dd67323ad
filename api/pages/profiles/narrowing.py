"""What a list's address narrows it to."""

from dataclasses import dataclass, replace

from api.pages.parameters import text
from matcher.errors import InvalidInput
from matcher.profiles import Status
from matcher.store.values import Narrowing, Order
from matcher.taxonomy import Taxonomy, industries, region_path, services, stages

FILTERS = ("industry", "stage", "region", "service", "status")
_CODES = {"industry": industries, "stage": stages, "service": services}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The filters of an address; `unknown` is a region that names no place ("" where all is well)."""

    narrowing: Narrowing
    order: Order
    on: bool
    unknown: str

    @property
    def whatever_status(self) -> Narrowing:
        """The same without regard to status."""
        return replace(self.narrowing, statuses=())


def narrowed() -> Narrowed:
    """What the address of this request narrows its list to.

    Raises:
        InvalidInput: a code, status or order that is none.
    """
    terms = [f"{name}:{code}" for name, catalogue in _CODES.items() if (code := _code(name, catalogue()))]
    place, unknown = _region()
    statuses = (Status(_one_of("status", [status.value for status in Status])),) if text("status") else ()
    order = Order(_one_of("sort", [order.value for order in Order]) or Order.NAME)
    narrowing = Narrowing(statuses=statuses, terms=(*terms, *place), own=text("own") == "yes")
    return Narrowed(narrowing, order, any(map(text, FILTERS)), unknown)


def _code(name: str, catalogue: Taxonomy) -> str:
    return _one_of(name, catalogue.codes)


def _one_of(name: str, known: list[str] | tuple[str, ...]) -> str:
    given = text(name)
    if given and given not in known:
        raise InvalidInput(name, given, "must be one of the list")
    return given


def _region() -> tuple[tuple[str, ...], str]:
    """The term of the typed region: the narrowest place that it names."""
    given = text("region")[:200]
    if not given:
        return (), ""
    path = region_path(given)
    return ((f"region:{path[-1]}",), "") if path else ((), given)
