"""The pages about accounts, by endpoint: those that anybody may open, and those of who signed in."""

OPEN = {
    "pages.enter_by_password",
    "pages.asking_for_code",
    "pages.enter_by_code",
    "pages.welcome",
    "pages.accept_invitation",
    "pages.resetting",
    "pages.reset",
    "pages.forgetting",
    "pages.forgotten",
    "pages.finding_sign_on",
    "pages.find_sign_on",
    "pages.signing_on",
    "pages.sign_on",
    "pages.signed_on",
}
EVERYBODYS = {
    "pages.account",
    "pages.change_account",
    "pages.change_password",
    "pages.end_other_sessions",
    "pages.setting_up_codes",
    "pages.set_up_codes",
    "pages.renew_recovery_codes",
    "pages.switch_codes_off",
    "pages.make_token",
    "pages.revoke_token",
}
OFFICES = {
    "pages.people",
    "pages.invite_person",
    "pages.send_link",
    "pages.deactivate_person",
    "pages.activate_person",
    "pages.drop_codes",
    "pages.require_second_step",
}
ADMINS = {
    "pages.forget_sign_on",
    "pages.single_sign_on",
    "pages.set_single_sign_on",
    "pages.remove_single_sign_on",
}
ENDPOINTS = OPEN | EVERYBODYS | OFFICES | ADMINS
