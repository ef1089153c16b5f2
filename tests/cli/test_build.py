"""`leaflets build`, as a nurse and a CI job type it."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import driver, leaflet, pool
from leaflets.build.account import Ending, Summary
from leaflets.build.manifest import JOURNAL, read_manifest
from leaflets.build.pool import open_crew, open_pool
from leaflets.build.receipt import RECEIPT
from leaflets.cli.report import show_progress
from leaflets.content import project as content_project
from leaflets.content.project import Language, Loader, load_language
from leaflets.files import claim_folder
from leaflets.problems import Place, Problem, Severity
from tests.build.test_driver import check_links, read_folder
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.small import WITH_SHEET


@pytest.mark.slow
def test_build_says_what_it_made_and_how_much_is_draft(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "made output/en/adult-leaflet-a4-DRAFT.pdf (1 page)",
        "made output/es/adult-leaflet-a4-DRAFT.pdf (1 page)",
        "2 of 2 leaflets in output/, 2 of them marked DRAFT",
    ]


@pytest.mark.slow
def test_build_names_what_it_did_not_make_and_why(tmp_path: Path, run: Run) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "stopped adult es leaflet standard a4: 1 error" in result.stdout
    assert "1 of 2 leaflets" in result.stdout
    assert "[number-mismatch]" in result.stderr
    assert "not made: adult es leaflet standard a4" in result.stderr


def test_a_workflow_of_github_is_told_in_annotations(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run("--project", project.root, "build", "--locale", "es", "--paper", "a4")
    assert result.exit_code == 1
    assert "::error title=number-mismatch,file=content/topics/es/signs.yaml,line=5::" in result.stdout


@pytest.mark.slow
def test_an_edition_that_english_does_not_have_is_named(tmp_path: Path, run: Run) -> None:
    build = (
        "--project",
        write_project(tmp_path / "project", WITH_SHEET).root,
        "build",
        "--edition",
        "bilingual",
        "--locale",
        "en",
    )
    result = run(*build)
    assert result.exit_code == 1
    said = "English has no bilingual edition, which would have English beside itself. Choose another language or edition."
    assert result.stderr == f"en: error: {said} [nothing-selected]\n"
    assert "es/adult-sheet-bilingual-a4-DRAFT.pdf" in run(*build, "--locale", "es", "--paper", "a4").stdout


@pytest.mark.slow
def test_an_error_that_stops_no_leaflet_still_fails_the_whole_build(tmp_path: Path, run: Run) -> None:
    """A language whose folder cannot even be named is a language that somebody waits for."""
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/english").mkdir()
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "[bad-locale]" in result.stderr
    assert "2 of 2 leaflets" in result.stdout


def test_a_clinic_file_that_is_not_there_stops_the_build(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "build", "--clinic", tmp_path / "clinic.yaml")
    assert result.exit_code == 1
    assert "clinic.yaml: error: No such file or directory" in result.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.slow
def test_a_clinic_s_name_and_numbers_are_printed(tmp_path: Path, run: Run) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text('name: A Test Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\n')
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--clinic",
        clinic,
        "--locale",
        "es",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
    )
    assert result.exit_code == 0
    from leaflets.pdf.reader import read_pdf_facts

    texts = read_pdf_facts((tmp_path / "output/es/adult-leaflet-a4-DRAFT.pdf").read_bytes()).texts
    assert "A Test Clinic" in texts
    assert "Llame al 112 ahora" in texts


def test_an_output_that_cannot_be_written_is_an_environment_error(tmp_path: Path, run: Run) -> None:
    (tmp_path / "output").write_text("a file, not a folder")
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--locale",
        "en",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
        "--output",
        tmp_path / "output/x",
    )
    assert result.exit_code == 3
    assert "cannot write" in result.stderr


def test_ctrl_c_ends_with_130(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaflets.cli.make.run_plans", interrupt)
    result = run("--project", write_project(tmp_path / "project").root, "build")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_a_progress_bar_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with show_progress(2) as report:
        report(Summary("adult es", "es", Ending.STOPPED), Path("output"))
    assert "1/2" in capsys.readouterr().out


def test_a_leaflet_whose_file_cannot_be_read_is_not_called_missing_only(tmp_path: Path, run: Run) -> None:
    leaflet = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("pages: 2", "pages: many")
    project = write_project(tmp_path / "project", {"content/leaflets/adult.yaml": leaflet})
    result = run("--project", project.root, "build", "--leaflet", "adult")
    assert result.exit_code == 1
    assert "content/leaflets/adult.yaml:8: error: " in result.stderr


PROFILE = 'name: {}\nclinic_phone: "555 1234"\nurgent_phone: none\nemergency_number: "112"\n'


@pytest.mark.slow
def test_a_folder_of_clinics_is_one_build_each_in_its_own_folder_with_the_bytes_of_a_build_of_its_own(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, clinics = write_project(tmp_path / "project"), tmp_path / "clinics"
    for name, more in (("shifa", "colour: '#0b4f6c'\nhours: Mon-Fri 8-17\n"), ("river", "")):
        (clinics / name).mkdir(parents=True)
        (clinics / name / "clinic.yaml").write_text(PROFILE.format(f"{name.title()} Surgery") + more)
    words = ("--paper", "a4", "--locale", "es", "--edition", "standard", "--edition", "web", "--jobs", 1)
    build = ("--project", project.root, "build", *words)
    pools = []

    def open_counted(*given: Any) -> Any:
        pools.append(given)
        return open_pool(*given)

    with monkeypatch.context() as patch:
        patch.setattr(pool, "open_pool", open_counted)
        result = run(*build, "--clinic", clinics)
    assert result.exit_code == 0, result.stderr
    assert len(pools) == 1
    made = {path.parts[0]: path for path in (each.relative_to(tmp_path / "output") for each in tmp_path.glob("output/*/*/*.pdf"))}
    assert sorted(made) == ["river", "shifa"]
    from leaflets.pdf.reader import read_pdf_facts

    for name in made:
        assert f"{name.title()} Surgery" in read_pdf_facts((tmp_path / "output" / made[name]).read_bytes()).texts
        alone = run(*build, "--clinic", clinics / name / "clinic.yaml", "--output", tmp_path / "alone" / name)
        assert alone.exit_code == 0
        assert read_folder(tmp_path / "alone" / name) == read_folder(tmp_path / "output" / name)


def test_a_mistake_in_one_of_many_clinics_makes_nothing_and_all_mistakes_are_said(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    words = [
        PROFILE.format("Good Surgery"),
        PROFILE.format("Bad Surgery") + "fax: none\n",
        PROFILE.format("").replace("name: ", ""),
    ]
    for number, text in enumerate(words):
        (tmp_path / f"clinic-{number}.yaml").write_text(text)
    named = [word for number in range(3) for word in ("--clinic", tmp_path / f"clinic-{number}.yaml")]
    result = run("--project", project.root, "build", *named)
    assert result.exit_code == 1
    assert {line.split(":")[0] for line in result.stderr.splitlines()} == {
        str(tmp_path / f"clinic-{each}.yaml") for each in (1, 2)
    }
    assert not (tmp_path / "output").exists()


def test_two_clinics_of_one_id_and_a_folder_without_any_are_refused(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name in ("one", "two"):
        (tmp_path / "clinics" / name / "shifa").mkdir(parents=True)
        (tmp_path / "clinics" / name / "shifa" / "clinic.yaml").write_text(PROFILE.format(name))
    build = ("--project", project.root, "build")
    twice = run(*build, "--clinic", tmp_path / "clinics" / "one", "--clinic", tmp_path / "clinics" / "two")
    assert twice.exit_code == 3
    assert "are both called shifa; write another `id:` into one" in twice.stderr
    assert "has no clinic's file" in run(*build, "--clinic", tmp_path / "clinics").stderr


def test_a_paper_is_understood_in_any_case_and_no_language_in_disguise_is_offered(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "build", "--paper", "A4", "--print", "Leaflet", "--locale", "fr")
    assert result.exit_code == 1
    assert 'there is no language "fr" (French, français) yet. There are en, es. To begin it' in result.stderr


ODD = {"XDG_CACHE_HOME": "/proc/nope", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
WORDS = ("build", "--all", "--paper", "a4", "--jobs", "2", "--lines", "json")


def start_build(root: Path, output: Path, *words: str, within: tuple[str, ...] = (), fault: str = "") -> "subprocess.Popen[str]":
    """Start a build where there is no home, and everything else is odd as well; what it starts is in a group of its own.

    It runs `within` another program, where one is named. `fault` is what each of its processes does before all else.
    """
    around = {name: value for name, value in os.environ.items() if name != "HOME"} | ODD | {"PYTHONPATH": str(ROOT)}
    if fault:
        faults = output.parent / "faults"
        faults.mkdir()
        (faults / "sitecustomize.py").write_text(fault)
        around["PYTHONPATH"] += f":{faults}"
    command = (*within, sys.executable, "-m", "leaflets", "--project", str(root), *(words or WORDS), "--output", str(output))
    return subprocess.Popen(
        command, env=around, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root, process_group=0
    )


def list_group(leader: int) -> list[int]:
    """List the processes of a group that go on."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            found += [int(folder.name)] if int(group) == leader and state != "Z" else []
    return found


