"""Match runs as JSON: what is asked."""

from typing import Annotated

from pydantic import Field

from api.schemas.common import Closed, Query, Reference, Text
from api.schemas.configurations import ConfigurationIn
from api.schemas.matches import Language
from matcher.cohorts.edits import Edit, EditKind
from matcher.store.schema import EPOCH

Why = Annotated[Text, Field(max_length=2000)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class WordedQuery(Query):
    """In which language sentences are told."""

    lang: Language = "zh"


class PairsQuery(WordedQuery):
    """Which pairs of a run: all, or those of one startup or partner, page by page."""

    startup_id: Annotated[Text, Field(max_length=200)] = ""
    partner_id: Annotated[Text, Field(max_length=200)] = ""
    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=200, ge=1, le=1000)


class EventsQuery(Query):
    """Only what happened after a version."""

    after: int = Field(default=0, ge=0, le=2**31 - 1)


class ChangeIn(Closed):
    """Why something is changed, and the version that was seen (or the header `If-Match`): 409 where the run
    has changed since, with what changed."""

    why: Why = ""
    version: Version | None = None


class NewRunIn(Closed):
    """A new match run."""

    configuration: ConfigurationIn
    why: Why = ""


class CopyIn(Closed):
    """A copy with the same edits and the same configuration, or another one."""

    configuration: ConfigurationIn | None = None
    why: Why = ""


class ConfigureIn(ChangeIn):
    """Another configuration for a run."""

    configuration: ConfigurationIn


class SolveIn(ChangeIn):
    """After edits the rest stays as far as it can; `afresh` what was solved before does not count."""

    afresh: bool = False


class EditIn(Closed):
    """One edit by hand, with its reason. A swap has the startup meet `partner_id`, not `instead_of`."""

    kind: EditKind
    startup_id: Reference
    partner_id: Reference
    instead_of: Annotated[Text, Field(max_length=200)] = ""
    reason: Annotated[Text, Field(min_length=1, max_length=2000)]
    version: Version | None = None

    def edit(self, by: str) -> Edit:
        """The edit that this describes; the store says when it was made.

        Raises:
            InvalidInput: a swap without its two partners, another kind with two, no reason.
        """
        return Edit(**self.model_dump(exclude={"version"}), by=by, at=EPOCH)


class UndoQuery(WordedQuery):
    """The version that was seen (or the header `If-Match`), and why the edit is undone."""

    version: Version | None = None
    why: Why = ""
