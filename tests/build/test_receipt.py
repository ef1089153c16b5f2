"""What the last build said, said again."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaflets.build import receipt
from leaflets.build.account import Account, Ending, Summary, foretell
from leaflets.build.receipt import RECEIPT, Stock, find_accounts, read_receipt, take_stock, write_receipt
from leaflets.problems import Place, Problem, Severity
from tests.build.test_plan import DAY
from tests.support.projects import write_project

SAID = (Problem("a-check", Severity.WARNING, Place("es/adult.pdf", 3), "said", "Do it.", ("signs.lumps",)),)
SUMMARIES = (
    Summary("adult en", "en", Ending.MADE, ("en/adult.pdf", "en/adult-pages.pdf"), 2, True, SAID, 1.5),
    Summary("adult es", "es", Ending.STOPPED, problems=SAID),
)
ACCOUNT = Account(SUMMARIES, SAID, ("ur/adult.html",), False, lasts=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "clinic.yaml").write_text("name: Riverside\n")
    return write_project(tmp_path / "project").root


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    (output / "en").mkdir(parents=True)
    for name in ("index.html", "en/adult.pdf", "en/adult-pages.pdf"):
        (output / name).write_text(name)
    (tmp_path / "logo.png").write_text("a logo")
    return output


def look(root: Path, asked: str = "all", today: date = DAY) -> Stock:
    stock = take_stock(asked, root, [root.parent / "clinic.yaml"], today)
    assert stock
    return stock


def say_again(output: Path, stock: Stock) -> dict[str, Account]:
    kept = read_receipt(output, stock)
    return find_accounts(output, kept) if kept else {}


def keep(root: Path, output: Path) -> None:
    logo = output.parent / "logo.png"
    write_receipt(output, look(root), {"": foretell(ACCOUNT)}, {logo: receipt.hash_file(logo)})


def test_what_was_said_is_said_again_word_for_word_but_nothing_is_made_or_goes(root: Path, output: Path) -> None:
    keep(root, output)
    made, stopped = SUMMARIES
    again = Account((replace(made, state=Ending.KEPT, seconds=0.0), stopped), SAID, (), False, lasts=True)
    assert say_again(output, look(root)) == {"": replace(again, files=receipt.hash_output(output))}
    assert list(map(str, say_again(output, look(root))[""].problems)) == list(map(str, SAID))


def test_a_file_that_was_damaged_since_it_was_made_is_not_taken_for_what_was_made(root: Path, output: Path) -> None:
    made = {"en/adult.pdf": receipt.hash_file(output / "en/adult.pdf")}
    rewrite(output / "en/adult.pdf")
    write_receipt(output, look(root), {"": replace(ACCOUNT, files=made)}, {})
    assert not say_again(output, look(root))


def rewrite(path: Path) -> None:
    """Change one byte of a file, and set its dates back."""
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda root: rewrite(root / "content/topics/es/signs.yaml"),
        lambda root: rewrite(root / "templates/styles/scripts.toml"),
        lambda root: rewrite(root / "translations/es/review.yaml"),
        lambda root: rewrite(root.parent / "clinic.yaml"),
        lambda root: rewrite(root.parent / "logo.png"),
        lambda root: (root.parent / "logo.png").unlink(),
        lambda root: (root / "content/topics/fr").mkdir(),
        lambda root: (root / "content/topics/en/more.yaml").touch(),
        lambda root: (root / "content/topics/es/signs.yaml").unlink(),
        lambda root: (root / "content/markers/es.yaml").rename(root / "content/markers/de.yaml"),
        lambda root: rewrite(root.parent / "output/en/adult.pdf"),
        lambda root: rewrite(root.parent / "output/index.html"),
        lambda root: (root.parent / "output/en/adult-pages.pdf").unlink(),
        lambda root: (root.parent / "output/.manifest.jsonl").touch(),
        lambda root: (root.parent / "output/es").mkdir() or (root.parent / "output/es/adult.pdf").touch(),
        lambda root: rewrite(root.parent / "output" / RECEIPT),
        lambda root: (root.parent / "output" / RECEIPT).write_text("{}"),
    ],
)
def test_one_byte_that_is_another_and_nothing_is_said_again(root: Path, output: Path, change: Callable[[Path], None]) -> None:
    keep(root, output)
    assert say_again(output, look(root))
    change(root)
    assert not say_again(output, look(root))


def test_another_question_another_day_and_another_program_are_answered_anew(
    root: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(root, output)
    assert not say_again(output, look(root, "one language"))
    assert not say_again(output, look(root, today=DAY + timedelta(1)))
    (tmp_path / "program").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(receipt, "PACKAGE", tmp_path / "program")
        programs = {look(root).key}
        for name in ("checks.py", "conventions.toml"):
            (tmp_path / "program" / name).touch()
            programs.add(look(root).key)
        assert len(programs) == 3
        assert not say_again(output, look(root))
    (tmp_path / "packages/weasyprint-71.0.dist-info").mkdir(parents=True)
    with monkeypatch.context() as patch:
        patch.syspath_prepend(tmp_path / "packages")
        assert not say_again(output, look(root))
    assert say_again(output, look(root))


def test_a_file_that_was_written_to_and_fro_during_a_build_shows(root: Path) -> None:
    before, path = look(root), root / "content/topics/es/signs.yaml"
    assert look(root) == before
    rewrite(path)
    rewrite(path)
    assert look(root).key == before.key
    assert look(root) != before


def test_what_is_no_plain_file_is_never_waited_for_nor_believed(root: Path, output: Path, tmp_path: Path) -> None:
    keep(root, output)
    os.mkfifo(output / "pipe.html")
    assert not say_again(output, look(root))
    os.mkfifo(root / "content/topics/en/pipe.yaml")
    assert take_stock("all", root, [], DAY) is None
    (root / "content/topics/en/pipe.yaml").unlink()
    assert take_stock("all", root, [], DAY)
    (tmp_path / "fr").mkdir()
    (root / "content/topics/fr").symlink_to(tmp_path / "fr")  # what lies there may change as nobody sees
    assert take_stock("all", root, [], DAY) is None


def test_fonts_may_lie_elsewhere(root: Path, tmp_path: Path) -> None:
    assert (root / "templates/fonts").is_symlink()
    before = look(root)
    (root / "templates/fonts").unlink()
    (tmp_path / "fonts").mkdir()
    (root / "templates/fonts").symlink_to(tmp_path / "fonts")
    moved = look(root)
    (tmp_path / "fonts/new.ttf").touch()
    assert len({before.key, moved.key, look(root).key}) == 3
