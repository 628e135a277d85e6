"""Documents: the texts that a clause says were made, revised, carried out, cited or signed."""

import re
from dataclasses import dataclass

from app.transcription.draft.clauses import masked
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.source import Span

_TITLE = re.compile("《[^《》\n]{2,60}》")
_COUNT = re.compile(r"^其|^[0-9一二三四五六七八九十两]{1,4}(?:余)?[个项份部件条]")
_TRAILING = re.compile("(?:等|有关|相关|精神|要求|执行|建设|修订执行)+$")
_SEPARATOR = re.compile("[和及与、]|以及")
_VAGUE = re.compile("一批|一系列|一揽子|^为|联席会议制度$|^具体")
_LEAST, _MOST = 3, 60


@dataclass(frozen=True)
class Named:
    """A document in a clause."""

    span: Span
    type: str
    act: str
    confidence: float
    rule: str


class DocumentFinder:
    """Finds the documents of clauses."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.types = lexicons.table("documents.types")
        self.ends = compiled(f"(?:{any_of(lexicons.words('documents.types'))})(?:[(（]□*[)）])?$")
        verbs = [(word, act) for act, words in lexicons.table("documents.acts").items() for word in words]
        self.acts = dict(verbs)
        self.verb = compiled(any_of(self.acts))
        self.no_document = compiled(f"(?:{any_of(lexicons.words('documents.not_documents'))})$")
        self.types_inside = compiled(any_of(lexicons.words("documents.types")))
        self.acting = compiled(any_of([*lexicons.words("clauses.acts"), *lexicons.words("bodies.directives")]))
        self.generic = re.compile(
            "^(?:相关|有关|各项|一系列|一批|以上|上述)?(?:制度|政策|措施|举措|方案|办法|规定|意见|要求|流程|标准|法|例|报告|计划|规划)$"
        )

    def find(self, text: str, clause: Span) -> list[Named]:
        """Return the documents of a clause, in their order."""
        printed = text[clause.start : clause.end]
        clear = masked(printed)
        found = self._titles(printed, clause)
        for match in self.verb.finditer(clear):
            following = self.verb.search(clear, match.end())
            inner = following and following.start() - match.end() < 2
            rest = clear[match.end() :]
            if inner or re.match("的", rest):
                continue
            stop = re.search("[,，;；]|并(?!购)", rest)
            end = match.end() + (stop.start() if stop else len(rest))
            found += self._in_object(printed, clear, Span(match.end(), end), clause, self.acts[match[0]])
        unique: dict[Span, Named] = {}
        for named in found:
            if not any(named.span.overlaps(other) for other in unique):
                unique[named.span] = named
        return sorted(unique.values(), key=lambda named: named.span.start)

    def _titles(self, printed: str, clause: Span) -> list[Named]:
        found = []
        for match in _TITLE.finditer(printed):
            before = list(self.verb.finditer(printed, 0, match.start()))
            act = self.acts[before[-1][0]] if before else "cited"
            name = match[0].strip("《》")
            span = Span(clause.start + match.start(), clause.start + match.end())
            found.append(Named(span, self._type(name), act, 0.85, "documents:title"))
        return found

    def _in_object(self, printed: str, clear: str, span: Span, clause: Span, act: str) -> list[Named]:
        """Return the documents of an object: each of several joined by 和 that ends in the word for a text."""
        found, start = [], span.start
        for match in [*_SEPARATOR.finditer(clear, span.start, span.end), None]:
            end = match.start() if match else span.end
            part = self._until_verb(_TRAILING.sub("", clear[start:end]))
            if match and not self._is_text(printed, part, start):
                continue
            named = self._named(printed, part, start, clause, act)
            if named:
                found.append(named)
            start = match.end() if match else end
        return found

    def _until_verb(self, part: str) -> str:
        """Return an object up to the word for a text after which another verb begins: 对照…清单组织…自查."""
        for match in [] if self.ends.search(part) else self.types_inside.finditer(part):
            if self.acting.match(part, match.end()):
                return part[: match.end()]
        # 某产业实施意见等一揽子政策: what stands before 等 is the name.
        first = re.split("等", part)[0]
        return first if self.ends.search(first) else part

    def _is_text(self, printed: str, part: str, start: int) -> bool:
        """Tell whether words end in the word for a text, in quotes too: “…清单”."""
        if re.fullmatch("“□+”", part):
            return bool(self.ends.search(printed[start : start + len(part)].strip("“”")))
        return bool(self.ends.search(part))

    def _named(self, printed: str, part: str, start: int, clause: Span, act: str) -> Named | None:
        if not self._is_text(printed, part, start) or self.no_document.search(part) or _VAGUE.search(part):
            return None
        count = _COUNT.match(part)
        skipped = count.end() if count else 0
        name = printed[start + skipped : start + len(part)]
        if not _LEAST <= len(name) <= _MOST or self.generic.match(name):
            return None
        span = Span(clause.start + start + skipped, clause.start + start + len(part))
        return Named(span, self._type(name), act, 0.75, "lexicon:documents.types")

    def _type(self, name: str) -> str:
        ends = [
            (len(word), code)
            for code, words in self.types.items()
            for word in words
            if name.rstrip("》”)").endswith(word)
        ]
        return max(ends, default=(0, "other"))[1]
