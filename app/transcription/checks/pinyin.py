"""The spelling of Hanyu Pinyin: whether it can be that of a term, syllable by syllable.

Only the form is checked; the reading of a character is not.
"""

import re
import unicodedata

_HAN = re.compile(r"[\u3400-\u9fff]")
# Digits and Latin letters stay as printed: 12345 rèxiàn. Quotation marks and commas are left out.
_AS_PRINTED = re.compile(r"[0-9A-Za-z\u2160-\u216b]+(?:\+[0-9A-Za-z]+)*")
_TONE = "[\u0300\u0301\u0304\u030c]"
_FINALS = [
    "iao", "uai", "u\u0308e", "ai", "ao", "ei", "ia", "ie", "io", "iu", "ou", "ua", "ue", "ui", "uo", "u\u0308",
    *"aeiou",
]  # fmt: skip
# The only characters that may have the neutral tone.
_TONELESS = "子的了着们"


def _toned(final: str) -> str:
    """Return a pattern of a final with an optional tone mark: on a or e, on the o of ou, else on the last vowel."""
    vowel = next((v for v in "ae" if v in final), "o" if final == "ou" else final[-1])
    place = final.rindex(vowel) + 1
    return f"{final[:place]}{_TONE}?{final[place:]}"


_FINAL = f"(?:{'|'.join(map(_toned, _FINALS))})(?:ng|n|r)?"
_INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])"
# Only the first syllable of a word may begin with a vowel; any other needs an apostrophe, which ends the word here.
_WORD = re.compile(f"{_INITIAL}?{_FINAL}(?:{_INITIAL}{_FINAL})*")
_VOWELS = re.compile("(?:[aeiou][\u0300-\u036f]*)+")


def pinyin_error(term: str, pinyin: str) -> str | None:
    """Return what is wrong with the letters, tone marks or number of syllables of a term's pinyin, if anything."""
    spelling = unicodedata.normalize("NFD", pinyin)
    for run in _AS_PRINTED.findall(term):
        if run not in spelling:
            return f"leaves out {run!r}"
        spelling = spelling.replace(run, " ", 1)
    words = re.split("[ ',()-]+", spelling.lower().strip(" ',()-")) if spelling.strip() else []
    if word := next((word for word in words if not _WORD.fullmatch(word)), None):
        return f"{unicodedata.normalize('NFC', word)!r} is not Hanyu Pinyin"
    characters, syllables = _HAN.findall(term), [found for word in words for found in _VOWELS.findall(word)]
    if len(characters) != len(syllables):
        return f"has {len(syllables)} syllables for {len(characters)} characters"
    pairs = zip(characters, syllables, strict=True)
    if untoned := [han for han, vowels in pairs if not re.search(_TONE, vowels) and han not in _TONELESS]:
        return f"has no tone on {untoned[0]!r}"
    return None
