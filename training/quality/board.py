"""The parts of the scoreboard, in the order in which people read them."""

from collections.abc import Iterator

from training.quality.calibrated import calibration_sections
from training.quality.checking import scorer_agrees
from training.quality.context import Context
from training.quality.curves import few_interactions, learning_curve
from training.quality.exposure import exposure_sections
from training.quality.ordered_pairs import pair_sections
from training.quality.robustness import robustness_sections
from training.quality.sections import Part, Section
from training.quality.task_tables import task_sections
from training.quality.text_table import text_sections
from training.quality.worlds import world_sections

PARTS: tuple[Part, ...] = (
    task_sections,
    pair_sections,
    text_sections,
    learning_curve,
    few_interactions,
    calibration_sections,
    world_sections,
    exposure_sections,
    robustness_sections,
    scorer_agrees,
)
"""Whoever measures something more adds a function here."""


def sections(context: Context) -> Iterator[Section]:
    """Every section that this run can give, as soon as it is measured."""
    for part in PARTS:
        yield from part(context)
