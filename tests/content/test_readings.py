"""What a reader understood who had not seen the English, and of which words."""

import pytest

from leaflets.content.project import load_project
from leaflets.content.readings import parse_readings
from leaflets.content.strict_yaml import read_yaml
from leaflets.problems import LeafletsError
from leaflets.translation.units import list_words
from tests.support.projects import ROOT

FILE = """\
readings:
- critical: 0
  major: 1
  minor: 2
notes:
- ¿«bulto» o «nódulo»?
back:
  signs.lumps.hard:
    said: You may feel hard lumps.
    words: Puede sentir bultos duros.
changed:
- signs.lumps.fever
"""


def test_a_reading_holds_for_the_words_that_were_read_and_for_no_others() -> None:
    found = parse_readings(read_yaml(FILE.encode(), "es.yaml"))
    assert found.back["signs.lumps.hard"].is_of("Puede sentir bultos duros.")
    assert not found.back["signs.lumps.hard"].is_of("Puede sentir bultos muy duros.")
    assert not found.back["signs.lumps.fever"].is_of("")
    assert found.notes == ("¿«bulto» o «nódulo»?",)
    assert found.counted.startswith("read back once by somebody")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("    words: Puede sentir bultos duros.\n", "", '"words" is missing'), ("major: 1", "major: few", '"major"')],
)
def test_a_reading_that_does_not_say_of_which_words_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(LeafletsError) as refused:
        parse_readings(read_yaml(FILE.replace(old, new).encode(), "es.yaml"))
    assert said in str(refused.value)


def test_the_readings_that_are_kept_are_of_texts_that_there_are_and_most_of_them_of_the_words_of_now() -> None:
    project = load_project(ROOT)
    read = {tag: each.readings.back for tag, each in project.languages.items() if each.readings.faults}
    assert len(read) > 30
    current = total = 0
    for tag, back in read.items():
        words = list_words(project, tag)
        assert back.keys() <= words.keys(), tag
        current += sum(each.is_of(words[unit].words) for unit, each in back.items())
        total += len(back)
    assert current / total > 0.8