def read_lines(build: "subprocess.Popen[str]") -> Iterator[Any]:
    assert build.stdout
    yield from map(json.loads, build.stdout)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("project")).root


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a build that nothing disturbed."""
    output = tmp_path_factory.mktemp("whole")
    with start_build(root, output) as build:
        assert list(read_lines(build))[-1]["good"]
    return read_folder(output)


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whatever_ends_a_build_what_it_made_is_kept_by_the_next(
    root: Path, whole: dict[str, bytes], tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    with start_build(root, tmp_path) as build:
        lines = read_lines(build)
        made = [next(lines)["files"], next(lines)["files"]]
        build.send_signal(sent)
        assert build.wait(60) == code
    left = read_folder(tmp_path)
    assert sent is signal.SIGKILL or not [name for name in left if name.endswith(".part")]
    assert (JOURNAL in left) is (sent is signal.SIGKILL)
    assert all(left[name] == whole[name] for files in made for name in files if name.endswith(".pdf") and name in left)
    with start_build(root, tmp_path) as build:
        again = list(read_lines(build))
    prints = [files for files in made if files[0].endswith(".pdf")]
    assert prints
    assert {line["state"] for line in again[:-1] if line["files"] in prints} == {"kept"}
    assert again[-1]["kept"] >= len(prints)
    assert read_folder(tmp_path) == whole


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.2, 0.4, 0.8, 1.6])
def test_ctrl_c_while_processes_start_leaves_nothing_behind_and_says_one_line(root: Path, tmp_path: Path, delay: float) -> None:
    with start_build(root, tmp_path / "output") as build:
        while len(list_group(build.pid)) < 2:
            assert build.poll() is None
            time.sleep(0.01)
        time.sleep(delay)
        os.killpg(build.pid, signal.SIGINT)
        said = build.communicate(timeout=60)[1].splitlines()
        assert (build.returncode, said) == (130, ["leaflets: interrupted; every file in the output folder is whole"])
        until = time.monotonic() + 10
        while list_group(build.pid) and time.monotonic() < until:  # the last of multiprocessing's own ends after its parent
            time.sleep(0.05)
        assert list_group(build.pid) == []
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow
def test_after_a_full_disk_the_next_build_gives_what_a_clean_one_gives(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--paper", "a4", "--jobs", 1)
    assert run(*words, "--output", "clean").exit_code == 0
    synced: list[int] = []

    def fill(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill)
        result = run(*words)
    assert result.exit_code == 3
    assert "No space left on device (" in result.stderr
    assert sorted(read_folder(tmp_path / "output")) == [JOURNAL, "en/adult-leaflet-a4-DRAFT.pdf"]
    assert "kept output/en/adult-leaflet-a4-DRAFT.pdf" in run(*words).stdout
    assert read_folder(tmp_path / "output") == read_folder(tmp_path / "clean")


@pytest.mark.slow
def test_a_process_that_is_killed_while_it_makes_pages_costs_none(root: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with start_build(root, tmp_path / "output") as build:
        lines = read_lines(build)
        made = [next(lines)]
        workers = [each for each in list_group(build.pid) if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
        os.kill(workers[0], signal.SIGKILL)
        made += lines
    assert (build.returncode, made[-1]["good"]) == (0, True)
    assert read_folder(tmp_path / "output") == whole


DEEP = "<div style=display:flex>" * 16 + "x" + "</div>" * 16
FULL = "{{ 'x' * 2000000000 }}"


@pytest.mark.slow
def test_a_leaflet_that_hangs_and_one_that_takes_all_memory_fail_alone_by_name(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project").root
    page = root / "templates/page.html"
    head, body, rest = page.read_text(encoding="utf-8").partition('{% endif %}">\n')
    bad = (("standard", DEEP), ("large-print", FULL))
    said = "".join(f"{{% if document.locale == 'es' and edition.name == '{name}' %}}{html}{{% endif %}}" for name, html in bad)
    page.write_text(head + body + said + rest, encoding="utf-8")
    words = ("--locale", "es", "--edition", "large-print", "--edition", "standard", "--edition", "clinician", "--timeout", "8")
    with start_build(root, tmp_path / "output", "build", *WORDS[2:], *words) as build:
        *lines, last = read_lines(build)
    assert (build.returncode, last["made"]) == (1, 1)
    assert {line["path"]: line["id"] for line in lines if "id" in line} == {
        "es/adult-leaflet-a4-DRAFT.pdf": "over-limit",
        "es/adult-leaflet-large-print-a4-DRAFT.pdf": "over-limit",
    }
    assert {line["state"] for line in lines if line.get("files")} == {"made"}


def read_end(build: "subprocess.Popen[str]") -> tuple[int, list[str]]:
    """Wait for the end of a build; gives its exit code and what it said of it."""
    said = build.communicate(timeout=100)[1]
    return build.returncode, [line for line in said.splitlines() if line != "write cache: No space left on device"]


LIMITED = {
    "TMPDIR": ("300k", "", "cannot write into "),
    "output": ("150k", "cp -a small/output kept", "cannot write small/output/"),
}


@pytest.mark.slow
@pytest.mark.parametrize("where", LIMITED)
def test_on_a_disk_that_is_really_full_no_half_of_a_file_is_left(
    root: Path, whole: dict[str, bytes], tmp_path: Path, where: str
) -> None:
    apart = ("unshare", "--map-root-user", "--mount")
    if subprocess.run([*apart, "mount", "-t", "tmpfs", "x", str(tmp_path)], capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount anything here")
    size, after, message = LIMITED[where]
    script = f"cd {tmp_path}; mkdir small; mount -t tmpfs -o size={size} x small || exit 9; "
    script += f'[ {where} = output ] || export TMPDIR={tmp_path}/small; "$@"; code=$?; {after or "cp -a small kept"}; exit $code'
    output = Path("small/output") if where == "output" else tmp_path / "output"
    code, [said] = read_end(start_build(root, output, within=(*apart, "sh", "-c", script, "sh")))
    assert code == 3
    assert said.startswith(f"leaflets: {message}")
    assert "No space left on device" in said
    left = read_folder(tmp_path / "kept")
    assert bool(left) is (where == "output")
    assert all(whole[name] == data for name, data in left.items() if name.endswith(".pdf"))
    assert not [name for name in left if name.endswith(".part")]
    if where == "output":
        with start_build(root, tmp_path / "kept") as build:
            assert list(read_lines(build))[-1]["kept"]
        assert read_folder(tmp_path / "kept") == whole


NO_POWERS = () if os.geteuid() else ("setpriv", "--bounding-set", "-dac_override")
"""What makes the superuser ask for leave as well."""


@pytest.mark.slow
def test_into_a_folder_that_is_read_only_nothing_is_begun_and_a_cache_may_be(
    root: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    for name in ("output", "cache"):
        (tmp_path / name).mkdir(mode=0o555)
    code, said = read_end(start_build(root, tmp_path / "output", within=NO_POWERS))
    assert (code, said) == (3, [f"leaflets: cannot write into {tmp_path}/output: it is read-only"])
    with start_build(root, tmp_path / "made", *WORDS, "--cache", str(tmp_path / "cache"), within=NO_POWERS) as build:
        assert list(read_lines(build))[-1]["good"]
    assert read_folder(tmp_path / "made") == whole
    assert not [*(tmp_path / "output").iterdir(), *(tmp_path / "cache").iterdir()]


NO_LIBRARY = """
import cffi
dlopen = cffi.FFI.dlopen
def refuse(self, name, *more):
    if "LIBRARY" in str(name):
        raise OSError(f"cannot load library {name!r}")
    return dlopen(self, name, *more)
