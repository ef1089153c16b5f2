"""The page's own words: PO files read, compared and collected."""

from pathlib import Path

import pytest

from leaflets.content.catalogs import (
    add_entries,
    check_messages,
    extract_messages,
    fill_entries,
    read_entries,
    read_template_messages,
)
from leaflets.content.project import load_project
from leaflets.problems import LeafletsError, Place, Problem
from tests.support.projects import ROOT, find_all, write_project

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
"""The four lines that every PO file starts with."""


def read(entries: str) -> dict[str, str]:
    found = read_entries((HEAD + entries).encode(), "es.po")
    return {message: text.words for message, text in found.items() if text.words}


def refuse(data: bytes) -> Problem:
    with pytest.raises(LeafletsError) as caught:
        read_entries(data, "es.po")
    [problem] = caught.value.problems
    assert len(str(problem).splitlines()) == 1
    return problem


def compare(english: str, entry: str) -> list[Problem]:
    return list(check_messages((english,), read_entries((HEAD + entry).encode(), "es.po"), "es.po"))


def test_a_translated_message_is_read_with_its_line() -> None:
    text = read_entries((HEAD + 'msgid "Sources"\nmsgstr "Fuentes"\n').encode(), "es.po")["Sources"]
    assert (text.words, text.place) == ("Fuentes", Place("es.po", 5))


def test_a_message_over_several_lines_is_read_whole() -> None:
    assert read('msgid ""\n"Same "\n"day"\nmsgstr ""\n"El mismo "\n"día"\n') == {"Same day": "El mismo día"}


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        pytest.param('#, fuzzy\nmsgid "Sources"\nmsgstr "Fuentes"\n', 6, id="fuzzy"),
        pytest.param('msgid "Sources"\nmsgstr ""\n', 5, id="empty"),
        pytest.param('#~ msgid "Sources"\n#~ msgstr "Fuentes"\n', 0, id="obsolete"),
    ],
)
def test_a_message_that_is_not_surely_translated_counts_as_missing_at_its_line(entry: str, line: int) -> None:
    [problem] = compare("Sources", entry)
    assert (problem.id, problem.place) == ("missing-message", Place("es.po", line))
    assert '"Sources"' in problem.message


def test_a_line_is_that_of_the_message_however_it_is_written() -> None:
    [problem] = compare('Say "no"', 'msgid ""\n"Say "\n"\\"no\\""\nmsgstr ""\n')
    assert (problem.id, problem.place) == ("missing-message", Place("es.po", 5))


def test_a_message_in_an_old_spelling_is_missing_in_the_new_one_and_left_over_in_the_old_one() -> None:
    missing, orphan = compare("Sources", 'msgid "Source"\nmsgstr "Fuente"\n')
    assert (missing.id, missing.place) == ("missing-message", Place("es.po"))
    assert (orphan.id, orphan.place, orphan.severity) == ("orphan-message", Place("es.po", 5), "warning")


def test_a_plural_in_a_catalogue_is_refused_since_it_would_not_be_printed() -> None:
    entry = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} día"\nmsgstr[1] "{n} días"\n'
    problem = refuse((HEAD + entry).encode())
    assert (problem.id, problem.place) == ("bad-catalogue", Place("es.po", 5))


@pytest.mark.parametrize(
    "template",
    [
        '{{ say("one day", "{n} days", n=2) }}',
        '{{ ngettext("one day", "many days", 3) }}',
        "{% trans n=2 %}one day{% pluralize %}many days{% endtrans %}",
    ],
)
def test_words_with_a_plural_are_not_collected_by_halves(template: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "leaflet.html").write_text(f"\n{template}")
    with pytest.raises(LeafletsError) as caught:
        extract_messages(tmp_path / "templates", tmp_path / "package")
    assert [(each.id, each.place) for each in caught.value.problems] == [("lost-plural", Place("templates/leaflet.html", 2))]


