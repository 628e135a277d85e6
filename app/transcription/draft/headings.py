"""What a heading says by itself: that there is a problem, that something was done, or what a part is about."""

import re

from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.nodes import Node

_BRACKETS = re.compile("[(（][^()（）]{2,12}[)）]$")
# What may follow the words for a problem: …不实问题的整改情况, …不严方面.
_AFTER = re.compile("(?:的?(?:突出|主要)?问题)?(?:的?整改(?:落实|进展)?情况|的?整改|方面|等|情况)?$")
_LACKING = re.compile("不(?!断|懈|停|忘|移|动摇|放|松|折不扣)[^,，。不]{1,5}(?:、?不[^,，。不]{1,5})?$")
_LONGEST_POINT = 32


class HeadingReader:
    """Reads the headings of a text."""

    def __init__(self, text: str, lexicons: Lexicons) -> None:
        self.text = text
        table = lexicons.table("outline.issue_words")
        self.frame = compiled(any_of(lexicons.words("outline.issue_frames")))
        self.weak = compiled(f"(?:{any_of(table['weak'])})[^,，。]{{0,2}}$")
        # 解决突出问题 is done about a problem, 突出问题较多 is one.
        self.faults = compiled(f"(?:{any_of(table['faults'])})$")
        adverbs = any_of(lexicons.words("clauses.adverbs"))
        self.act = compiled(f"(?:{adverbs})*(?:{any_of(lexicons.words('outline.points'))})")
        units = any_of(lexicons.words("figures.measure_words"))
        self.figure = compiled(f"[0-9][0-9.,]*[余多]?[万亿]?(?:{units})")

    def is_framed(self, node: Node) -> bool:
        """Tell whether a heading is put as problems are: 关于…问题, 问题1:."""
        is_labelled = node.heading is not None and node.heading.style in ("labelled", "framed")
        words = node.words(self.text)
        # 对问题线索开展核查 begins as a frame does, and ends otherwise.
        is_whole = not words.startswith("对") or words.endswith(("问题", "问题”", "整改"))
        return is_labelled or (is_whole and bool(self.frame.match(words)))

    def names_problem(self, node: Node) -> bool:
        """Tell whether a heading names a problem."""
        words = _BRACKETS.sub("", node.words(self.text))
        bare = _AFTER.sub("", words)
        says_so = words != bare and re.search("问题(?!整改|的?整改)", words[len(bare) :])
        is_fault = says_so or self.faults.search(bare)
        lacks = self.weak.search(bare) or _LACKING.search(bare) or (is_fault and not self.act.match(words))
        return self.is_framed(node) or bool(lacks and not self.figure.search(words))

    def is_text(self, node: Node) -> bool:
        """Tell whether a numbered line is a paragraph rather than a heading: long, or it counts something."""
        words = node.words(self.text)
        if self.names_problem(node):
            return False
        is_long = len(words) > _LONGEST_POINT or len(re.findall("[,，]", words)) > 1
        return is_long or bool(self.figure.search(words))