cffi.FFI.dlopen = refuse
"""
NO_THREAD = """
import threading
def refuse(self):
    raise RuntimeError("can't start new thread")
threading.Thread.start = refuse
"""
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({0}, {0}))".format
INSTALL = "Run: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(NO_LIBRARY.replace("LIBRARY", "pango-1"), INSTALL, id="no-pango"),
        pytest.param(NO_LIBRARY.replace("LIBRARY", "harfbuzz-subset"), INSTALL, id="no-harfbuzz-subset"),
        pytest.param(NO_THREAD, "cannot begin: can't start new thread", id="no-thread"),
        pytest.param(LIMIT(12), "Too many open files", id="12-files"),
        pytest.param(LIMIT(18), "Too many open files", id="18-files"),
    ],
)
def test_a_machine_that_lacks_what_a_build_needs_is_told_what_in_one_line(
    root: Path, tmp_path: Path, fault: str, said: str
) -> None:
    code, [line] = read_end(start_build(root, tmp_path / "output", fault=fault))
    assert (code, line.startswith("leaflets: "), said in line) == (3, True, True)
    assert not list(tmp_path.rglob("*.pdf"))


CLOCK = "import itertools, time; moments = itertools.cycle((1_800_000_000, 0, 4_102_444_800)); time.time = lambda: next(moments)"
"""A clock that jumps from 2027 to 1970, and to 2100."""


@pytest.mark.slow
def test_a_clock_that_jumps_changes_no_file(root: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with start_build(root, tmp_path / "output", fault=CLOCK) as build:
        assert list(read_lines(build))[-1]["good"]
    assert read_folder(tmp_path / "output") == whole


@pytest.mark.slow
def test_who_reads_no_further_ends_a_build_without_a_word(root: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    with start_build(root, tmp_path / "output") as build:
        assert build.stdout
        assert build.stdout.readline()
        build.stdout.close()
        assert build.stderr
        assert (build.stderr.read(), build.wait(60)) == ("", 1)
    assert not list(tmp_path.rglob("*.part"))
    with start_build(root, tmp_path / "output") as build:
        assert list(read_lines(build))[-1]["kept"]
    assert read_folder(tmp_path / "output") == whole


@pytest.mark.slow
def test_a_machine_and_a_folder_that_are_not_odd_give_the_same_bytes(whole: dict[str, bytes], tmp_path: Path, run: Run) -> None:
    elsewhere = write_project(tmp_path / "elsewhere").root
    assert run("--project", elsewhere, *WORDS, "--jobs", 1, "--output", tmp_path / "output").exit_code == 0
    assert read_folder(tmp_path / "output") == whole


@pytest.mark.slow
def test_who_asks_for_one_language_reads_no_other_but_those_that_lie_there(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, output, read = write_project(tmp_path / "project").root, tmp_path / "output", list[str]()

    def read_language(loader: Loader, tag: str, needed: Mapping[str, str]) -> Language:
        read.append(tag)
        return load_language(loader, tag, needed)

    monkeypatch.setattr(content_project, "load_language", read_language)
    for tag in ("en", "es", "en"):
        assert run("--project", root, "build", "--locale", tag, "--paper", "a4", "--output", output).exit_code == 0
    assert read == ["en", "en", "es", "en", "es"]
    assert {path.parent.name for path in output.glob("*/*.pdf")} == {"en", "es"}


def test_of_a_font_that_is_missing_or_another_no_page_is_made_and_one_line_says_it(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    (root / "templates/fonts").unlink()
    shutil.copytree(ROOT / "templates/fonts", root / "templates/fonts")
    font = root / "templates/fonts/NotoSans-Bold.ttf"
    font.write_bytes(font.read_bytes() + b"x")
    result = run("--project", root, "build", "--locale", "en")
    assert (result.exit_code, list(tmp_path.rglob("*.pdf"))) == (1, [])
    assert result.stderr.startswith("templates/fonts/NotoSans-Bold.ttf: error: the file is not the pinned one (")
    font.unlink()
    result = run("--project", root, "build", "--locale", "en")
    assert result.exit_code == 3
    mended = "Run in the project: git restore templates/fonts"
    assert result.stderr == f"leaflets: templates/fonts has no NotoSans-Bold.ttf. {mended}\n"


def test_a_second_build_into_one_folder_is_told_who_holds_it(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    with claim_folder(tmp_path / "output"):
        result = run("--project", project.root, "build", "--locale", "en")
    assert result.exit_code == 3
    said = f"output/ is held by another program (process {os.getpid()}). Wait for its end, or name another folder"
    assert result.stderr.splitlines()[0] == f"leaflets: {said}"


@pytest.mark.slow
def test_a_style_that_is_edited_during_a_build_is_in_no_page_and_is_said(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--locale", "en", "--paper", "a4")
    assert run(*words, "--output", tmp_path / "right").exit_code == 0
    style = root / "templates/styles/leaflet.css"
    before = style.read_text(encoding="utf-8")

    def edit(*given: Any) -> Any:
        style.write_text(before + "p { letter-spacing: 3pt }", encoding="utf-8")
        return open_crew(*given)

    with monkeypatch.context() as patch:
        patch.setattr(driver, "open_crew", edit)
        result = run(*words, "--output", tmp_path / "edited")
    assert result.exit_code == 0
    said = "templates/styles/leaflet.css: warning: this was edited during the build, which used it as it was. Build again."
    assert said in result.stderr
    assert "edited-meanwhile" in result.stderr
    assert read_folder(tmp_path / "edited") == read_folder(tmp_path / "right")
    assert "made " in run(*words, "--output", tmp_path / "edited").stdout
    assert read_folder(tmp_path / "edited") != read_folder(tmp_path / "right")
    style.write_text(before, encoding="utf-8")
    run(*words, "--output", tmp_path / "edited")
    assert read_folder(tmp_path / "edited") == read_folder(tmp_path / "right")


@pytest.mark.slow
def test_what_was_made_while_a_font_was_replaced_is_made_anew(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_project(tmp_path / "project").root
    fonts = root / "templates/fonts"
    fonts.unlink()
    shutil.copytree(ROOT / "templates/fonts", fonts)
    words = ("--project", root, "build", "--locale", "en", "--paper", "a4")

    def replace_and_put_back(*given: Any) -> Any:
        font = next(fonts.glob("NotoSans-Regular.*"))
        font.write_bytes(font.read_bytes())
        return open_crew(*given)

    with monkeypatch.context() as patch:
        patch.setattr(driver, "open_crew", replace_and_put_back)
        assert "templates/fonts: warning: fonts were replaced during the build" in run(*words).stderr
    again = run(*words)
    assert again.stdout.startswith("made ")
    assert again.stderr == ""
    assert run(*words).stdout.startswith("kept ")


@pytest.mark.slow
def test_a_warning_is_said_again_of_a_file_that_is_kept_and_no_engine_is_loaded(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--locale", "en", "--paper", "a4", "--output", tmp_path / "out")
    warned = tmp_path / "out/en/adult-leaflet-a4-DRAFT.pdf"
    make_printed = leaflet.make_printed
    said = Problem("a-check", Severity.WARNING, Place("en/adult.pdf"), "said once")

    def warn(*given: Any) -> Any:
        made, problems = make_printed(*given)
        return made, (*problems, said)

    with monkeypatch.context() as patch:
        patch.setattr(leaflet, "make_printed", warn)
        patch.setattr("leaflets.cli.make.run_plans", lambda plans, _, tell, **how: driver.run_plans(plans, 0, tell, **how))
        assert str(said) in run(*words).stderr
    assert [entry.warnings for entry in read_manifest(tmp_path / "out").values()] == [(said,)]
    assert warned.exists()
    program = "import sys; from leaflets.cli.main import main; main(sys.argv[1:], standalone_mode=False); "
    program += "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'weasyprint', 'cffi', 'tinycss2', 'pydyf'}))"
    command = [sys.executable, "-c", program, *map(str, words)]
    again = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    assert str(said) in again.stderr
    assert again.stdout.splitlines() == [
        f"kept {warned} (1 page)",
        f"1 of 1 leaflets in {tmp_path / 'out'}/ (1 as they were), 1 of them marked DRAFT",
        "",
    ]


COUNT_READS = """\
import sys
from collections import Counter
from leaflets.cli.main import main
opened, root = Counter(), sys.argv[2] + "/"
def hear(event, given):
    if event == "open" and isinstance(given[0], str) and given[0].startswith(root):
        opened[given[0].removeprefix(root)] += 1
