"""Places for a registry: a folder, and a bucket of a real S3 server on this machine."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.model.registry import Registry
from tests.matcher.model.buckets import s3_server


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """The URL of an empty bucket; its server is found by the standard variables of the environment."""
    with s3_server() as url:
        yield url


@pytest.fixture(params=["folder", "object store"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "models")
    return f"{request.getfixturevalue('bucket')}/{uuid.uuid4().hex}"


@pytest.fixture
def registry(url: str, tmp_path: Path) -> Registry:
    return Registry(url, scratch=tmp_path / "scratch")


@pytest.fixture
def local(tmp_path: Path) -> Registry:
    """One in a folder, where the place makes no difference."""
    return Registry(str(tmp_path / "models"))
