"""The pages' own words: each key once, in both languages, with the same places to fill in, and used."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from app.settings import ROOT

FOLDER = ROOT / "app/pages"
FILES = sorted((FOLDER / "words").glob("*.json"))
WORDS = {key: said for path in FILES for key, said in json.loads(path.read_text(encoding="utf-8")).items()}
# What is the same in any language.
NAMES = {"Excel", "NDJSON", "JSON", "CSV", "API", "SVG", "SHA", "256", "MIT", "openapi", "json"}
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))


def test_a_key_stands_in_one_place_only() -> None:
    pairs = [json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list) for path in FILES]
    keys = Counter(key for file in pairs for key, _ in file)

    assert [key for key, times in keys.items() if times > 1] == []


def test_a_key_is_no_name_that_a_template_takes_for_another_thing() -> None:
    assert [key for key in WORDS if hasattr(dict, key)] == []


def test_everything_is_said_in_both_languages_with_the_same_places_to_fill_in() -> None:
    for key, said in WORDS.items():
        assert sorted(said) == ["en", "zh"], key
        assert all(sentence.strip() for sentence in said.values()), key
        assert places(said["zh"]) == places(said["en"]), key


def places(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_asks_for_words_that_there_are(template: Path) -> None:
    text = template.read_text()
    whole = set(re.findall(r"\bw\.(\w+)", text)) | set(re.findall(r"\bw\[\"([\w-]+)\"\]", text))
    begun = set(re.findall(r"\bw\[[\"']([\w-]+)[\"'] ~", text))

    assert whole - set(WORDS) == set()
    assert [start for start in begun if not any(key.startswith(start) for key in WORDS)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_of_its_own(template: Path) -> None:
    shape = r"\{% block shape %\}.*?\{% endblock %\}"
    marks = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;"
    bare = re.sub(f"{shape}|{marks}", "", template.read_text(), flags=re.DOTALL)

    assert set(re.findall(r"\w{2,}", bare)) <= NAMES
