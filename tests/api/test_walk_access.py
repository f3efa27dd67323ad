"""Another organisation's things are as unknown as what is not there: every route with an id, every role."""

from apiflask import APIFlask

from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.store import Store
from tests.api.walk_access import told, unknown_parameters, walk


def test_nobody_reaches_another_organisations_things_by_any_route(
    services: Services, settings: Settings, store: Store, log
):
    app: APIFlask = create_app(services, settings, pages=[pages], records=observer(None, log))
    assert unknown_parameters(app) == set(), "say in tests/api/walk_access.py what is foreign"
    asked = walk(app, store)
    assert [each for each in asked if not each.as_it_should] == []
    assert len(asked) > 1500, told(asked)
    assert {each.role for each in asked} == {*Caller, "nobody"}
    assert store.profile("south", "s9").name == "Far Startup"
    assert len(store.remarks.all("south")) == 1
