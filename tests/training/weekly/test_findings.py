import json

import pytest

from training.weekly.findings import Finding, Severity, worst, worst_first

FINE = Finding("dates_ok", Severity.OK, {"interactions": 12})
NOTED = Finding("volume_unknown", Severity.NOTE, {"weeks": 2, "least": 6})
ODD = Finding("volume_low", Severity.WARNING, {"interactions": 1})
BAD = Finding("profiles_none", Severity.ERROR, {})


def test_the_worst_findings_come_first_and_equals_keep_their_order() -> None:
    odd_too = Finding("volume_high", Severity.WARNING, {})
    assert worst_first([FINE, odd_too, NOTED, ODD, BAD]) == [BAD, odd_too, ODD, NOTED, FINE]


@pytest.mark.parametrize(
    ("findings", "severity"),
    [
        ([], Severity.OK),
        ([FINE], Severity.OK),
        ([NOTED, FINE], Severity.NOTE),
        ([FINE, ODD, NOTED], Severity.WARNING),
        ([ODD, BAD], Severity.ERROR),
    ],
)
def test_the_worst_severity_is_that_of_the_worst_finding(findings: list[Finding], severity: Severity) -> None:
    assert worst(findings) is severity


def test_a_finding_goes_into_json() -> None:
    assert json.dumps(ODD.to_dict()) == (
        '{"code": "volume_low", "severity": "warning", "facts": {"interactions": 1}}'
    )
