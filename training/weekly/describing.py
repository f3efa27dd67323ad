"""The record of a run that came to its verdict, with all that people want to know of it."""

import dataclasses
import datetime as dt

from matcher.interactions import day_number
from training.weekly.comparing import Compared
from training.weekly.judging import Judgement
from training.weekly.order import Order
from training.weekly.record import WeeklyRecord
from training.weekly.supply import supply_of
from training.weekly.weeks import data_read
from training.world import Data


def described(
    record: WeeklyRecord, data: Data, judgement: Judgement, comparison: Compared, order: Order
) -> WeeklyRecord:
    """The record with what was read, judged and compared, and the settings that held."""
    return dataclasses.replace(
        record,
        data=data_read(data, day_number(order.as_of), _day_of_last_run(record)),
        quality=judgement.quality,
        calibration=judgement.calibration,
        lists=comparison.lists,
        exposure=comparison.exposure,
        supply=supply_of(data.profiles),
        settings={"as_of": order.as_of.isoformat(), "by": order.by} | dataclasses.asdict(order.settings),
    )


def _day_of_last_run(record: WeeklyRecord) -> int | None:
    if not record.history:
        return None
    return day_number(dt.datetime.fromisoformat(record.history[-1].at).date())
