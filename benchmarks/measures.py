"""What is asked of our builds: beside peers, of many files, and when little changed.

Takes a `Bench`; each part gives the rows of a table.
"""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import fmean, median

from benchmarks.ours import A4, Bench, count_made, count_pages
from benchmarks.pages import write_pages
from benchmarks.pairs import Row, compare, judge, take_turns
from benchmarks.peers import OURS, WEASYPRINT, Peers
from benchmarks.processes import Run, tell_memory
from leaflets.build.jobs import Job, name_job
from leaflets.build.manifest import read_manifest
from leaflets.model import SOURCE_LOCALE

SHEETS = ("--print", "sheet", "--paper", "a4")
EDITIONS = ("standard", "large-print", "bilingual")
EVERY = ("--all", *(word for name in EDITIONS for word in ("--edition", name)))
"""Whatever these editions print, on both papers."""
GROWTH = (20, 100, 200, 1000)
COLD = ("en", "ar", "hi", "ja", "ka", "th", "ur", "zh-Hans")
EDIT = ("content/topics/es/home-care.yaml", "guantes y ropa suelta", "guantes y ropa holgada")
"""A file, words of one sentence in it, and what is written instead."""


def measure_batch(bench: Bench) -> Iterator[Row]:
    """The same leaflets with ours and with each peer."""
    peers, bars = bench.peers, {WEASYPRINT: 0.3, OURS: 1.0}
    two, again, one = "ours, two workers", "ours, two workers, again", "ours, one worker"
    runs = {
        name: lambda jobs=jobs: bench.build(*bench.batch, "--jobs", jobs).seconds
        for name, jobs in ((two, "2"), (again, "2"), (one, "1"))
    }
    runs |= {name: lambda name=name: peers.run(name).seconds for name in peers.list_there()}
    seconds = take_turns(runs, bench.rounds)
    files = len(bench.made)
    languages = len({job.locale for job in bench.made})
    yield Row("different files", f"{files}", f"in {languages} languages", "" if files < 160 else ">= 160: met")
    yield Row("ours, two workers, a file", f"{median(seconds[two]) / files:.3f} s", "in this table: all, also to begin")
    yield compare("control: ours / ours", seconds[two], seconds[again])
    yield compare("two workers / one worker", seconds[two], seconds[one])
    for name in peers.list_there():
        yield compare(f"ours / {name}", seconds[two], seconds[name], bars.get(name, 0))
    for name, remedy in peers.explain_lacking().items():
        yield Row(f"ours / {name}", "left out", f"it is not installed: {remedy}")
    ours = bench.build(*bench.batch, "--jobs", "2", watched="")
    yield tell_memory("memory of ours, two workers", ours, judge(round(ours.worker), 120))
    if OURS in peers.list_there():
        theirs = peers.run(OURS, watched="chrom")
        yield tell_memory("memory of that Chromium, our fonts", theirs)
        share = ours.every / theirs.every
        yield Row("memory of ours / Chromium's", f"{share:.3f}", "all processes, at their highest", judge(share, 0.25))
    yield from compare_sizes(bench)


def compare_sizes(bench: Bench) -> Iterator[Row]:
    """The sizes of our PDF files beside those of the same pages by peers."""
    bars = {OURS: 0.6}
    ours = {page.path.stem: bench.made[page.job].stat().st_size for page in bench.pages}
    for name in bench.peers.list_there():
        theirs = {path.stem: path.stat().st_size for path in bench.peers.find_folder(name).glob("*.pdf")}
        ratios = [size / theirs[stem] for stem, size in ours.items()]
        mean = fmean(ours.values()) / 1000, fmean(theirs.values()) / 1000
        said = f"{mean[0]:.0f} and {mean[1]:.0f} kB on average"
        yield Row(f"size of ours / {name}", f"{median(ratios):.3f}", said, judge(median(ratios), bars.get(name, 0)))


def measure_growth(bench: Bench) -> Iterator[Row]:
    """Few and many files, of the same kinds; and the most of them once more, when nothing changed."""
    sizes = [max(place, round(size * (bench.files or 1000) / 1000)) for place, size in enumerate(GROWTH, 1)]
    rounds = min(bench.rounds, 3)
    runs: dict[int, list[Run]] = {size: [] for size in sizes}
    kept: list[Run] = []

    def build(size: int) -> float:
        output = bench.make_folder()
        words = *bench.choose(EVERY, EDITIONS, (), size, turn=len(runs[size])), "--jobs", "2"
        runs[size].append(bench.build(*words, into=output, watched=""))
        if size == sizes[-1]:
            kept.append(bench.build(*words, into=output))
        shutil.rmtree(output)
        return runs[size][-1].seconds

    take_turns({str(size): partial(build, size) for size in sizes}, rounds)
    costs = {size: [each.seconds / count_pages(each) for each in found] for size, found in runs.items()}
    for size, found in runs.items():
        files, pages = (sum(map(count, found)) / len(found) for count in (count_made, count_pages))
        cost, worker = median(each.seconds / count_made(each) for each in found), max(each.worker for each in found)
        said = f"{pages:.0f} pages; at most {worker:.0f} MB in a worker, {max(each.every for each in found):.0f} MB in all"
        yield Row(f"about {size} files: {files:.0f}", f"{cost:.3f} s a file", said, judge(round(worker), 120))
    _, hundred, _, most = sizes
    yield compare(f"cost of a file, by its pages: {most} / {hundred}", costs[most], costs[hundred], 1.05)
    memory = [max(each.worker for each in runs[size]) for size in (most, hundred)]
    yield Row(f"memory of a worker: {most} / {hundred}", f"{memory[0] / memory[1]:.3f}", "flat is 1")
    said = f"{count_made(runs[most][0])} files, {sum(map(count_made, kept))} made again; {len(kept)} runs"
    seconds = median(each.seconds for each in kept)
    yield Row("nothing changed", f"{seconds:.2f} s", said, judge(seconds, 0.5))


