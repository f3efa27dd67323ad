"""Why a sheet of scores was refused, in the reader's language: where, what was written, and what is wrong."""

from flask_babel import gettext as _

from api.schemas.panels import MOST_SCORES
from matcher.errors import BoleError, InvalidInput
from matcher.panel.values import PanelSettings


def refusal_text(error: BoleError, settings: PanelSettings) -> str:
    """The reason, beginning with the line that it is about where it is about one."""
    if not isinstance(error, InvalidInput):
        return str(
            _("The file cannot be read as a table. Save it as XLSX or CSV (UTF-8), and send it again.")
        )
    where, _comma, field = error.field.rpartition(", ")
    place = where.rpartition(", line ")[2]
    told = _reason(field or error.field, error, settings)
    line = _("Line %(number)s: ", number=place)
    return f"{line}{told}" if where and place.isdigit() else told


def _reason(field: str, error: InvalidInput, settings: PanelSettings) -> str:
    value = error.value[:80]
    low, high = f"{settings.score_min:g}", f"{settings.score_max:g}"
    said = {
        "file": _("No file was chosen."),
        "scores": _("The file has %(count)s scores; send from 1 to %(most)d.", count=value, most=MOST_SCORES),
        "reviewer": _("“%(value)s” does not review this application.", value=value),
        "application": _("“%(value)s” is no application of this panel.", value=value),
        "score": _(
            "The score “%(value)s” is no number from %(low)s to %(high)s.", value=value, low=low, high=high
        ),
    }
    if field in {"application", "reviewer"} and not value:
        return str(_("The application or the reviewer is not named."))
    columns = _(
        "The columns application, reviewer and score are needed; the first line has: %(names)s", names=value
    )
    return str(said.get(field, columns))