def test_missing_entries_are_added_behind_the_last_and_nothing_else_changes() -> None:
    pot = (ROOT / "translations" / "messages.pot").read_bytes()
    whole = (ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po").read_bytes()
    assert add_entries(whole, pot, "es.po") == whole
    cut = whole.replace(b'msgid "Sources"\n', b'msgid "Old"\n')
    added = add_entries(cut, pot, "es.po")
    assert added.startswith(cut.rstrip(b"\n") + b"\n\n")
    entries = read_entries(added, "es.po")
    assert (entries["Sources"].words, entries["Old"].words) == ("", "Fuentes")
    assert set(entries) == {*read_template_messages(pot, "messages.pot"), "Old"}


PO = b"""\
msgid ""
msgstr ""
"Language: es\\n"

# what a translator noted
#, fuzzy
msgid "Sources"
msgstr "Fuentes (?)"

msgid "Issued {date}"
msgstr "Publicado: {date}"

#~ msgid "Gone"
#~ msgstr "Ido"
"""
POT = b'msgid ""\nmsgstr ""\n\nmsgid "Sources"\nmsgstr ""\n\nmsgid "Issued {date}"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n'


def test_words_put_into_a_catalogue_lose_nothing_that_a_person_left_in_it() -> None:
    filled = fill_entries(PO, POT, {"Issued {date}": "Fecha: {date}"}, "es.po").decode()
    for kept in ('"Language: es\\n"', "# what a translator noted\n#, fuzzy", 'msgstr "Fuentes (?)"', '#~ msgid "Gone"'):
        assert kept in filled
    assert {message: text.words for message, text in read_entries(filled.encode(), "es.po").items()} == {
        "Sources": "",
        "Issued {date}": "Fecha: {date}",
        "New": "",
    }


def test_words_put_into_a_fuzzy_entry_are_sure() -> None:
    filled = fill_entries(PO, POT, {"Sources": "Fuentes"}, "es.po")
    assert read_entries(filled, "es.po")["Sources"].words == "Fuentes"
    assert b"# what a translator noted" in filled


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_catalogue_from_windows_is_filled_as_any_other_and_keeps_its_line_ends(mark: bytes) -> None:
    words = {"Sources": "Fuentes", "New": "Nuevo"}
    windows = mark + PO.replace(b"\n", b"\r\n")
    assert fill_entries(windows, POT, words, "es.po") == mark + fill_entries(PO, POT, words, "es.po").replace(b"\n", b"\r\n")
    assert fill_entries(PO, POT.replace(b"\n", b"\r\n"), words, "es.po") == fill_entries(PO, POT, words, "es.po")
    assert add_entries(windows, POT, "es.po") == mark + add_entries(PO, POT, "es.po").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "po",
    [
        pytest.param(b"# Somebody's notes\n\n# on two blocks\n" + PO, id="behind-comments"),
        pytest.param(PO.replace(b'msgstr ""\n"Language', b'msgstr "Language'), id="on-one-line"),
        pytest.param(PO.replace(b'es\\n"\n\n', b'es\\n"\n'), id="without-a-blank-line"),
        pytest.param(b'msgid "First"\nmsgstr "Primero"\n\n' + PO, id="behind-an-entry"),
    ],
)
def test_the_head_of_a_catalogue_stays_wherever_it_stands(po: bytes) -> None:
    filled = fill_entries(po, POT, {"Sources": "Fuentes"}, "es.po")
    assert filled.count(b"Language: es") == 1
    assert filled.count(b'msgid ""') == 1
    assert all(line in filled for line in po.splitlines() if line.startswith(b"# "))


def test_a_catalogue_without_a_head_gets_none() -> None:
    po = b'msgid ""\n"Sour"\n"ces"\nmsgstr "Fuentes"\n'
    assert fill_entries(po, b"", {"Sources": "Origen"}, "es.po") == b'msgid "Sources"\nmsgstr "Origen"\n\n'


def test_words_of_a_message_that_no_catalogue_has_are_refused() -> None:
    with pytest.raises(LeafletsError) as caught:
        fill_entries(PO, POT, {"Nowhere": "En ninguna parte"}, "es.po")
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == ("bad-catalogue", Place("es.po"))
    assert '"Nowhere"' in problem.message


@pytest.mark.parametrize("locale", ["ar", "es", "hi", "ur", "zh-Hans"])
def test_words_that_stand_already_change_no_byte_of_a_catalogue(locale: str) -> None:
    po = (ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po").read_bytes()
    pot = (ROOT / "translations" / "messages.pot").read_bytes()
    words = {message: text.words for message, text in read_entries(po, "messages.po").items()}
    assert fill_entries(po, pot, words, "messages.po") == po


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


def test_a_message_that_no_template_uses_any_more_is_named_with_its_line() -> None:
    [problem] = compare("Sources", 'msgid "Sources"\nmsgstr "Fuentes"\n\nmsgid "Old"\nmsgstr "Viejo"\n')
    assert (problem.id, problem.place) == ("orphan-message", Place("es.po", 8))


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


@pytest.mark.slow
def test_extracting_twice_gives_the_same_bytes() -> None:
    first = extract_messages(ROOT / "templates", ROOT / "leaflets")
    assert len(read_template_messages(first, "messages.pot")) > 10
    assert extract_messages(ROOT / "templates", ROOT / "leaflets") == first


def test_the_messages_pot_of_the_repository_is_fresh() -> None:
    fresh = extract_messages(ROOT / "templates", ROOT / "leaflets")
    assert (ROOT / "translations" / "messages.pot").read_bytes() == fresh


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_message_twice_is_a_problem_at_the_second(end: str) -> None:
    problem = refuse((HEAD + f'msgid "A"{end}msgstr "B"{end}{end}msgid "A"\nmsgstr "C"\n').encode())
    assert (problem.id, problem.place) == ("bad-catalogue", Place("es.po", 8))
    assert "first in line 5" in problem.message


def test_a_quote_that_is_not_closed_is_a_problem_at_its_line() -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "A"\nmsgstr "never\n'
    with pytest.raises(LeafletsError) as caught:
        read_entries(po.encode(), "messages.po")
    assert [(problem.id, problem.place) for problem in caught.value.problems] == [("bad-catalogue", Place("messages.po", 5))]