def copy_project(bench: Bench) -> Path:
    """Copy what is edited; fonts are looked at where they are."""
    root = bench.make_folder()
    for name in ("content", "translations", "templates"):
        shutil.copytree(bench.root / name, root / name, ignore=shutil.ignore_patterns("fonts"))
    (root / "templates" / "fonts").symlink_to(bench.root / "templates" / "fonts")
    return root


def measure_changes(bench: Bench) -> Iterator[Row]:
    """One sentence in one language, among all; or among two, to try it out."""
    name, old, new = EDIT
    locale = Path(name).parent.name
    words = (*A4, *(("--locale", SOURCE_LOCALE, "--locale", locale) if bench.files else ()))
    root, output = copy_project(bench), bench.make_folder()
    first = bench.build(*words, into=output, root=root)
    jobs = [name_job(entry) for entry in read_manifest(output).values() if entry.locale == locale]
    pages = write_pages(bench.project, jobs, bench.make_folder())
    text = (root / name).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise RuntimeError(f"{name} no longer says {old!r} once: choose other words for EDIT in benchmarks/measures.py")
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
    second = bench.build(*words, into=output, root=root)
    have = sum(old in "".join(page.root.itertext()) for page in pages)
    said = f"of {count_made(first)}; {len(pages)} are in that language, {have} have the sentence"
    met = "met" if count_made(second) == have else "not met"
    yield Row("files made after one sentence of Spanish changed", f"{count_made(second)}", said, f"<= {have}: {met}")


def measure_clinics(bench: Bench) -> Iterator[Row]:
    """The sheets of one clinic and of many."""
    example = (bench.root / "content/clinics/example/clinic.yaml").read_text(encoding="utf-8")
    folders = {count: bench.make_folder() for count in (1, bench.clinics)}
    for count, folder in folders.items():
        for number in range(count):
            text = example.replace("name: Example Clinic", f"name: Clinic {number}\nid: clinic-{number}")
            text = text.replace('clinic_phone: "020 7946 0000"', f'clinic_phone: "020 7946 0{number:03}"')
            (folder / f"clinic-{number}.yaml").write_text(text, encoding="utf-8")
    words = bench.choose(SHEETS, ("standard",), ("a4",), bench.files)
    made: dict[int, int] = {}

    def build(count: int) -> float:
        found = bench.build(*words, "--jobs", "2", "--clinic", str(folders[count]))
        made[count] = count_made(found)
        return found.seconds

    rounds = min(bench.rounds, 3)
    seconds = take_turns({str(count): partial(build, count) for count in folders}, rounds)
    first, many = seconds["1"], seconds[str(bench.clinics)]
    further = [(more - one) / (bench.clinics - 1) for one, more in zip(first, many, strict=True)]
    yield Row("files of one clinic, and of many", f"{made[1]}, {made[bench.clinics]}", f"{bench.clinics} clinics")
    yield compare("a further clinic / the first", further, first, 0.15)


def measure_cold(bench: Bench) -> Iterator[Row]:
    """One sheet from nothing, in some languages, beside WeasyPrint's own command for its page."""
    jobs = [Job(locale, "adult", "standard", "a4", "sheet") for locale in COLD]
    pages = write_pages(bench.project, jobs, bench.make_folder())
    peers = Peers(pages, pages[0].path.parent, bench.root / "templates" / "fonts")
    ours: list[float] = []
    theirs: list[float] = []
    for page in pages:
        words = "--locale", page.job.locale, "--leaflet", page.job.leaflet, *SHEETS
        runs = {
            f"ours {page.job.locale}": lambda words=words: bench.build(*words).seconds,
            f"WeasyPrint {page.job.locale}": lambda page=page: peers.print_one(page, peers.folder).seconds,
        }
        mine, others = take_turns(runs, bench.rounds).values()
        ours, theirs = [*ours, *mine], [*theirs, *others]
    yield Row("one sheet, from nothing", f"{median(ours):.2f} s", f"WeasyPrint's own command: {median(theirs):.2f} s")
    yield compare("ours / WeasyPrint's own command, one sheet", ours, theirs, 0.8)
