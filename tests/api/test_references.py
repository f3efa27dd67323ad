"""Paths decoded but for the two characters that could change their steps."""

import pytest

from api.references import half_decoded_path


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
