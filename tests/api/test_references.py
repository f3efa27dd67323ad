"""Paths decoded but for the two characters that could change their steps."""

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from api.references import MAX_REFERENCE, ReferenceConverter, half_decoded_path


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"RAW_URI": "/v1/profiles/a%2Fb"}, "/v1/profiles/a%2Fb"),
        ({"RAW_URI": "/v1/profiles/a%252Fb"}, "/v1/profiles/a%252Fb"),
        ({"RAW_URI": "/v1/profiles/a%20b?x=%20"}, "/v1/profiles/a b"),
        ({"RAW_URI": "/%E4%B8%80"}, "一".encode().decode("latin-1").join(["/", ""])),
        ({"RAW_URI": "http://host/v1/models"}, "/v1/models"),
        ({"RAW_URI": "//v1/models"}, "//v1/models"),
        ({"RAW_URI": "/bole/v1/models", "SCRIPT_NAME": "/bole"}, "/v1/models"),
        ({"PATH_INFO": "/a/50%"}, "/a/50%25"),
    ],
)
def test_slashes_and_percent_signs_of_ids_stay_encoded(environ: dict[str, str], path: str):
    assert half_decoded_path(environ) == path


PATHS = Map([Rule("/of/<reference:id>/end", endpoint="end")], converters={"reference": ReferenceConverter})


@pytest.mark.parametrize("reference", ["a", "south:m1", "a/b", "50%", "a%2Fb", "一号", "x" * MAX_REFERENCE])
def test_a_reference_comes_back_from_the_path_that_is_built_of_it(reference: str):
    paths = PATHS.bind("host")
    path = paths.build("end", {"id": reference})
    assert paths.match(half_decoded_path({"RAW_URI": path}).encode("latin-1").decode()) == (
        "end",
        {"id": reference},
    )


@pytest.mark.parametrize("step", ["a\0", "a\nb", "\u2028", "x" * (MAX_REFERENCE + 1), ""])
def test_what_no_id_can_be_is_no_reference(step: str):
    with pytest.raises(NotFound):
        PATHS.bind("host").match(f"/of/{step}/end")
