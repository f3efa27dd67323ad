"""What may go live, what is recorded of it, and how rolling back is quick."""

import json
from pathlib import Path

import fsspec
import pytest

from matcher.errors import Conflict, InvalidInput, NotFound, UnusableModel
from matcher.model.bundle import ARRAYS, FORMAT, MANIFEST
from matcher.model.bundles import VERIFIED
from matcher.model.registry import POINTER, Promotion, Registry
from matcher.model.verdict import VERDICT
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import BY, PASSED, REJECTED, go_live


def statuses(registry: Registry) -> dict[str, str]:
    return {info.version: info.status for info in registry.versions()}


def test_what_the_gate_passed_goes_live_and_what_it_rejected_does_not(local: Registry):
    local.add(full_model("v1"))
    local.add(full_model("v2", seed=1))
    local.judge("v1", PASSED)
    local.judge("v2", REJECTED)

    local.promote("v1", **BY)
    with pytest.raises(
        Conflict, match=r"v2 was rejected by run 20260315T030000Z-cd34.*--force --reason TEXT"
    ):
        local.promote("v2", **BY)

    assert statuses(local) == {"v1": "live", "v2": "rejected"}
    assert local.verdict("v2") == REJECTED
    assert [info.verdict for info in local.versions()] == [REJECTED, PASSED]


def test_what_nobody_judged_does_not_go_live(local: Registry):
    local.add(full_model("v1"))

    with pytest.raises(Conflict, match=r"v1 was judged by no run.*bole retrain.*promote v1 --force"):
        local.promote("v1", **BY, reason="looks good")

    assert local.verdict("v1") is None
    assert statuses(local) == {"v1": "candidate"}


def test_the_latest_verdict_counts(local: Registry):
    local.add(full_model("v1"))
    local.judge("v1", PASSED)
    local.judge("v1", REJECTED)

    with pytest.raises(Conflict, match="rejected"):
        local.promote("v1", **BY)


def test_a_verdict_is_of_a_version_that_exists(local: Registry):
    with pytest.raises(NotFound, match="no model version 'v1'"):
        local.judge("v1", PASSED)


def test_a_damaged_verdict_passes_nothing_and_hides_nothing(local: Registry, tmp_path: Path):
    local.add(full_model("v1"))
    local.judge("v1", PASSED)
    (tmp_path / "models" / "versions" / "v1" / VERDICT).write_bytes(b'{"passed": true')

    with pytest.raises(UnusableModel, match=r"v1: its verdict.json is damaged"):
        local.promote("v1", **BY)
    assert statuses(local) == {"v1": "candidate"}


def test_what_was_live_before_needs_no_gate(local: Registry):
    for version in ("v1", "v2"):
        local.add(full_model(version))
        go_live(local, version)
    local.judge("v1", REJECTED)
    assert statuses(local) == {"v2": "live", "v1": "retired"}

    local.promote("v1", **BY)

    assert statuses(local) == {"v2": "retired", "v1": "live"}


def test_what_was_rolled_back_from_is_retired(local: Registry):
    for version in ("v1", "v2"):
        local.add(full_model(version))
        go_live(local, version)
    local.rollback(**BY)

    assert statuses(local) == {"v2": "retired", "v1": "live"}


def test_forcing_needs_a_reason_and_records_it(local: Registry):
    local.add(full_model("v1"))
    local.judge("v1", REJECTED)

    with pytest.raises(InvalidInput, match=r"reason: .* must say why"):
        local.promote("v1", **BY, reason=" \n", forced=True)
    with pytest.raises(InvalidInput, match="at most 500 characters"):
        local.promote("v1", **BY, reason="x" * 501, forced=True)
    assert local.promotions() == []
    local.promote("v1", **BY, reason="the gate's data\n were  late", forced=True)

    promoted = Promotion("v1", BY["at"], BY["by"], "the gate's data were late", forced=True)
    assert local.promotions() == [promoted]
    assert [(info.status, info.promoted) for info in local.versions()] == [("live", promoted)]


