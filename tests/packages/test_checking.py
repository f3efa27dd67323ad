"""Licences and versions of what Bole runs on."""

import pytest

from tests.packages.checking import advisory_trouble, licence_trouble, running, troubles


def test_what_is_installed_is_permissive_and_without_known_advisories():
    packages = running()
    assert {"flask", "werkzeug", "authlib", "cryptography", "numpy"} <= packages.keys()
    assert "pytest" not in packages, "what only development needs is not shipped"
    assert troubles(packages) == []


@pytest.mark.parametrize("licence", ["MIT", "BSD-3-Clause AND CC0-1.0", "Apache 2.0", "GPL-2.0 OR MIT"])
def test_a_permissive_licence_is_good(licence: str):
    assert licence_trouble("some", licence) == ""


@pytest.mark.parametrize("licence", ["", "GPL-3.0-only", "MPL-2.0 AND MIT", "LGPL", "All rights reserved"])
def test_any_other_is_named(licence: str):
    assert licence_trouble("some", licence).startswith("some ")


def test_an_old_version_is_named_with_its_advisory():
    assert "CVE-2025-66221" in advisory_trouble("werkzeug", "3.1.3")
    assert advisory_trouble("werkzeug", "3.1.10") == ""
    assert advisory_trouble("unheard-of", "0.1") == ""
