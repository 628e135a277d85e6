"""The translated messages: each key once, in both languages, with the same placeholders, and known to the templates."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from app.pages.language import LANGUAGES
from app.settings import ROOT

FOLDER = ROOT / "app/pages"
FILES = sorted((FOLDER / "translations").glob("*.json"))
TRANSLATIONS = {key: texts for path in FILES for key, texts in json.loads(path.read_text(encoding="utf-8")).items()}
# What is the same in any language.
NAMES = {"Excel", "NDJSON", "JSON", "CSV", "API", "SVG", "SHA", "256", "MIT", "openapi", "json"}
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))


def test_a_key_stands_in_one_file_only() -> None:
    pairs = [json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list) for path in FILES]
    keys = Counter(key for file in pairs for key, _ in file)

    assert keys
    assert [key for key, times in keys.items() if times > 1] == []


def test_a_key_is_no_method_of_the_dict_that_templates_read() -> None:
    assert [key for key in TRANSLATIONS if hasattr(dict, key)] == []


def test_every_message_is_in_both_languages_with_the_same_placeholders() -> None:
    for key, texts in TRANSLATIONS.items():
        assert sorted(texts) == sorted(LANGUAGES), key
        assert all(text.strip() for text in texts.values()), key
        assert placeholders(texts["zh"]) == placeholders(texts["en"]), key


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_keys_that_exist(template: Path) -> None:
    text = template.read_text()
    keys = set(re.findall(r"\bmessages\.(\w+)", text)) | set(re.findall(r"\bmessages\[\"([\w-]+)\"\]", text))
    prefixes = set(re.findall(r"\bmessages\[[\"']([\w-]+)[\"'] ~", text))

    assert keys - set(TRANSLATIONS) == set()
    assert [prefix for prefix in prefixes if not any(key.startswith(prefix) for key in TRANSLATIONS)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_contains_no_words_of_its_own(template: Path) -> None:
    shape = r"\{% block shape %\}.*?\{% endblock %\}"
    markup = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;"
    bare = re.sub(f"{shape}|{markup}", "", template.read_text(), flags=re.DOTALL)

    assert set(re.findall(r"\w{2,}", bare)) <= NAMES
