"""`pip install .` gives the same command, with all its data in the wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.projects import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    return next(folder.glob("leaflets-*.whl"))


def test_the_wheel_holds_every_file_that_a_build_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("content", "templates", "translations"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"leaflets/_data/{path.relative_to(ROOT).as_posix()}" in names


def test_the_wheel_holds_the_data_of_the_package_and_says_that_it_is_typed(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "leaflets").rglob("*") if path.suffix in (".toml", ".typed")}
    assert {"leaflets/py.typed", "leaflets/languages/conventions.toml"} <= data <= names


def test_an_installed_wheel_builds_a_leaflet_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    empty = tmp_path / "empty"
    empty.mkdir()
    command = [sys.executable, "-m", "leaflets", "build", "--leaflet", "cutis", "--locale", "hi"]
    command += ["--edition", "standard", "--paper", "letter"]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    assert (empty / "output/hi/cutis-sheet-letter-DRAFT.pdf").read_bytes().startswith(b"%PDF-")
