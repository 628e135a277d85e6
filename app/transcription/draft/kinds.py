"""The kind of a measure: verbs, objects and phrases of the lexicons vote, and the three best are kept."""

import re
from collections import Counter

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of

# How much a vote counts. A phrase and a pair of verb and object say more than either alone.
_PHRASE, _PAIR, _VERB, _OBJECT, _NOMINAL, _INSIDE = 5.0, 4.0, 3.0, 1.5, 2.5, 0.5
_TRAILING = re.compile("(?:等|力度|情况|活动|等工作|工作|[0-9]+.{1,2}|[“”\"])+$")


class KindRanker:
    """Ranks the kinds of a clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.kinds = list(lexicons.table("kinds.verbs"))
        self.phrases = [
            (kind, re.compile(any_of([word])), len(word.replace("…", "")))
            for kind, words in lexicons.table("kinds.phrases").items()
            for word in words
        ]
        self.pairs = {pair: kind for kind, pairs in lexicons.table("kinds.pairs").items() for pair in pairs}
        self.verbs = {kind: re.compile(any_of(words)) for kind, words in lexicons.table("kinds.verbs").items()}

    def rank(self, clause: Analysis) -> list[tuple[str, float, str]]:
        """Return the three best kinds, each with its share of the votes and the lexicon that gave most of them."""
        votes: Counter[str] = Counter()
        rules: dict[str, tuple[float, str]] = {}
        for kind, weight, rule in self._votes(clause):
            votes[kind] += weight
            if weight > rules.get(kind, (0.0, ""))[0]:
                rules[kind] = (weight, rule)
        ranked = sorted(self.kinds, key=lambda kind: (-votes[kind], self.kinds.index(kind)))[:3]
        total = sum(votes[kind] for kind in ranked) or 1.0
        return [(kind, votes[kind] / total, rules.get(kind, (0.0, "kinds:nothing found"))[1]) for kind in ranked]

    def _votes(self, clause: Analysis) -> list[tuple[str, float, str]]:
        core = clause.core
        found = [
            (kind, _PHRASE + size / 10, "lexicon:kinds.phrases")
            for kind, pattern, size in self.phrases
            if pattern.search(core) or pattern.search(clause.text)
        ]
        found += [(kind, _VERB, "lexicon:kinds.verbs") for kind, verb in self.verbs.items() if verb.fullmatch(clause.verb)]
        for tail in self._tails(clause.tail):
            found += self._of_object(clause.verb, tail)
        found += self._inside(clause)
        return found

    def _tails(self, tail: str) -> list[str]:
        """Return the object, and what stands before 并, 和 or words that say little at its end."""
        first = re.split("并|,|，", tail)[0]
        return [_TRAILING.sub("", first) or first]

    def _of_object(self, verb: str, tail: str) -> list[tuple[str, float, str]]:
        word, objects = self.lexicons.codes_at_end("kinds.object_classes", tail)
        classes = [name for name, words in self.lexicons.table("kinds.verb_classes").items() if verb in words]
        found = []
        for object_class in objects:
            pairs = {self.pairs.get(f"{name}+{object_class}") for name in classes} - {None}
            found += [(kind, _PAIR + len(word) / 20, "lexicon:kinds.pairs") for kind in sorted(filter(None, pairs))]
        light = "light" in classes
        for kind, pattern in self.verbs.items():
            matches = [match for match in pattern.finditer(tail) if match.end() == len(tail)]
            if matches and (light or not objects):
                found.append((kind, _NOMINAL + len(matches[-1][0]) / 20, "lexicon:kinds.verbs"))
        return found

    def _inside(self, clause: Analysis) -> list[tuple[str, float, str]]:
        """Return weak votes of every verb in the clause, the earlier the stronger."""
        return [
            (kind, _INSIDE - match.start() / 200, "lexicon:kinds.verbs")
            for kind, pattern in self.verbs.items()
            for match in pattern.finditer(clause.core)
        ]
