"""Leaflets made by the workers of a Dask cluster, perhaps on other machines.

Takes tasks, as `pool` does; gives a `Result` for each. The workers share a folder with this process, where it writes what they
work on, and have the same program and libraries, or say that they have not. A task that ends its worker is tried on others, as
often as the cluster allows, and is then a problem of one leaflet.
"""

import pickle
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from leaflets.build.jobs import Links, Task, hash_look
from leaflets.build.maker import Result
from leaflets.build.pool import WORKER_DIED, RunTasks
from leaflets.build.store import Store
from leaflets.build.worker import STATE, Limits, leave_seat, take_seat, work
from leaflets.content.project import Project
from leaflets.problems import Place, SetupError
from leaflets.profile import Clinic

PATIENCE = 30
"""Seconds in which a cluster has to answer, and a worker to come where there is none."""
TRIES = 5
"""More than a cluster tries a task that ends its workers: 4 times, if nobody set another `allowed-failures`."""

_one_at_a_time = threading.Lock()


@contextmanager
def open_cluster(
    address: str, project: Project, clinics: Sequence[Clinic | None], limits: Limits, store: Store
) -> Iterator[RunTasks]:
    """Give what runs tasks on a cluster, whose workers have a limit of memory of their own.

    Raises SetupError where none answers, where it has no worker, and for what keeps one from working.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SetupError("--dask needs one more package. Run: pip install 'leaflets[dask]'") from error
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="leaflets-", ignore_cleanup_errors=True)))
        (folder / STATE).write_bytes(pickle.dumps((project, clinics, store, hash_look(project))))
        try:
            client = held.enter_context(Client(address, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise SetupError(f"no cluster with a worker answers at {address}: {error}") from error
        executor = client.get_executor(pure=False)

        def run(tasks: Mapping[Task, Links]) -> Iterator[tuple[Task, Result]]:
            given = {executor.submit(work_afar, folder, limits, task, links): task for task, links in tasks.items()}
            silent = 0
            while given:
                done = wait(given, PATIENCE, FIRST_COMPLETED).done
                silent = 0 if done else silent + PATIENCE
                if silent and not has_workers(client):
                    raise SetupError(f"the cluster at {address} has no worker any more")
                if silent > TRIES * limits.seconds:
                    raise SetupError(f"the cluster at {address} has made nothing for {silent} seconds")
                for future in done:
                    task = given.pop(future)  # which holds the bytes of its files
                    yield task, find_result(future, task, limits)

        yield run


def work_afar(folder: Path, limits: Limits, task: Task, links: Links) -> Result:
    """Make one leaflet as a worker of a cluster. Raises SetupError with the reason where this one cannot."""
    with _one_at_a_time:
        try:
            if not (folder / STATE).is_file():
                raise SetupError(f"{folder} is not there; let TMPDIR name a folder that all machines share")
            take_seat(folder, limits)
            return work(task, links)
        except Exception as error:  # a library that is missing, another program: whatever it is, it is the reason
            leave_seat()
            raise SetupError(f"a worker of the cluster cannot work, on {socket.gethostname()}: {error}") from error


def has_workers(client: Any) -> bool:
    try:
        return bool(client.scheduler_info()["workers"])
    except OSError:
        return False


def find_result(future: "Future[Result]", task: Task, limits: Limits) -> Result:
    """Give what came of a task. Raises SetupError where no worker can work, and where the cluster is gone."""
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        job, _ = task
        said = f"the workers that made this leaflet died (no memory, or more than {limits.seconds} seconds?)"
        problem = WORKER_DIED.at(Place(job.path(True)), said, "Build it without --dask, which tells why.")
        return Result(job, (), (problem,))
    except SetupError:
        raise
    except Exception as error:
        raise SetupError(f"the cluster cannot go on: {type(error).__name__}: {error}") from error
