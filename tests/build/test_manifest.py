"""What is on record of a build."""

from pathlib import Path

from leaflets.build.manifest import read_manifest


def test_a_manifest_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": [{"path": "x"}]}')
    assert read_manifest(tmp_path) == {}
