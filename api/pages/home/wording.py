"""Why a startup needs care, in the reader's language."""

from api.pages.language import in_script, language
from matcher.attention.caring import Care
from matcher.attention.words import reasons

MOST = 2


def care_text(care: Care) -> str:
    """The gravest reasons in one line."""
    said = reasons(care.signals, (decision.need for decision in care.unmet), language())
    between = "；" if language() == "zh" else "; "
    return in_script(between.join(said[:MOST]))
