import json

from matcher.duplicates import Duplicate, Reason
from matcher.importing.report import SHOWN, FileReport, ImportReport, Problem, ProblemLog, Severity
from matcher.importing.rules import CHINESE, Rule
from matcher.profiles import Role


def problem(row: int, severity: Severity = Severity.ERROR) -> Problem:
    return Problem("a.csv", row, "行业", "天史", Rule.UNKNOWN_LABEL, "天使", severity)


def report(errors: int = 0) -> ImportReport:
    twins = Duplicate(Role.STARTUP, "b", "乙", "a", "甲", (Reason.SAME_CORE,), 100.0)
    return ImportReport((FileReport("a.csv"),), (problem(2),), (twins,), errors, 0, 1)


def test_every_rule_is_worded_in_chinese() -> None:
    assert set(CHINESE) == set(Rule)


def test_codes_are_unique_words() -> None:
    assert len({rule.code for rule in Rule}) == len(Rule)


def test_the_exit_code_is_one_where_a_row_was_rejected() -> None:
    assert report(errors=0).exit_code == 0
    assert report(errors=1).exit_code == 1


def test_a_report_survives_json() -> None:
    told = report().to_dict()
    assert json.loads(json.dumps(told)) == told


def test_a_problem_tells_code_and_both_wordings() -> None:
    told = problem(2).to_dict()
    assert told["code"] == "unknown_label"
    assert told["rule"] == Rule.UNKNOWN_LABEL.value
    assert told["rule_zh"] == Rule.UNKNOWN_LABEL.chinese


def test_equal_warnings_are_one_that_says_how_often() -> None:
    log = ProblemLog()
    log.add(problem(row, Severity.WARNING) for row in (2, 5, 9))
    (shown,) = log.shown()
    assert (shown.row, shown.times, log.warnings) == (2, 3, 3)


def test_all_errors_are_counted_and_the_first_thousand_shown_before_warnings() -> None:
    log = ProblemLog()
    log.add([problem(1, Severity.WARNING)])
    log.add(problem(row) for row in range(SHOWN + 5))
    assert log.errors == SHOWN + 5
    assert len(log.shown()) == SHOWN
    assert log.shown()[0].severity is Severity.ERROR
