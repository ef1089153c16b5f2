"""Leaflets made by the workers of a Dask cluster: two processes on this machine, which are reached on loopback alone."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaflets.build import cluster
from leaflets.build.cluster import open_cluster, work_afar
from leaflets.build.maker import Result
from leaflets.build.store import NO_STORE
from leaflets.build.worker import LIMITS, STATE, Limits
from leaflets.content.project import Project
from leaflets.problems import SetupError
from tests.build.test_driver import read_folder
from tests.conftest import Run
from tests.support.projects import ENGLISH, ROOT, write_project
from tests.support.rogue import name_job, work_as_rogue

pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = pytest.mark.slow

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    how = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with LocalCluster(int(sys.argv[1]), processes=True, **how) as cluster:
        print(cluster.scheduler_address, flush=True)
        for line in sys.stdin:
            cluster.scale(int(line))
"""


@contextmanager
def start_cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a cluster that tries nothing on more than two workers; gives its address, and the process that ends it."""
    program = folder / "cluster.py"
    program.write_text(CLUSTER)
    own = {"PYTHONPATH": str(ROOT), "LEAFLETS_TRIES": os.devnull, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    command = [sys.executable, str(program), str(workers)]
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, env=os.environ | own, stdin=pipe, stdout=pipe, stderr=quiet, text=True) as process:
        assert process.stdout
        assert process.stdin
        yield process.stdout.readline().strip(), process
        process.stdin.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with start_cluster(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


def run_rogues(address: str, project: Project, *names: str) -> dict[str, Result]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "work_afar", work_as_rogue)
        with open_cluster(address, project, [None], LIMITS, NO_STORE) as run:
            return {job.leaflet: result for (job, _), result in run({(name_job(name), 0): {} for name in names})}


def test_a_cluster_gives_the_bytes_of_one_machine(address: str, tmp_path: Path, run: Run) -> None:
    build = ("--project", write_project(tmp_path / "project").root, "build", "--edition", "standard", "--edition", "web")
    assert run(*build, "--output", tmp_path / "here", "--jobs", 1).exit_code == 0
    for name in ("there", "once more"):  # the same workers, which keep nothing of the build before
        result = run(*build, "--output", tmp_path / name, "--dask", address)
        assert result.exit_code == 0, result.output
        assert "6 of 6 leaflets" in result.stdout
        assert read_folder(tmp_path / name) == read_folder(tmp_path / "here")


def test_a_leaflet_that_ends_its_worker_fails_by_name_and_all_others_are_made(address: str, project: Project) -> None:
    results = run_rogues(address, project, "good-1", "kill", "good-2")
    assert {name: [each.id for each in result.problems] for name, result in results.items()} == {
        "good-1": [],
        "kill": ["worker-died"],
        "good-2": [],
    }
    [problem] = results["kill"].problems
    assert problem.place.path == name_job("kill").path(True)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()


def dismiss_workers(process: subprocess.Popen[str]) -> None:
    print(0, file=process.stdin, flush=True)


def wait_on(process: subprocess.Popen[str]) -> None:
    pass


@pytest.mark.parametrize(
    ("happen", "said"),
    [
        (kill, "the cluster cannot go on: "),
        (dismiss_workers, "has no worker any more"),
        (wait_on, "has made nothing for 3 seconds"),
    ],
)
def test_a_cluster_that_goes_away_or_stands_still_stops_the_build(
    happen: Callable[[subprocess.Popen[str]], None],
    said: str,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 3)
    monkeypatch.setattr(cluster, "work_afar", work_as_rogue)
    limits = Limits(0 if happen is wait_on else 60, 512)
    with start_cluster(tmp_path, 1) as (address, process), open_cluster(address, project, [None], limits, NO_STORE) as run:
        found = run({(name_job(name), 0): {} for name in ("good", "sleep")})
        assert next(found)[0] == (name_job("good"), 0)
        happen(process)
        with pytest.raises(SetupError, match=said):
            next(found)
        process.kill()  # its worker sleeps on


def test_what_is_no_cluster_is_refused(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 2)
    with (
        pytest.raises(SetupError, match=r"^no cluster with a worker answers at tcp://127\.0\.0\.1:9: "),
        open_cluster("tcp://127.0.0.1:9", project, [None], LIMITS, NO_STORE),
    ):
        pass


def test_a_worker_that_cannot_work_says_why(project: Project, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot work, on .*: .* is not there; let TMPDIR name a folder that all"):
        work_afar(tmp_path / "elsewhere", LIMITS, (ENGLISH, 0), {})
    state = project, [None], NO_STORE, "the look of another program"
    (tmp_path / STATE).write_bytes(pickle.dumps(state))
    with pytest.raises(SetupError, match="the program was changed while it ran, or is another here"):
        work_afar(tmp_path, LIMITS, (ENGLISH, 0), {})
