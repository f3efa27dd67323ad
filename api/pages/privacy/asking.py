"""Somebody asks to be erased, or takes that back."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.pages.accounts.account import done
from api.pages.accounts.fields import myself
from api.pages.blueprint import pages
from api.principals import Caller


@pages.post("/account/erasure")
@allow(*Caller, cookie=True)
def ask_for_erasure() -> AnyResponse:
    """Ask the office to erase the account or, where the form says so, the profile too."""
    person = myself()
    whole = bool(person.profile_id) and request.form.get("what") == "whole"
    current_services().store.erasures.ask(person.organisation, person.id, whole=whole)
    return done("erasure-asked")


@pages.post("/account/erasure/back")
@allow(*Caller, cookie=True)
def take_erasure_back() -> AnyResponse:
    """Stay."""
    person = myself()
    current_services().store.erasures.take_back(person.organisation, person.id)
    return done("erasure-taken-back")
