"""A possible Hanyu Pinyin spelling of a term is accepted, whatever its initials and finals; any other is rejected."""

import json

import pytest

from app.settings import ROOT
from app.transcription.checks.pinyin import pinyin_error

TERMS = [(entry["term"], entry["pinyin"]) for entry in json.loads((ROOT / "seed/glossary.json").read_bytes())]
SPELT = [
    ("女儿", "nǚ'ér"),
    ("西安", "Xī'ān"),
    ("战略", "zhànlüè"),
    ("绿", "lǜ"),
    ("熊", "xióng"),
    ("优秀对流", "yōuxiù-duìliú"),
    ("快乐", "kuàilè"),
    ("外汇", "wàihuì"),
    ("小组学院", "xiǎozǔ xuéyuàn"),
    ("句子", "jùzi"),
    ("好了", "hǎo le"),
    ("A股", "A gǔ"),
    ("“Ⅱ级”", "Ⅱ jí"),
]
MISSPELT = [
    ("西安", "Xīān"),  # one word without the apostrophe is another word
    ("西安", "Xian"),
    ("优秀", "yoūxiù"),
    ("对", "dùi"),
    ("小", "xǐao"),
    ("绿", "lv4"),
    ("巡视", "xún shì wèn"),
    ("巡视", "xúnˇshì"),
    ("巡视", "xúnshì."),
    ("巡视", " "),
    ("巡视", "巡视"),
    ("巡视", "vúnshì"),
    ("中", "zh"),
    ("A股", "gǔ"),
    ("A股", "a gǔ"),
]


@pytest.mark.parametrize(("term", "pinyin"), TERMS + SPELT)
def test_a_correct_spelling_passes(term: str, pinyin: str) -> None:
    assert pinyin_error(term, pinyin) is None


@pytest.mark.parametrize(("term", "pinyin"), MISSPELT)
def test_a_wrong_spelling_is_rejected(term: str, pinyin: str) -> None:
    assert pinyin_error(term, pinyin)


@pytest.mark.parametrize(("term", "pinyin"), TERMS)
def test_every_syllable_is_needed_and_no_other(term: str, pinyin: str) -> None:
    assert pinyin_error(term, f"{pinyin} wèi")
    assert pinyin_error(term + "委", pinyin)
