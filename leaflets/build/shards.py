"""A build in parts, on several machines.

Takes the jobs of a whole build; gives those of one part, the same on every machine. What the parts made is taken into one folder,
where a build finds it as its own.
"""

from collections.abc import Iterable
from heapq import heapify, heapreplace
from pathlib import Path

from leaflets.build.jobs import Job
from leaflets.build.manifest import BuiltFile, is_whole, note_file, read_manifest, read_record
from leaflets.content.project import Project
from leaflets.edition import EditionLanguages, Print
from leaflets.files import write_file
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError

SHEET = 0.25
"""What a sheet costs beside its leaflet."""


def choose_shard(project: Project, jobs: Iterable[Job], number: int, shards: int) -> tuple[Job, ...]:
    """Choose the jobs of one part of several that cost alike: the dearest first, each to the part that has least.

    It rests on nothing but the words, which are the same on every machine, so that each job is in one part.
    """
    parts = [(0.0, part) for part in range(1, shards + 1)]
    heapify(parts)
    chosen = []
    for cost, job in sorted(((estimate_cost(project, job), job) for job in jobs), key=lambda each: (-each[0], each[1])):
        load, part = parts[0]
        heapreplace(parts, (load + cost, part))
        if part == number:
            chosen.append(job)
    return tuple(sorted(chosen))


def estimate_cost(project: Project, job: Job) -> float:
    """Estimate what it costs to make the files of a job, in bytes of UTF-8 that are laid out.

    Of one leaflet they are 1 : 1.1 : 1.9 : 2.0 : 3.3 in English, Chinese, Arabic, Urdu and Georgian, and the seconds that were
    measured 1 : 1.2 : 1.4 : 2.9 : 2.2; of characters Chinese has a third.
    """
    topics = set(project.leaflets[job.leaflet].printed)
    both = project.editions[job.edition].languages is EditionLanguages.BOTH

    def count(locale: str) -> int:
        language = project.languages.get(locale)
        words = language.words if language and language.words else project.units
        return sum(len(text.words.encode()) for unit, text in words.items() if unit.partition(".")[0] in topics)

    whole = count(job.locale) + (count(SOURCE_LOCALE) if both else 0)
    return whole * (SHEET if job.print == Print.SHEET else 1)


def take_files(folders: Iterable[Path], output: Path) -> None:
    """Take what builds made in other folders, as it is on record there, and put it on record here.

    Raises LeafletsError for a folder whose record cannot be read, and SetupError where the disk refuses.
    """
    there = read_manifest(output)
    for folder in folders:
        files, wrong = read_record(folder)
        if wrong:
            raise LeafletsError(wrong)
        for path, entry in files.items():
            if is_whole(folder, entry) and not is_same(there.get(path), entry, output):
                note_file(output, entry)
                write_file(output / path, (folder / path).read_bytes())


def is_same(old: BuiltFile | None, new: BuiltFile, output: Path) -> bool:
    return old == new and is_whole(output, new)
