"""Every page of attention, with paths of the own organisation and of what nobody here may know of."""

ENDPOINTS = {
    "pages.attention",
    "pages.attention_table",
    "pages.decide_care",
    "pages.undo_care",
    "pages.performance_board",
    "pages.performance_table",
    "pages.assessment_page",
    "pages.assessment_table",
}
READ = (
    "/attention",
    "/attention/table?format=csv",
    "/attention/performance?period=month",
    "/attention/performance/table",
    "/attention/assessment?from=2026-01&to=2026-03",
    "/attention/assessment/table",
)
FOREIGN_WRITTEN = tuple(
    f"/attention/{id_}{end}" for id_ in ("s9", "south:s9", "near", "none") for end in ("", "/undo")
)
