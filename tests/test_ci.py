"""What others copy for their CI: it names what is there, and its commands do what they say."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import verapdf
from tests.support.projects import ROOT, sign_all, write_project
from tests.support.small import WITH_SHEET

CI = ROOT / "docs/ci"
DOCKERFILE = (CI / "Dockerfile").read_text(encoding="utf-8")
HOST = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:io|com|org|net|dev)\b")


@pytest.fixture(scope="module")
def workflow() -> Any:
    return yaml.safe_load((CI / "leaflets.yml").read_text(encoding="utf-8"))


def list_commands(job: Any) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def test_a_workflow_to_copy_makes_only_what_make_knows_and_waits_for_what_it_needs(workflow: Any) -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert targets
    called = {line.split()[1] for job in workflow["jobs"].values() for line in list_commands(job) if line.startswith("make ")}
    assert called == {"check", "setup"} <= set(targets[1].split())
    assert {name: job.get("needs") for name, job in workflow["jobs"].items()} == {
        "check": None,
        "build": "check",
        "publish": "build",
    }
    assert workflow["jobs"]["build"]["if"] == "github.event_name == 'push'"
    assert workflow["permissions"] == {"contents": "read"}


def test_what_anybody_can_read_is_no_draft(workflow: Any) -> None:
    assert "--release" in workflow["env"]["OPTIONS"].split()


@pytest.mark.slow
def test_the_parts_that_a_workflow_makes_are_published_as_one_desk_and_one_zip(workflow: Any, tmp_path: Path) -> None:
    write_project(tmp_path, WITH_SHEET)
    for tag in ("en", "es"):
        sign_all(tmp_path, tag)
    program = tmp_path / ".venv/bin/leaflets"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leaflets --project "$PWD" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    build, publish = (list_commands(workflow["jobs"][name])[2:] for name in ("build", "publish"))
    shards = workflow["jobs"]["build"]["strategy"]["matrix"]["shard"]
    lines = [line.replace("${{ matrix.shard }}", str(shard)) for shard in shards for line in build] + publish
    assert all(f"/{len(shards)} " in line for line in build)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    for line in lines:
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=tmp_path,
            env={
                "OPTIONS": "--release --edition web",
                "PATH": path,
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, line + done.stdout + done.stderr
    names = set(zipfile.ZipFile(tmp_path / "leaflets.zip").namelist())
    assert {"output/index.html", "output/en/adult.html", "output/es/adult.html"} <= names
    assert (tmp_path / "output/index.html").is_file()


def test_an_image_has_the_packages_of_the_makefile_and_all_that_a_build_reads_and_runs_as_nobody_in_particular() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    packages = re.search(r"^RUN_PACKAGES := (.*)$", makefile, re.M)
    assert packages
    assert f"--no-install-recommends {packages[1]} " in DOCKERFILE
    copied = {name for line in re.findall(r"^COPY (.*) \S+$", DOCKERFILE, re.M) for name in line.split()}
    assert {"leaflets", "content", "templates", "translations", "requirements.lock", "pyproject.toml"} <= copied
    assert all((ROOT / name).exists() for name in copied)
    steps = re.findall(r"^(FROM|RUN|USER|WORKDIR|ENTRYPOINT|CMD) (.*)", DOCKERFILE, re.M)
    assert steps[-4:] == [
        ("USER", "leaflets"),
        ("WORKDIR", "/work"),
        ("ENTRYPOINT", '["/opt/leaflets/bin/leaflets"]'),
        ("CMD", '["build"]'),
    ]
    for flags in re.findall(r"pip install --no-cache-dir (.*?) (?:-r|/src$)", DOCKERFILE, re.M):
        assert f"$(PIP) install {flags} " in makefile


def test_what_is_copied_names_no_host() -> None:
    words = [path.read_text(encoding="utf-8") for path in CI.iterdir()]
    assert [found for text in words for found in HOST.findall(text)] == []


def test_a_repository_without_the_project_builds_by_one_step(workflow: Any, tmp_path: Path) -> None:
    action = yaml.safe_load((CI / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    packages, setup, build = action["runs"]["steps"]
    assert set(packages["run"].split()) >= set(workflow["env"]["PACKAGES"].split()) - {"git"}
    assert setup["run"] == 'make -C "$GITHUB_ACTION_PATH/../.." setup'
    assert build["env"] == {"OPTIONS": "${{ inputs.options }}"}
    project = write_project(tmp_path / "a project").root
    program = project / ".venv/bin/leaflets"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leaflets "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (project / "docs/ci").mkdir(parents=True)
    home = tmp_path / "clinic"
    home.mkdir()
    surroundings = {
        "OPTIONS": "--locale es --edition web --output leaflets",
        "GITHUB_ACTION_PATH": str(project / "docs/ci"),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(["sh", "-c", build["run"]], cwd=home, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "leaflets/es/adult.html").is_file()


def test_words_are_checked_before_a_commit() -> None:
    config = yaml.safe_load((CI / "pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    check = hooks["check"]
    assert check["entry"] == ".venv/bin/leaflets check"
    assert re.match(check["files"], "content/topics/es/signs.yaml")
    assert not re.match(check["files"], "leaflets/model.py")


@pytest.mark.parametrize("code", [1, 3])
@pytest.mark.parametrize("target", ["build", "check"])
def test_make_says_with_which_code_the_program_ended(tmp_path: Path, target: str, code: int) -> None:
    """GNU make ends with 2 whatever failed."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    program = tmp_path / ".venv" / "bin" / "leaflets"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\n[ "$*" = {target} ] && exit {code}\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".venv" / "installed").touch()
    ended = subprocess.run(["make", target], cwd=tmp_path, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.endswith(f"{target}] Error {code}\n")) == (2, True)


def test_without_java_no_file_passes_for_validated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="java"):
        verapdf.validate_pdfs([tmp_path / "adult.pdf"])
