"""The members' pages, by endpoint, and who may open or send them."""

from api.principals import OFFICE, Caller

STARTUP = frozenset({Caller.STARTUP})
PARTNERS = frozenset({Caller.MENTOR, Caller.INVESTOR})
READ = {
    "pages.my": ("/my", STARTUP | PARTNERS),
    "pages.my_partner": ("/my/partners/near", STARTUP),
    "pages.my_requests": ("/my/requests", STARTUP),
    "pages.my_history": ("/my/history", PARTNERS),
    "pages.my_profile": ("/my/profile", STARTUP | PARTNERS),
    "pages.feedback": ("/feedback", OFFICE),
}
SENT = {
    "pages.ask_for": ("/my/partners/near/request", STARTUP),
    "pages.wave_away": ("/my/partners/near/dismiss", STARTUP),
    "pages.take_remark_back": ("/my/remarks/1/undo", STARTUP),
    "pages.take_request_back": ("/my/introductions/none/withdraw", STARTUP),
    "pages.rate": ("/my/introductions/none/rating", STARTUP),
    "pages.say_yes": ("/my/introductions/none/accept", STARTUP | PARTNERS),
    "pages.say_outcome": ("/my/introductions/none/outcome", STARTUP | PARTNERS),
    "pages.unsay_outcome": ("/my/outcomes/1/undo", STARTUP | PARTNERS),
    "pages.say_no": ("/my/introductions/none/decline", STARTUP | PARTNERS),
    "pages.be_available": ("/my/availability", PARTNERS),
    "pages.pause": ("/my/pause", PARTNERS),
    "pages.take_part": ("/my/matching", STARTUP | PARTNERS),
    "pages.write_profile": ("/my/profile", STARTUP | PARTNERS),
    "pages.undo_profile": ("/my/profile/undo", STARTUP | PARTNERS),
}
ENDPOINTS = READ.keys() | SENT.keys()