def test_promotions_and_rollbacks_are_told_newest_first(registry: Registry):
    for version in ("v1", "v2"):
        registry.add(full_model(version))
        registry.judge(version, PASSED)
        registry.promote(version, at=f"2026-03-0{version[1]}", by="wei", reason="weekly")
    registry.rollback(at="2026-03-03", by="lin")

    assert registry.promotions() == [
        Promotion("v1", "2026-03-03", "lin", "rolled back from v2"),
        Promotion("v2", "2026-03-02", "wei", "weekly"),
        Promotion("v1", "2026-03-01", "wei", "weekly"),
    ]


def test_rolling_back_takes_the_arrays_as_read_where_nothing_was_touched(local: Registry, tmp_path: Path):
    """What is no array passes here, as it is noted as verified: nobody has read it."""
    two_versions(local)
    folder = tmp_path / "models" / "versions" / "v1"
    (folder / ARRAYS).write_bytes(b"garbage")
    (folder / VERIFIED).write_text(local._bundles._state("versions/v1", "v1"))

    assert local.rollback(**BY) == "v1"
    with pytest.raises(UnusableModel, match="v1"):
        local.live_model()


def test_rolling_back_compares_every_byte_of_files_that_were_touched(registry: Registry, url: str):
    two_versions(registry)
    files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    arrays = f"{root}/versions/v1/{ARRAYS}"
    content = files.cat_file(arrays)
    files.pipe_file(arrays, content[:-100] + bytes(100))

    with pytest.raises(UnusableModel, match="v1"):
        registry.rollback(**BY)
    assert registry.live() == "v2"
    files.pipe_file(arrays, content)
    assert registry.rollback(**BY) == "v1"


def test_rolling_back_refuses_by_name_what_this_bole_no_longer_reads(local: Registry, tmp_path: Path):
    two_versions(local)
    manifest = tmp_path / "models" / "versions" / "v1" / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": FORMAT - 1}))

    with pytest.raises(UnusableModel, match=rf"v1: .*format {FORMAT}.*train again"):
        local.rollback(**BY)
    assert local.live() == "v2"


def test_rolling_back_to_what_was_promoted_before_states_were_noted_reads_it_whole(
    local: Registry, tmp_path: Path
):
    two_versions(local)
    noted = tmp_path / "models" / "versions" / "v1" / VERIFIED
    noted.unlink()

    assert local.rollback(**BY) == "v1"
    assert noted.exists()


def test_a_pointer_from_before_there_was_a_log_is_read_and_kept(local: Registry, tmp_path: Path):
    for version in ("v1", "v2", "v3"):
        local.add(full_model(version))
    pointer = tmp_path / "models" / POINTER
    pointer.write_text('{"version": "v2", "previous": ["v1"]}')
    assert local.promotions() == []
    assert statuses(local) == {"v3": "candidate", "v2": "live", "v1": "retired"}

    go_live(local, "v3")

    assert [local.rollback(**BY), local.rollback(**BY)] == ["v2", "v1"]
    assert len(local.promotions()) == 3


def test_a_pointer_that_cannot_be_read_now_is_not_written_anew(local: Registry, tmp_path: Path):
    """A damaged one is; but what a server does not hand out this second is there all the same."""
    two_versions(local)
    pointer = tmp_path / "models" / POINTER
    kept = pointer.rename(tmp_path / "kept")
    pointer.symlink_to(pointer)

    with pytest.raises(UnusableModel, match="cannot be used"):
        go_live(local, "v1")
    assert pointer.is_symlink()
    kept.replace(pointer)
    assert local.rollback(**BY) == "v1"


def two_versions(registry: Registry) -> None:
    """v2 is live and v1 was."""
    for version in ("v1", "v2"):
        registry.add(full_model(version))
        go_live(registry, version)
