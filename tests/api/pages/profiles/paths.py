"""Every page of profiles, with paths of the own organisation and of what nobody here may know of."""

ENDPOINTS = {
    "pages.startups",
    "pages.partners",
    "pages.change_many",
    "pages.undo_change",
    "pages.new_profile",
    "pages.create_profile",
    "pages.edit_profile",
    "pages.save_profile",
    "pages.set_status",
    "pages.delete_profile",
    "pages.suggest",
    "pages.profile_history",
    "pages.startup_signals",
    "pages.decide_signal",
    "pages.startup_funding",
}
READ = (
    "/profiles/new?role=mentor",
    "/profiles/lamp/edit",
    "/profiles/suggest?field=industries&q=ai",
    "/profiles/lamp/history",
    "/profiles/south:m8/history",
    "/startups/lamp/signals",
    "/startups/lamp/funding",
)
WRITTEN = (
    "/profiles/many",
    "/changes/00/undo",
    "/profiles/new",
    "/profiles/lamp/edit",
    "/profiles/lamp/status",
    "/profiles/lamp/delete",
    "/startups/lamp/signals",
)
_READ = ("/profiles/{}/edit", "/profiles/{}/history", "/startups/{}/signals", "/startups/{}/funding")
_WRITTEN = ("/profiles/{}/edit", "/profiles/{}/status", "/profiles/{}/delete", "/startups/{}/signals")
FOREIGN_READ = (
    *(path.format(id_) for path in _READ for id_ in ("s9", "south:s9", "south:m9", "none")),
    "/profiles/south:m8/edit",
    "/startups/south:m8/signals",
)
FOREIGN_WRITTEN = tuple(
    path.format(id_) for path in _WRITTEN for id_ in ("s9", "south:s9", "south:m8", "none")
)
