"""Hanyu Pinyin: whether a spelling can be that of a term, syllable by syllable."""

import re
import unicodedata

_HAN = re.compile(r"[\u3400-\u9fff]")
# What is no Han character is spelt as it is printed: 12345 rèxiàn. Quotation marks and commas are not spelt.
_AS_PRINTED = re.compile(r"[0-9A-Za-z\u2160-\u216b]+(?:\+[0-9A-Za-z]+)*")
_TONE = "[\u0300\u0301\u0304\u030c]"
_FINALS = [
    "iao", "uai", "u\u0308e", "ai", "ao", "ei", "ia", "ie", "io", "iu", "ou", "ua", "ue", "ui", "uo", "u\u0308",
    *"aeiou",
]  # fmt: skip
# The only characters that may have no tone.
_TONELESS = "子的了着们"


def _toned(final: str) -> str:
    """A pattern of the final with or without a tone mark, which stands on a or e, on the o of ou, else on the last."""
    vowel = next((v for v in "ae" if v in final), "o" if final == "ou" else final[-1])
    place = final.rindex(vowel) + 1
    return f"{final[:place]}{_TONE}?{final[place:]}"


_FINAL = f"(?:{'|'.join(map(_toned, _FINALS))})(?:ng|n|r)?"
_INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])"
# Within a word a syllable that begins with a vowel needs an apostrophe before it, so that only the first may do so.
_WORD = re.compile(f"{_INITIAL}?{_FINAL}(?:{_INITIAL}{_FINAL})*")
_VOWELS = re.compile("(?:[aeiou][\u0300-\u036f]*)+")


def slip(term: str, pinyin: str) -> str | None:
    """What is wrong with a term's spelling, if anything can be seen from its letters, tone marks and syllables."""
    spelt = unicodedata.normalize("NFD", pinyin)
    for run in _AS_PRINTED.findall(term):
        if run not in spelt:
            return f"leaves out {run!r}"
        spelt = spelt.replace(run, " ", 1)
    words = re.split("[ ',()-]+", spelt.lower().strip(" ',()-")) if spelt.strip() else []
    if word := next((word for word in words if not _WORD.fullmatch(word)), None):
        return f"{unicodedata.normalize('NFC', word)!r} is no Hanyu Pinyin"
    characters, syllables = _HAN.findall(term), [found for word in words for found in _VOWELS.findall(word)]
    if len(characters) != len(syllables):
        return f"has {len(syllables)} syllables for {len(characters)} characters"
    pairs = zip(characters, syllables, strict=True)
    if bare := [han for han, vowels in pairs if not re.search(_TONE, vowels) and han not in _TONELESS]:
        return f"has no tone on {bare[0]!r}"
    return None
