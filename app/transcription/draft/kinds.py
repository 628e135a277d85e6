"""The kind of a measure: verbs, objects and phrases of the lexicons vote, and the three best are kept."""

import re

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of, compiled

# How much a vote counts. A phrase and a pair of verb and object say more than either alone.
_PHRASE, _PAIR, _VERB, _OBJECT, _NOMINAL, _INSIDE = 5.0, 4.0, 3.0, 1.5, 2.5, 0.5
NOTHING_FOUND = "kinds:nothing found"
_TRAILING = re.compile('(?:等|力度|情况|活动|等工作|工作|[0-9]+.{1,2}|[“”"])+$')


class KindRanker:
    """Ranks the kinds of a clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.kinds = list(lexicons.table("kinds.verbs"))
        self.fallback = lexicons.table("kinds.fallback")
        self.phrases = [
            (kind, compiled(any_of([word])), len(word.replace("…", "")))
            for kind, words in lexicons.table("kinds.phrases").items()
            for word in words
        ]
        self.pairs = {pair: kind for kind, pairs in lexicons.table("kinds.pairs").items() for pair in pairs}
        # The kind of an object whose verb says nothing.
        self.alone = {pair.partition("+")[2]: kind for pair, kind in reversed(list(self.pairs.items()))}
        self.verbs = {kind: compiled(any_of(words)) for kind, words in lexicons.table("kinds.verbs").items()}

    def rank(self, clause: Analysis) -> list[tuple[str, float, str]]:
        """Return the three best kinds, each with its share of the votes and the lexicon that gave most of them."""
        votes: dict[str, float] = dict.fromkeys(self.kinds, 0.0)
        rules: dict[str, tuple[float, str]] = {}
        for kind, weight, rule in self._votes(clause):
            votes[kind] += weight
            if weight > rules.get(kind, (0.0, ""))[0]:
                rules[kind] = (weight, rule)
        order = [*self.fallback[_shape(clause.text)], *self.kinds]
        ranked = sorted(self.kinds, key=lambda kind: (-votes[kind], order.index(kind)))[:3]
        total = sum(votes[kind] for kind in ranked) or 1.0
        return [(kind, votes[kind] / total, rules.get(kind, (0.0, NOTHING_FOUND))[1]) for kind in ranked]

    def _votes(self, clause: Analysis) -> list[tuple[str, float, str]]:
        core = clause.core
        found = [
            (kind, _PHRASE + size / 10, "lexicon:kinds.phrases")
            for kind, pattern, size in self.phrases
            if pattern.search(core) or pattern.search(clause.text)
        ]
        found += [
            (kind, _VERB, "lexicon:kinds.verbs") for kind, verb in self.verbs.items() if verb.fullmatch(clause.verb)
        ]
        # 加强对某事,某事的监督: what is at the end is governed.
        tail = clause.tail if clause.tail.startswith("对") else re.split("并|,|，", clause.tail)[0]
        found += self._of_object(clause.verb, tail)
        found += self._inside(clause)
        return found

    def _objects(self, tail: str) -> tuple[str, list[str]]:
        """Return the longest word that ends the object, and its classes; of two joined by 和 the first decides."""
        parts = [tail, *(tail[: match.start()] for match in re.finditer("[和及与、并]", tail))]
        found = [self.lexicons.codes_at_end("kinds.object_classes", end) for part in parts for end in _ends(part)]
        first = [word for word in found[len(_ends(tail)) :] if word[0]]
        whole = max(found[: len(_ends(tail))], key=lambda word: len(word[0]))
        return whole if whole[0] else first[0] if first else whole

    def _of_object(self, verb: str, tail: str) -> list[tuple[str, float, str]]:
        word, objects = self._objects(tail)
        classes = [name for name, words in self.lexicons.table("kinds.verb_classes").items() if verb in words]
        found = []
        for object_class in objects:
            pairs = {self.pairs.get(f"{name}+{object_class}") for name in classes} - {None}
            found += [(kind, _PAIR + len(word) / 20, "lexicon:kinds.pairs") for kind in sorted(filter(None, pairs))]
        if not found:
            found += [(self.alone[name], _OBJECT + len(word) / 20, "lexicon:kinds.object_classes") for name in objects]
        if "light" in classes or not verb:
            for kind, pattern in self.verbs.items():
                matches = [match for end in _ends(tail) for match in pattern.finditer(end) if match.end() == len(end)]
                if matches:
                    found.append((kind, _NOMINAL + len(matches[-1][0]) / 20, "lexicon:kinds.verbs"))
        return found

    def _inside(self, clause: Analysis) -> list[tuple[str, float, str]]:
        """Return weak votes of every verb in the clause, the earlier the stronger."""
        return [
            (kind, _INSIDE - match.start() / 200, "lexicon:kinds.verbs")
            for kind, pattern in self.verbs.items()
            for match in pattern.finditer(clause.core)
        ]


def _ends(tail: str) -> list[str]:
    """Return an object as it is, and without words that say little at its end."""
    return list(dict.fromkeys([tail, _TRAILING.sub("", tail) or tail]))


# What a clause counts tells a little of what was done, where no word is known.
_SHAPES = {
    "money": r"[0-9][余多]?[万亿]?[余多]?元",
    "person": r"[0-9][余多]?[万]?[余多]?[名人位]",
    "bodies": r"[0-9][余多]?家",
    "times": r"[0-9][余多]?[次场期堂轮]",
    "things": "[0-9]",
}


def _shape(text: str) -> str:
    return next((shape for shape, pattern in _SHAPES.items() if re.search(pattern, text)), "none")
