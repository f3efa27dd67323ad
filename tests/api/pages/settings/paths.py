"""Every page of the settings."""

ENDPOINTS = {
    "pages.settings",
    "pages.rename_organisation",
    "pages.set_office",
    "pages.set_new_run",
    "pages.taxonomies",
    "pages.headers",
    "pages.mean_header",
    "pages.forget_header",
}
READ = ("/settings", "/settings/taxonomies", "/settings/taxonomies?kind=regions&q=苏", "/settings/headers")
WRITTEN = (
    "/settings/name",
    "/settings/office",
    "/settings/new-run",
    "/settings/headers",
    "/settings/headers/forget",
)
