"""Every page of the import wizard."""

ENDPOINTS = {
    "pages.importing",
    "pages.receive_files",
    "pages.show_import",
    "pages.plan_import",
    "pages.correct_import",
    "pages.uncorrect_import",
    "pages.discard_import",
    "pages.commit_import",
}
STEPS = ("plan", "correct", "uncorrect", "discard", "commit")
