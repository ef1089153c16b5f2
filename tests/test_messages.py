"""The page's own words: PO files read, compared and collected."""

from pathlib import Path

import pytest

from leaflets.messages import check_messages, extract_messages, read_catalogue, read_template_messages
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.project import load_project
from tests.helpers import ROOT, find_all, write_project

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
"""The four lines that every PO file starts with."""


def read(entries: str) -> dict[str, str]:
    return {message: text.words for message, text in read_catalogue((HEAD + entries).encode(), "es.po").items()}


def refuse(data: bytes) -> Problem:
    with pytest.raises(LeafletsError) as caught:
        read_catalogue(data, "es.po")
    [problem] = caught.value.problems
    assert len(str(problem).splitlines()) == 1
    return problem


def compare(english: str, entry: str) -> list[Problem]:
    return list(check_messages((english,), read_catalogue((HEAD + entry).encode(), "es.po"), "es.po"))


def test_a_translated_message_is_read_with_its_line() -> None:
    text = read_catalogue((HEAD + 'msgid "Sources"\nmsgstr "Fuentes"\n').encode(), "es.po")["Sources"]
    assert (text.words, text.place) == ("Fuentes", Place("es.po", 5))


def test_a_message_over_several_lines_is_read_whole() -> None:
    assert read('msgid ""\n"Same "\n"day"\nmsgstr ""\n"El mismo "\n"día"\n') == {"Same day": "El mismo día"}


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param('#, fuzzy\nmsgid "Sources"\nmsgstr "Fuentes"\n', id="fuzzy"),
        pytest.param('msgid "Sources"\nmsgstr ""\n', id="empty"),
        pytest.param('#~ msgid "Sources"\n#~ msgstr "Fuentes"\n', id="obsolete"),
        pytest.param('msgid "Source"\nmsgstr "Fuente"\n', id="another"),
    ],
)
def test_a_message_that_is_not_surely_translated_counts_as_missing(entry: str) -> None:
    [problem] = compare("Sources", entry)
    assert (problem.id, problem.place) == ("missing-message", Place("es.po"))
    assert '"Sources"' in problem.message


def test_a_fuzzy_message_is_not_printed() -> None:
    assert read('#, fuzzy\nmsgid "Sources"\nmsgstr "Fuentes"\n\nmsgid "Emergency"\nmsgstr "Emergencia"\n') == {
        "Emergency": "Emergencia"
    }


@pytest.mark.parametrize(
    "spanish", ["Página de {pages}", "Página {page}", "Página {page} de {pagina}", "Página {page} de {page}"]
)
def test_a_lost_placeholder_is_found_at_its_line(spanish: str) -> None:
    [problem] = compare("Page {page} of {pages}", f'msgid "Page {{page}} of {{pages}}"\nmsgstr "{spanish}"\n')
    assert (problem.id, problem.place) == ("message-placeholder", Place("es.po", 5))


@pytest.mark.parametrize("spanish", ["Página {page} de {pages}", "De {pages} páginas, la {page}"])
def test_placeholders_may_stand_in_another_order(spanish: str) -> None:
    assert compare("Page {page} of {pages}", f'msgid "Page {{page}} of {{pages}}"\nmsgstr "{spanish}"\n') == []


def test_a_message_that_no_template_uses_any_more_does_no_harm() -> None:
    assert compare("Sources", 'msgid "Sources"\nmsgstr "Fuentes"\n\nmsgid "Old"\nmsgstr "Viejo"\n') == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no PO file\n", id="prose"),
        pytest.param(HEAD + 'msgid "Sources"\n', id="no-msgstr"),
        pytest.param(HEAD + 'msgid "Sources"\nmsgstr[x] "Fuentes"\n', id="no-plural-number"),
        pytest.param('msgid ""\nmsgstr ""\n"POT-Creation-Date: soon\\n"\n', id="no-date"),
    ],
)
def test_a_broken_po_file_is_one_problem(text: str) -> None:
    problem = refuse(text.encode())
    assert (problem.id, problem.place.path) == ("bad-catalogue", "es.po")


def test_a_po_file_that_is_not_utf_8_is_one_problem() -> None:
    problem = refuse(HEAD.encode() + 'msgid "Page"\nmsgstr "Página"\n'.encode("latin-1"))
    assert (problem.id, problem.place) == ("unreadable", Place("es.po", 6))


@pytest.mark.parametrize(
    ("words", "rule"), [("12\u202e", "forbidden-character"), ("\ue000", "forbidden-character"), ("di\u0301a", "not-nfc")]
)
def test_characters_that_must_not_be_printed_are_found_in_a_message(words: str, rule: str) -> None:
    problem = refuse((HEAD + f'msgid "Same day"\nmsgstr "{words}"\n').encode())
    assert (problem.id, problem.place) == (rule, Place("es.po", 5))


def test_a_message_that_lost_its_translation_stops_a_project(tmp_path: Path) -> None:
    write_project(tmp_path)
    po = tmp_path / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    whole = po.read_text(encoding="utf-8")
    assert 'msgid "Sources"\n' in whole
    po.write_text(whole.replace('msgid "Sources"\n', '#, fuzzy\nmsgid "Sources"\n'), encoding="utf-8")
    [problem] = find_all(load_project(tmp_path))
    assert (problem.id, problem.place.path) == ("missing-message", "translations/es/LC_MESSAGES/messages.po")


def test_the_messages_of_templates_and_modules_are_collected_with_their_comments(tmp_path: Path) -> None:
    templates, package = tmp_path / "templates", tmp_path / "leaflets"
    (templates / "blocks").mkdir(parents=True)
    package.mkdir()
    (templates / "leaflet.html").write_text('{# Translators: Above the list. #}\n{{ say("Sources") }} {{ other("Not this") }}')
    (templates / "blocks" / "note.html").write_text('{{ say("Page {page}", page=1) }}')
    (package / "compose.py").write_text('# Translators: A level.\nLEVEL = mark("Emergency")\n')
    data = extract_messages(templates, package)
    assert sorted(read_template_messages(data, "messages.pot")) == ["Emergency", "Page {page}", "Sources"]
    assert "#. Above the list.\n#: templates/leaflet.html\n" in data.decode()
    assert "#. A level.\n#: leaflets/compose.py\n" in data.decode()


def test_extracting_twice_gives_the_same_bytes() -> None:
    first = extract_messages(ROOT / "templates", ROOT / "leaflets")
    assert len(read_template_messages(first, "messages.pot")) > 10
    assert extract_messages(ROOT / "templates", ROOT / "leaflets") == first


def test_the_messages_pot_of_the_repository_is_fresh() -> None:
    fresh = extract_messages(ROOT / "templates", ROOT / "leaflets")
    assert (ROOT / "translations" / "messages.pot").read_bytes() == fresh


def test_the_same_message_twice_is_a_problem_at_the_second() -> None:
    problem = refuse((HEAD + 'msgid "A"\nmsgstr "B"\n\nmsgid "A"\nmsgstr "C"\n').encode())
    assert (problem.id, problem.place) == ("bad-catalogue", Place("es.po", 8))
    assert "first in line 5" in problem.message


def test_a_quote_that_is_not_closed_is_a_problem_at_its_line() -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "A"\nmsgstr "never\n'
    with pytest.raises(LeafletsError) as caught:
        read_catalogue(po.encode(), "messages.po")
    assert [(problem.id, problem.place) for problem in caught.value.problems] == [("bad-catalogue", Place("messages.po", 5))]
