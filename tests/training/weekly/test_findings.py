import json

import pytest

from matcher.errors import InvalidInput
from training.weekly.findings import Finding, Severity, finding_of, worst, worst_first

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


def test_a_finding_comes_back_from_json_as_it_went() -> None:
    assert finding_of(json.loads(json.dumps(ODD.to_dict()))) == ODD


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"code": "volume_low", "severity": "awful", "facts": {}},
        {"code": "volume_low", "severity": "ok", "facts": [1]},
        {"code": 7, "severity": "ok", "facts": {}},
    ],
)
def test_what_is_no_finding_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="is not a finding"):
        finding_of(document)
