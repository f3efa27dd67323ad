"""Every route with an id, of the API and of the pages, asked by every role for another organisation's things.

Nothing here is a list of routes: the application's own map is gone through, so that a route made tomorrow is
asked too. `python -m tests.api.walk_access` prints what was asked and answered.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from apiflask import APIFlask
from werkzeug.routing import Rule

from api.access import Access, declared_access
from api.app import create_app
from api.pages import pages
from api.principals import Caller, Principal, issue_token, token_hash
from api.services import Services
from api.settings import Settings
from matcher.amendments import AmendmentKind
from matcher.cohorts.introducing.introduction import Side
from matcher.remarks import Remark, RemarkKind
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.fakes import FakeMatches, FakeRegistry
from tests.api.test_access import ROUTES, given
from tests.api.world import caller, introduction_of, populate, run_of

HIDDEN = frozenset({403, 404})
"""What another organisation's things are answered by: not for this role, or not there."""
OF_NOBODY = {
    "filename": "files of the pages themselves",
    "organisation": "the public page of an organisation's single sign-on",
    "run": "reports of the weekly training, which are of the whole service",
    "report": "which report: each is about the caller's own organisation",
    "kind": "a word of the taxonomies",
    "version": "a model, which is of the whole service",
}
"""Parameters in paths that name no organisation's thing, and what they name."""
OF_ITS_PARENT = {
    "/v1/runs/<reference:run_id>/edits/<reference:number>": "number",
    "/introductions/<reference:introduction_id>/outcomes/<reference:number>/undo": "number",
}
"""Numbers within a thing: every run has an edit 1, and the run says whose it is. What was noted of an
introduction may be undone twice."""
SAYS_NOTHING = {"/my/remarks/<reference:number>/undo", "/my/outcomes/<reference:number>/undo"}
"""Pressed twice, or of somebody else: the page says that there was nothing to take back."""
MAKES_NEW = {("PUT", "/v1/profiles/<reference:profile_id>")}
"""Where an id that is another organisation's is free in one's own: only in full it names a foreign thing."""
FORMS = {
    "/panels/<reference:panel_id>/assignment": {"version": "1", "each": "1"},
    "/runs/<reference:run_id>/edits": {"version": "1", "kind": "lock", "startup": "s1", "partner": "m1"},
    "/runs/<reference:run_id>/introductions/<reference:introduction_id>": {"version": "1", "act": "accept"},
    "/runs/<reference:run_id>/mend": {"version": "1", "startup": "s1", "partner": "m1"},
}
"""What a form must say before anything is looked up."""


@dataclass(frozen=True)
class Asked:
    """One question and its answer."""

    surface: str
    method: str
    rule: str
    role: str
    path: str
    status: int

    @property
    def as_it_should(self) -> bool:
        if self.role == "nobody":
            return self.status in {401, 303}
        return self.status in HIDDEN or (self.status == 303 and self.rule in SAYS_NOTHING)


@dataclass(frozen=True)
class Things:
    """What is there: by the parameter that names it, one id of north's and those of south's."""

    own: Mapping[str, str]
    foreign: Mapping[str, tuple[str, ...]]


def things(store: Store) -> Things:
    """One thing of every kind, in north and in south."""
    ours, theirs = _made(store, "north"), _made(store, "south")
    both = {name: (id_, f"south:{id_}") for name, id_ in theirs.items()}
    both["profile_id"] = (*both["profile_id"], "m9", "south:m9")
    return Things(ours, both)


def _made(store: Store, organisation: str) -> dict[str, str]:
    """The ids of an organisation's things, by parameter."""
    north = organisation == "north"
    startup, partner = ("s1", "m1") if north else ("s9", "m9")
    cohort, published, panel = ("solved", "published", "p1") if north else ("foreign", "abroad", "p9")
    person = store.people.add(organisation, f"someone@{organisation}.example", role="staff").id
    token = issue_token(store, Principal(organisation, Caller.STAFF, person_id=person))
    change = store.amendments.amend(
        organisation, {startup: lambda old: old}, AmendmentKind.EDITED, who="staff"
    )
    upload = store.uploads.add(organisation, [("a.csv", b"id\n")], who="staff", plan={}, look={})
    said = Remark(
        organisation=organisation,
        startup_key=f"{organisation}:{startup}",
        partner_key=f"{organisation}:{partner}",
        side=Side.PARTNER,
        kind=RemarkKind.DISMISSED,
        at=NOON,
    )
    run = run_of(store, cohort)
    return {
        "person_id": person,
        "token_id": token_hash(token)[:12],
        "run_id": run,
        "other_id": run,
        "cohort_id": cohort,
        "introduction_id": introduction_of(store, published),
        "change_id": change.id,
        "profile_id": startup,
        "startup_id": startup,
        "partner_id": partner,
        "a": startup,
        "b": partner,
        "import_id": upload,
        "number": str(store.remarks.put(said).number),
        "panel_id": panel,
    }


