"""Confirming a signal or putting it aside, from the list; and taking that back."""

import re
from dataclasses import replace

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.pages.attention.listing import shown
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.profiles.acting import typed
from api.pages.profiles.signals import answer_of
from api.principals import OFFICE
from matcher.attention.deciding import decide
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.profiles import Profile

_MARK = re.compile("[0-9a-f]{16}")


@pages.post("/attention/<reference:startup_id>")
@allow(*OFFICE, cookie=True)
def decide_care(startup_id: str) -> AnyResponse:
    """Keep the decision, and go on with the list."""
    scope, services = current_scope(), current_services()
    startup = scope.startup(startup_id)
    try:
        made, after = decide(
            services.store,
            scope.organisation,
            answer_of(startup),
            services.attention,
            who=scope.principal.who,
            at=services.clock(),
            language=language(),
        )
    except InvalidInput as error:
        return shown(422, refused=error.field)
    except (Conflict, NotFound):
        return shown(409, refused="changed")
    added = [need for need in after.needs if need not in startup.needs]
    told = {"decided": startup.id, "mark": made.signal.mark, "added": added[0] if added else None}
    return redirect(_back(**told), 303)


@pages.post("/attention/<reference:startup_id>/undo")
@allow(*OFFICE, cookie=True)
def undo_care(startup_id: str) -> AnyResponse:
    """The signal is open again, and the need that confirming added is none any more."""
    scope, services = current_scope(), current_services()
    startup, mark, added = scope.startup(startup_id), typed("mark"), typed("added")
    if not _MARK.fullmatch(mark):
        raise InvalidInput("mark", mark[:40], "is no signal's")

    def without(now: Profile) -> Profile:
        return replace(now, needs=tuple(need for need in now.needs if need != added))

    try:
        now = services.clock()
        services.store.attention.take_back(scope.organisation, startup.id, mark, without, at=now)
    except NotFound:
        return redirect(_back(), 303)  # taken back before
    return redirect(_back(), 303)


def _back(**told: str | None) -> str:
    """The list with the filters that the form was sent under."""
    kept = {name: request.args.get(name) for name in ("rule", "severity", "cohort", "page")}
    return url_for("pages.attention", **{**kept, **told})  # type: ignore[arg-type]
