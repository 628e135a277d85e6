"""Clauses: a text cut at every comma outside brackets and quotes, and joined where a piece has no verb of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.source import Span

_PAIRS = {"“": "”", "(": ")", "（": "）", "《": "》", "「": "」", "[": "]", "【": "】", "\u3014": "\u3015", "『": "』"}
_COMMAS, _STOPS = ",，", "。;；"
_LONGEST_QUOTATION = 120
_NUMBER = "[0-9\u3007零一二三四五六七八九十]"


def masked(text: str) -> str:
    """Return the text with all that stands in quotes, in brackets or within a number made blank: no word is there."""
    out, closing = list(text), ""
    for n, char in enumerate(text):
        if closing:
            if char == closing:
                closing = ""
            else:
                out[n] = "□"
        elif char in _COMMAS and text[n - 1 : n].isdigit() and re.match("[0-9]{3}", text[n + 1 :]):
            # 4,300 is one number.
            out[n] = "□"
        elif char in _PAIRS and _PAIRS[char] in text[n : n + _LONGEST_QUOTATION]:
            closing = _PAIRS[char]
    return "".join(out)


def pieces(text: str, body: Span) -> Iterator[tuple[Span, bool]]:
    """Yield every piece between commas and stops, and whether the mark before it ends a clause for certain."""
    clear, start, is_first = masked(text[body.start : body.end]), 0, True
    for match in re.finditer(f"[{_COMMAS}{_STOPS}\n]|$", clear):
        piece = clear[start : match.start()]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            yield Span(body.start + start + left, body.start + start + right), is_first
            is_first = False
        start = match.end()
        is_first = is_first or match[0] == "" or match[0] not in _COMMAS


@dataclass(frozen=True)
class Clause:
    """A clause; `marker` is the printed number in front of it (一是), `is_first` tells that a sentence begins here."""

    span: Span
    marker: Span | None
    is_first: bool
    rule: str


_NUMBERED = re.compile(
    r"[(（](?:[0-9\uff10-\uff19]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]|第?[一二三四五六七八九十]{1,3}[、，,]"
    r"|[0-9\uff10-\uff19]{1,2}(?:[)）\uff0e、]|\.(?![0-9]))"
)


def split_clauses(text: str, body: Span, joiner: "Joiner") -> list[Clause]:
    """Return the clauses of a text, each with the rule that bounds it."""
    found: list[Clause] = []
    waiting: Span | None = None
    starts, rule = True, "clauses:comma"
    all_pieces = list(pieces(text, body))
    for n, (span, is_first) in enumerate(all_pieces):
        starts = starts or is_first
        whole = Span(waiting.start if waiting else span.start, span.end)
        following = [text[s.start : s.end] for s, _ in _until_stop(all_pieces[n + 1 :])]
        reason = joiner.reason(text[span.start : span.end], text[whole.start : whole.end], following)
        if reason and following:
            waiting, rule = whole, reason
            continue
        found.append(_clause(text, whole, starts, rule, joiner))
        waiting, starts, rule = None, False, "clauses:comma"
    return found


def _clause(text: str, span: Span, is_first: bool, rule: str, joiner: "Joiner") -> Clause:
    printed = text[span.start : span.end]
    marker = compiled(rf"(?:{joiner.markers})[,，:：]?|{_NUMBERED.pattern}").match(printed)
    if marker is None or marker.end() == len(printed):
        return Clause(span, None, is_first, rule)
    start = span.end - len(printed[marker.end() :].lstrip())
    mark = Span(span.start, span.start + len(marker[0].rstrip(",，:：")))
    return Clause(Span(start, span.end), mark, is_first, rule)


def _until_stop(following: list[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    for span, is_first in following:
        if is_first:
            return
        yield span, is_first


# 反馈的27个问题, 已完成整改24个
_COUNTED = re.compile("[^,，]*[0-9]+[项个条件][^,，]{0,8}(?:问题|任务|措施|事项|举措)")
_IS_DONE = re.compile("已|均|现|全部|目前|正在|尚")


class Joiner:
    """Tells whether a piece belongs to the next one."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = lexicons.words
        self.openings = any_of(lexicons.table("clauses.adjuncts")["opening"])
        self.endings = any_of(lexicons.table("clauses.adjuncts")["ending"])
        self.inner = any_of(lexicons.table("clauses.adjuncts")["inner"])
        self.nouns = any_of(lexicons.table("clauses.adjuncts")["noun_ending"])
        self.alone = any_of(lexicons.table("clauses.adjuncts")["alone"])
        self.markers = any_of(words("clauses.markers"))
        self.leading = any_of(lexicons.table("clauses.continued")["ending"])
        self.set_up = any_of(lexicons.table("clauses.continued")["set_up"])
        self.closing = any_of(lexicons.table("clauses.continued")["closing"])
        self.acts = any_of(words("clauses.acts"))
        topic = {code: any_of(known) for code, known in lexicons.table("clauses.topics").items()}
        # What is brought up, and left to the next piece: 对需长期坚持的, 对未完成的任务
        self.topic = compiled(f"(?:{topic['opening']})[^,，]{{2,}}的(?:[^,，的]{{0,12}}(?:{topic['noun']}))?")
        self.treated = compiled(topic["treated"])
        # 以巡察为契机
        self.with_an_aim = compiled(f"以[^,，]{{2,24}}为(?:新的?)?(?:{topic['aim']})$")
        self.directives = any_of(words("bodies.directives"))
        self.adverbs, self.finals = any_of(words("clauses.adverbs")), any_of(words("clauses.finals"))

    def reason(self, piece: str, whole: str, following: list[str]) -> str | None:
        clear = masked(piece)
        core = compiled(f"^(?:{self.markers})").sub("", clear)
        core = compiled(f"^(?:{self.adverbs})+").sub("", core) or core
        if compiled(self.alone).fullmatch(clear) or compiled(self.alone).fullmatch(core):
            return "clauses:adverb alone"
        if self._is_period(core):
            return "clauses:period"
        if self._is_adjunct(core):
            return "clauses:adjunct"
        if compiled(f"(?:{self.leading})$").search(clear) and len(clear) < 16:
            return "clauses:bare subject"
        if following and _COUNTED.fullmatch(core) and _IS_DONE.match(following[0]):
            return "clauses:bare subject"
        if self._is_open(masked(whole), following):
            return "clauses:object goes on"
        return None

    def _is_period(self, core: str) -> bool:
        time = f"(?:截[至止]|自|从|在|到)?(?:{_NUMBER}{{2,4}}年?[-—至到]?)+(?:{_NUMBER}+[月日季度份至—-]*)*"
        if compiled(rf"{time}[初底末前后中]?(?:以来|期间|间|起|上半年|下半年|全年)?").fullmatch(core):
            return True
        return bool(re.fullmatch(r".{1,12}(?:以来|之后|后|之前|前|期间|目前)", core)) and not compiled(
            self.acts
        ).search(core[:-4])

    def _is_adjunct(self, core: str) -> bool:
        """Tell whether a piece is only time, place, manner, means, basis or topic."""
        if self.topic.fullmatch(core) and not self.treated.search(core):
            return True
        opening = compiled(f"[^的]{{0,10}}(?:站在|本着)|(?!以案|为民|对标对表|紧盯不放)(?:{self.openings})").match(core)
        if re.search("(?:的同时|的基础上|基础上|过程中)$", core) or self.with_an_aim.search(core):
            return True
        if opening:
            rest = core[opening.end() :]
            return not self._acts_in(compiled(f"[^的、]{{0,8}}(?:{self.nouns})$").sub("", rest))
        # After a subject or one who is directed: 督促…通过…途径, …严格对照…要求
        inner = compiled(f"(?:{self.inner})(?P<rest>.+)$").search(core)
        if inner and inner.start() > 1 and compiled(f"(?:{self.nouns})$").search(core):
            before = compiled(f"^(?:{self.directives})").sub("", core[: inner.start()])
            return not self._acts_in(inner["rest"]) and not compiled(self.acts).search(before)
        place = re.fullmatch(r"[^的]{1,28}(?:中|(?<!公)里|内)", core)
        return bool(place) and not compiled(self.acts).search(core)

    def _acts_in(self, rest: str) -> bool:
        """Tell whether a verb with its object follows what the preposition governs."""
        return any(
            match.start() > 1
            and rest[match.start() - 1] not in "、和与及的□“"
            and rest[match.end() : match.end() + 1] not in ("", *"、和与及的")
            for match in compiled(self.acts).finditer(rest)
        ) or bool(compiled(f"(?:{self.finals})$").search(rest) and len(rest) > 3)

    def _is_open(self, whole: str, following: list[str]) -> bool:
        """Tell whether an attribute opened here is closed only after the next commas."""
        for n in range(1, min(4, len(following) + 1)):
            last = masked(following[n - 1])
            between = [masked(piece) for piece in following[: n - 1]]
            if any(compiled(f"(?:{self.adverbs})*(?:{self.acts})").match(piece) for piece in [*between, last]):
                return False
            opens = compiled(f"(?:{self.adverbs}|{self.directives}|.{{0,8}}由)*(?:{self.set_up}|由)").match(whole)
            is_closed = compiled(f"(?:{self.closing})$").search(whole)
            if opens and not is_closed and compiled(f"的(?:[^的]{{0,12}})(?:{self.closing})$").search(last):
                return True
            if re.search("对[^的]{2,}$", whole) and re.search(
                "等?(?:情况|问题|方面|环节|领域|事项|工作)的[^的]{2,8}$", last
            ):
                return True
        return False
