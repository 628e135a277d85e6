"""The words of a clause by their places: adverbs and times, verbs, and bodies or persons that do something."""

import re

from app.transcription.draft.lexicons import Lexicons, any_of, compiled

_TIME = (
    r"(?:截[至止]|自|从)?(?:[0-9]{4}年?[-—至])?[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[初底末前后]?(?:以来|起|期间|间)?[,，]?"
    r"|[^,，、。的对将把由]{2,10}(?:以来|期间|以后|之后)[,，]?"
    r"|每(?:[一两三四半0-9]{0,2}个?)?(?:周|月|天|日|季度|季|年|学期|旬|双周|半年)"
    r"|(?:全年|今年|去年|目前|近年来|截至目前)[,，]?"
    r"|(?:至少|不少于)?[一二两三四五六0-9]+次(?=[^,，。余以])"
)
_LONGEST_BODY = 30
# Signs that what stands before the end of a body is no name, beside the words of the lexicon.
_NO_NAME = "[对将把向从于赴,，。的每]|到(?!位)|[^、]与|(?<!、)联合|以.{1,12}为|^监督(?![管检委组部科处室员执局])"
# 推动学院内涵式发展: what is to come about of itself.
_GROWS = re.compile("(?:发展|建设|提升|转型|升级|落实|落地|见效|融合|进步|振兴|工作|改善|好转|提高|更新)$")


class WordFinder:
    """Finds words of the lexicons in a text of which quotes and brackets are blank."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = lexicons.words
        self.adverb = compiled(rf"(?:{any_of(words('clauses.adverbs'))})")
        self.time = re.compile(_TIME)
        # 党组织 is no 组织.
        self.directive = compiled(f"(?<![党”])(?:{any_of(words('bodies.directives'))})")
        self.preposition = compiled(any_of(words("clauses.prepositions")))
        verbs = {
            *words("kinds.verbs"),
            *words("kinds.verb_classes"),
            *words("roles.commitment_heads"),
            *words("clauses.acts"),
        }
        verbs |= {*words("roles.outcome_heads"), *words("clauses.further_verbs")}
        # A single character is part of too many words to be found as a verb.
        self.verb = compiled(any_of(verb for verb in verbs if len(verb) > 1 or verb == "抓"))
        self.like_verb = compiled(any_of(lexicons.table("bodies.like_verbs")["words"]))
        self.office = compiled(any_of(lexicons.table("bodies.like_verbs")["offices"]))
        unsure = set(lexicons.table("clauses.unsure_adverbs")["words"])
        self.sure_adverb = compiled(any_of(w for w in words("clauses.adverbs") if len(w) > 1 and w not in unsure))
        self.acting = compiled(any_of(words("clauses.acts")))
        self.nominal = re.compile("进行|开展|予以|给予|作出|做出|提出|启动|纳入|作为|列为|确定为|制发")
        ends = any_of([*words("bodies.organizations"), *words("bodies.persons")])
        self.body_end = compiled(
            f"(?:{ends})(?!级|科级|长制)(?:[(（]□+[)）])?(?:(?<=[会组委])(?:扩大)?会议)?(?:“□+”)?(?:等)?"
        )
        self.any_body = re.compile("各|相关|有关|所属|下属|全体|部分|某|[0-9]+[余多]?[名家位]")
        self.not_body = compiled(f"(?:{any_of(words('bodies.not_bodies'))})$")
        opening, inside = (any_of(known) for known in lexicons.table("bodies.no_names").values())
        self.no_name = compiled(f"{_NO_NAME}|^(?:{opening})|{inside}")
        self.effect = compiled(any_of(words("roles.effects")))

    def adverb_at(self, clear: str, at: int) -> int:
        match = self.time.match(clear, at) or self.adverb.match(clear, at)
        if match is None or match.end() == len(clear):
            return 0
        verb = self.verb.match(clear, at)
        if clear[at] in "将要能" and not self.preposition.match(clear, match.end()):
            return match.end() if self._acts_next(clear, match.end()) else 0
        # 统筹 and 规范 are verbs before an object, and adverbs before a verb.
        if verb and verb.end() >= match.end() and not self.verb.match(clear, match.end()):
            return 0
        return match.end()

    def _acts_next(self, clear: str, at: int) -> bool:
        return bool(self.verb.match(clear, at) or self.adverb.match(clear, at))

    def skip(self, clear: str, at: int) -> int:
        while match := self.adverb_at(clear, at):
            at = match
        return at

    def body(self, clear: str, at: int, *, is_certain: bool = False) -> int | None:
        """Return the end of the body or persons named at a position, if something that they do follows.

        Where it `is_certain` that somebody is to act, as after 督促, what follows need not be a known verb.
        """
        if self.preposition.match(clear, at) and clear[at : at + 1] != "由":
            return None
        if is_certain and self.any_body.match(clear, at):
            # 各矿井, 相关经营户: somebody, whatever they are called.
            for end in range(at + 2, min(len(clear), at + 14)):
                if self.acts_at(clear, end) and not re.search("[的、和]", clear[end - 1 : end + 1]):
                    return end
        best = None
        limit = min(len(clear), at + _LONGEST_BODY)
        for match in self.body_end.finditer(clear, at):
            end = match.end()
            # 区委 is not all of 区委组织部, though 组织 may be a verb; nor is 科室 all of 科室负责人.
            is_office = best and end - best <= 8 and self.office.match(clear, best) and not self._directs(clear, best)
            goes_on = best is None or match.start() == best or is_office
            if end > limit or not goes_on:
                break
            name = re.sub("涉及.{1,12}?的", "", clear[at:end])
            if len(name) < 2:
                continue
            is_acted_on = not is_certain and re.match("(?!涉及|全|各|其|这)[^0-9]{1,3}[0-9]+[名个家位]", name)
            if is_acted_on or self.no_name.search(name):
                break
            if self.not_body.search(name):
                continue
            is_sure = is_certain and len(clear) - end > 2 and clear[end] not in "的、和建" and not _GROWS.search(clear)
            if self.acts_at(clear, end) or is_sure:
                best = end
        return best

    def _directs(self, clear: str, at: int) -> bool:
        """Tell whether others are directed at a position: 政法委指导各镇街 is not one name."""
        match = self.directive.match(clear, at)
        return bool(match and self.any_body.match(clear, match.end()))

    def acts_at(self, clear: str, at: int) -> bool:
        if at >= len(clear):
            return False
        if self.sure_adverb.match(clear, at) and len(clear) - at > 3:
            return True
        at = self.skip(clear, at)
        return any(p.match(clear, at) for p in (self.verb, self.preposition, self.directive, self.effect))