sys.addaudithook(hear)
main(sys.argv[1:], standalone_mode=False)
sys.stderr.write(max(map("{1:03} {0}".format, opened, opened.values())))
"""


@pytest.mark.parametrize(("words", "most"), [(("check",), 2), (("build", "--locale", "en", "--paper", "a4"), 6)])
def test_no_file_of_a_project_is_read_more_often_than_was_counted(tmp_path: Path, words: tuple[str, ...], most: int) -> None:
    """To be used, copied where it could be edited meanwhile, compared at the end, and hashed before and after."""
    root = write_project(tmp_path / "project").root
    command = [sys.executable, "-c", COUNT_READS, "--project", str(root), *words]
    command += ["--output", str(tmp_path / "out")] if "build" in words else []
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    count, _, name = done.stderr.splitlines()[-1].partition(" ")
    assert 0 < int(count) <= most, name


@pytest.mark.slow
def test_after_the_first_that_cannot_be_made_nothing_more_is(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    (root / "templates/leaflet.html").write_text("{{ document.no_such_field }}")
    words = ("--project", root, "build", "--jobs", 1, "--output", tmp_path / "out", "--report", tmp_path / "report.xml")
    result = run(*words, "--fail-fast")
    assert result.exit_code == 1
    assert "0 of 1 leaflets" in result.stdout
    assert "not begun: 3 more\n" in result.stderr
    assert (tmp_path / "report.xml").read_text(encoding="utf-8").count("<failure") == 1
    every = run(*words)
    assert "0 of 4 leaflets" in every.stdout
    assert every.stderr.count("[renderer-fault]") == 1
    assert "and so 3 more" in every.stderr


@pytest.mark.slow
def test_two_parts_are_joined_with_a_front_desk_that_shows_both(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--paper", "a4", "--jobs", 1)
    for part in (1, 2):
        assert "1 of 1 leaflets" in run(*words, "--shard", f"{part}/2", "--output", f"part-{part}").stdout
    result = run("--project", root, "merge", "part-1", "part-2", "--paper", "a4")
    assert result.exit_code == 0
    assert "2 of 2 leaflets in output/ (2 as they were)" in result.stdout
    assert run(*words, "--output", "whole").exit_code == 0
    assert read_folder(tmp_path / "output") == read_folder(tmp_path / "whole")
    check_links(tmp_path / "output")
    empty = run(*words, "--shard", "3/3", "--output", "part-3")
    assert (empty.exit_code, empty.stderr) == (0, "")
    assert "0 of 0 leaflets" in empty.stdout


@pytest.mark.parametrize("shard", ["0/2", "3/2", "2", "a/b", "1/0", "-1/2", "1/2/3"])
def test_what_is_no_shard_is_refused(shard: str, run: Run) -> None:
    result = run("build", "--shard", shard)
    assert result.exit_code == 2
    assert f'"{shard}" is no shard; the second of four is 2/4' in result.stderr


LOADED = (
    "import sys; from leaflets.cli.main import main; code = main(sys.argv[1:], standalone_mode=False);"
    "names = {'weasyprint', 'yaml', 'pydantic', 'jinja2', 'babel', 'fontTools', 'pikepdf', 'numpy', 'phonenumbers', 'PIL'};"
    "print(*sorted(names & set(sys.modules)), *sorted(name for name in sys.modules if name.startswith('leaflets.')))"
)


@pytest.mark.slow
def test_a_build_with_nothing_to_do_parses_nothing_and_says_what_one_says_that_looks_at_everything(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    root = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish}).root
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(PROFILE.format(name) + "logo: logo.svg\n")
    shutil.copy(ROOT / "templates/figures/types/dystrophic.svg", tmp_path / "logo.svg")
    build = ("--project", root, "build", "--clinic", tmp_path / "one.yaml", "--clinic", tmp_path / "two.yaml", "--jobs", 1)
    words = (*build, "--report", tmp_path / "report.xml")
    first = run(*words)
    assert first.exit_code == 1, first.output
    assert "made output/one/en/adult-leaflet-a4-DRAFT.pdf (1 page)" in first.output
    receipt = tmp_path / "output" / RECEIPT
    left = read_folder(tmp_path / "output")

    def say(*more: str) -> tuple[object, ...]:
        result = run(*words, *more)
        assert read_folder(tmp_path / "output") == left
        return result.exit_code, result.stdout, result.stderr, (tmp_path / "report.xml").read_bytes()

    with monkeypatch.context() as patch:
        patch.setattr("leaflets.cli.build.open_project", None)
        told = [say(), say("--lines", "json"), say("--lines", "github")]
    assert "kept output/one/en/adult-leaflet-a4-DRAFT.pdf (1 page)" in str(told[0])
    anew = []
    for more in ((), ("--lines", "json"), ("--lines", "github")):
        receipt.unlink()
        anew.append(say(*more))
    assert told == anew
    command = [sys.executable, "-c", LOADED, *map(str, words)]
    again = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    *_, loaded = again.stdout.splitlines()
    rooms = ("build", "build.account", "build.receipt", "build.worker", "cli", *(f"cli.{name}" for name in CLI))
    assert loaded.split() == [f"leaflets.{name}" for name in (*rooms, "edition", "files", "problems", "profile")]
    (tmp_path / "output/one/en/adult-leaflet-a4-DRAFT.pdf").write_bytes(b"damaged")
    assert "made output/one/en/adult-leaflet-a4-DRAFT.pdf" in run(*words).stdout
    assert read_folder(tmp_path / "output") == left


CLI = ("build", "main", "options", "report", "terminal")