def walk(app: APIFlask, store: Store) -> list[Asked]:
    """Ask every route for every foreign thing, by each role and by nobody."""
    known = things(store)
    asked: list[Asked] = []
    for role in (*Caller, None):
        send = _sender(app, store, role)
        for rule, method, paths in _routes(app, known):
            for path in paths:
                surface = "pages" if rule.endpoint.startswith("pages.") else "API"
                query, given = _given(rule.rule, method, role or Caller.STAFF)
                status = send(method, path + query, given, declared_access(app, rule.endpoint))
                asked.append(Asked(surface, method, rule.rule, str(role or "nobody"), path, status))
    return asked


def unknown_parameters(app: APIFlask) -> set[str]:
    """Parameters in paths that this walk knows no foreign id for."""
    named = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    return named - OF_NOBODY.keys() - _KNOWN


_KNOWN = frozenset(
    "person_id token_id run_id other_id cohort_id introduction_id change_id profile_id startup_id partner_id "
    "a b import_id number panel_id".split()
)


def _routes(app: APIFlask, known: Things) -> Iterator[tuple[Rule, str, list[str]]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        named = sorted(rule.arguments - OF_NOBODY.keys() - {OF_ITS_PARENT.get(rule.rule, "")})
        if not named or declared_access(app, rule.endpoint).public:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            qualified = (method, rule.rule) in MAKES_NEW
            paths = _paths(rule.rule, named, known)
            yield rule, method, [path for path in paths if "south%3A" in path or not qualified]


def _paths(rule: str, named: list[str], known: Things) -> Iterator[str]:
    """The rule's paths in which one id is foreign and the others are own; and all are foreign."""
    for wrong in named:
        for id_ in known.foreign[wrong]:
            yield _filled(rule, {**known.own, wrong: id_})
    if len(named) > 1:
        yield _filled(rule, {**known.own, **{name: known.foreign[name][0] for name in named}})


def _given(rule: str, method: str, role: Caller) -> tuple[str, dict[str, Any]]:
    """The query and the body of a good request: only the id is wrong."""
    route = ROUTES.get((method, rule))
    if route is None:
        return "", {} if method == "GET" else {"data": {"form_token": "known", **FORMS.get(rule, {})}}
    query = route.path.partition("?")[2]
    return f"?{query}" if query else "", given(route, role)


def _filled(rule: str, ids: Mapping[str, str]) -> str:
    return re.sub(r"<(?:[^<:>]+:)?([^>]+)>", lambda found: quote(ids[found[1]], safe=""), rule)


def _sender(
    app: APIFlask, store: Store, role: Caller | None
) -> Callable[[str, str, dict[str, Any], Access], int]:
    """Asks as the role does: by its token at the API, by its session, with the form token, at pages."""
    client = app.test_client()
    token = caller(app, store, role).token if role else ""
    with client.session_transaction() as session:
        session["form_token"] = "known"
        if token:
            session["token_hash"] = token_hash(token)

    def send(method: str, path: str, given: dict[str, Any], access: Access) -> int:
        if token and not access.cookie:
            given = {**given, "headers": {"Authorization": f"Bearer {token}"}}
        with client.open(path, method=method, **given) as answer:
            return answer.status_code

    return send


def told(asked: list[Asked]) -> str:
    """How many questions by surface and role, and what they were answered by."""
    lines = []
    for surface in ("API", "pages"):
        of_it = [each for each in asked if each.surface == surface]
        routes = len({(each.method, each.rule) for each in of_it})
        lines.append(f"{surface}: {routes} routes with an id, {len(of_it)} questions")
        for role in dict.fromkeys(each.role for each in of_it):
            counts = Counter(each.status for each in of_it if each.role == role)
            statuses = "  ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
            lines.append(f"  {role:9} {statuses}")
    return "\n".join(lines)


@click.command()
def main() -> None:
    """Walk through a fresh world of two organisations."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/bole.db")
        store.migrate()
        populate(store)
        services = Services(store, FakeMatches(store), FakeRegistry(), clock=lambda: NOON)
        app = create_app(services, Settings(home=Path(folder)), pages=[pages])
        if unknown := unknown_parameters(app):
            raise click.ClickException(f"say above what is foreign: {', '.join(sorted(unknown))}")
        asked = walk(app, store)
        store.close()
    click.echo(told(asked))
    wrong = [each for each in asked if not each.as_it_should]
    for each in wrong:
        click.echo(f"WRONG {each.role} {each.method} {each.path}: {each.status}")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
