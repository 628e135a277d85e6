"""Queries are normalized: what is not displayed is dropped, traditional characters become simplified ones."""

import random
from pathlib import Path

import pytest

from app.queries.normalization import drop_invisible, simplify

SOURCE = Path(__file__).parents[2] / "seed" / "shanghai-putuo-2024" / "notice.txt"


@pytest.mark.parametrize(
    ("query", "normalized"),
    [
        ("問題", "问题"),
        ("產業採購戶着台灣裡麵", "产业采购户着台湾里面"),
        ("消防\u200b安全", "消防安全"),
        ("\ufeff消\u00ad防\u200d安\u2060全\u202e\ufe0f", "消防安全"),
        ("乾淨", "干净"),
        ("乾坤 显著 著名", "乾坤 显著 著名"),
        ("R&D 2.3%", "R&D 2.3%"),
        ("\ud800問", "\ud800問"),
        ("", ""),
    ],
)
def test_a_query_is_normalized(query: str, normalized: str) -> None:
    assert simplify(drop_invisible(query)) == normalized


def test_simplified_text_stays_as_it_is() -> None:
    source = SOURCE.read_text(encoding="utf-8")

    assert simplify(source) == drop_invisible(source) == source


def test_each_character_becomes_exactly_one() -> None:
    ideographs = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x32000))]
    shuffled = random.Random(1).sample(ideographs, len(ideographs))

    for text in ("".join(ideographs), "".join(shuffled)):
        assert len(simplify(text)) == len(text)
    for character in ideographs:
        assert len(simplify(character)) == 1
