"""Which language a text is in.

Takes words and the languages that they may be in; gives how likely each is. The model is read when it is first asked for, since
that takes a second.
"""

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

SAME = {"nb": "no", "fil": "tl"}
"""Languages that the model knows by another code."""


@cache
def load_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def choose_languages(languages: frozenset[str]) -> Any:
    """Restrict the model to some of its languages."""
    identifier = copy.copy(load_model())
    identifier.set_languages(languages)
    return identifier


def code(tag: str) -> str:
    """Name a language as the model does.

    >>> code("zh-Hans"), code("nb")
    ('zh', 'no')
    """
    language = tag.split("-")[0]
    return SAME.get(language, language)


def identify_language(text: str, tags: frozenset[str]) -> Mapping[str, float]:
    """Say how likely a text is in each of some languages, as parts of 1; those that the model does not know are left out.

    >>> likely = identify_language("No apriete los bultos.", frozenset({"en", "es"}))
    >>> likely["es"] > 0.9
    True
    """
    known = {tag: code(tag) for tag in tags if code(tag) in load_model().labels}
    if not known:
        return {}
    ranked = dict(choose_languages(frozenset(known.values())).rank(text))
    return {tag: float(ranked[language]) for tag, language in known.items()}
