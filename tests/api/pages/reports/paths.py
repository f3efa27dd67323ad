"""Every page of reports by endpoint."""

from collections.abc import Mapping

READ: Mapping[str, str] = {
    "pages.report_outcomes": "/reports",
    "pages.report_acceptance": "/reports/acceptance",
    "pages.report_exposure": "/reports/exposure",
    "pages.report_supply": "/reports/supply",
}
ENDPOINTS = READ.keys()
