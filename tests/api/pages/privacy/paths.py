"""The pages about privacy, by endpoint."""

EVERYBODYS = {"pages.export_me", "pages.ask_for_erasure", "pages.take_erasure_back"}
OFFICES = {
    "pages.privacy": "/privacy",
    "pages.export_profile": "/profiles/lamp/export",
    "pages.erasing_profile": "/profiles/lamp/erase",
    "pages.erase_profile": "/profiles/lamp/erase",
    "pages.export_person": "/people/{person}/export",
    "pages.erasing_person": "/people/{person}/erase",
    "pages.erase_person": "/people/{person}/erase",
}
ENDPOINTS = EVERYBODYS | OFFICES.keys()
