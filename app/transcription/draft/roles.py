"""The role of a clause: something done, a result that is reported, or an attitude without a distinguishable act."""

import re

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of, compiled

# Verbs that make an act of whatever follows, and numbers that tell by how much something changed.
_NOMINAL = ("进行", "开展", "予以", "给予", "作出", "做出", "启动")
_GAUGED = re.compile(
    r"(?:[%％]|百分点)(?:以上|以下|左右)?$|(?:增加|减少|提高|下降|增长|降低|上升)[了到至]?[0-9.]+[^,，]{0,6}$"
)
# 城区大班额全部消除: what is said of all of a thing.
_WHOLLY = re.compile("[^,，]{0,14}?(?:已?全部|均已)[^,，]{2,8}$")
_REACHED = re.compile(
    "(?<=.)[^不]得到[^的]|[由从][0-9.]+.{0,4}(?:提高|上升|提升|增加|下降|降低|减少|增长|降)"
    "|百分之[一二三四五六七八九十0-9.]+$|^[0-9]+[项个条]?正在|问题.{0,6}完成(?:整改)?[0-9]+"
    "|^[近约超逾数]?[0-9一二三四五六七八九十百千万]+[余多]?万?(?:人次|人|名)[^,，]{0,4}(?:参加|参与|受益|获)"
    "|^[^,，]{0,12}?[0-9]+[余多]?[个家名户项所条][^,，]{0,10}(?:被评|获评?|荣获|获得|实现|得到|通过|入选|跻身|完成(?:转化|升级|整改|销号|摘帽)|顺利|摘帽|出列)"
    "|^(?:目前|现|均|全部|截至目前)?[,，]?已(?:经|全部|基本)*(?:完成(?!了?对)|整改(?:到位|完成|完毕)|[^,，0-9]{0,4}到位|建成|销号|办结|解决)"
    "|(?:项目|工程|系统|平台|中心|基地|大楼|校区|院区|道路|管网|小区|医院|学校)[^,，对]{0,4}(?:顺利|已|正式|成功|全部|基本|如期|陆续|全面)+"
    "(?:通水|通车|通气|投产|投用|投入|开工|竣工|完工|建成|运行|启用|落地|交付|封顶|验收|通过|完成|上线)"
    "|^(?!确保|推动|力争|努力|促进|持续|为)[^,，]{2,16}取得了?(?:阶段性|明显|显著|积极|初步|新的?|良好|较好|重大|重要)"
    "|^[^,，把将]{2,10}(?:作为|与)[^,，]{2,14}(?:依据|挂钩|参考)$|[^推让使]有(?:更多|了)"
    "|^[^,，]{0,10}(?:形成|取得|实现|达成|掀起|扭转|改变|赢得|得到)了"
    "|^(?:未再|未|再未|没有再?)(?:发生|出现|发现|新增|接到)"
    "|^(?:共|累计)?发现[^,，并及和]{0,14}[0-9]|率(?:已?达到?|为|保持在)?[0-9.]+[%％]|到账[^,，]{0,6}[0-9]"
    "|(?:位列|位居|名列|排名|跻身|跃居|稳居)(?:全[国省市县区州]|第|前|[省市县区]|[一-龥]{0,4}前)|投入(?:使用|试?运营|试?运行)$"
    "|^(?:年)?节[约省](?:资金|财政|费用|成本|经费|财务|支出|采购)"
)
# 办理时限缩短至3天: a thing before the verb, a number right behind it.
_CHANGED = re.compile(
    "[^,，]{2,24}?(?<![对将把由推促确])(?:缩短|延长|下降|降低|压降|减少|压减|压缩|回落|提高|提升|增长|增加|增收|上升|攀升|扩展|扩大|拓展|突破|超过"
    "|升|降|增|减|稳定|保持|控制|达到?|占|位居|位列|跃居|名列|排名|由[0-9.,]+[^,，]{0,6}?(?:减|增|升|降|提|缩|压|扩)[^,，]{0,3})"
    "(?:至|到|在|为|了|第|全)*[近约超逾数]?(?:人均|平均)?[0-9一二三四五六七八九十百两]"
)
_QUANTITY = re.compile(
    "[^,，]{2,12}?(?:[率量数额值]|成本|时限|时间|周期|费用|均费|药费|比例|占比|比重|满意度|收入|支出|面积|规模|环节|材料|价格|造价|浓度|水平|事故|投诉)"
    "[^,，的]{0,4}(?:缩|延|下降|降|减|压|提|增|上升|攀升|扩|突破|超过|达|占|由)"
)
_AMOUNTS = re.compile("已?(?:达到?|占|增至|升至|增加到|减至|降至|增加|减少)(?:了|至|到)?[近约超]?[0-9]")
_MOTTO = re.compile(
    "[把将][^,，]{2,40}(?:结合(?:起来)?|(?:贯穿|(?:融入|落实|体现|转化|统一)[到于在为])[^,，]{2,24}|(?:摆在|放在|抓在|扛在)[^,，]{2,12}"
    "|作为[^,，]{0,16}(?:任务|契机|抓手|主线|根本|动力|使命|课题|大事|必修课|责任|基础|关键|前提|导向|准绳|标尺|重点|首位|遵循))$"
    "|(?:打造|建设|锻造|建强)[^,，0-9]*(?:一流|过硬|高素质|坚强|忠诚|标识度|的)[^,，]{0,14}(?:队伍|铁军|形象|高地|典范|企业|大学|医院|城市|乡村|集体|班子)$"
    "|以[^,，案]{2,24}(?:巩固|推动|引领|带动|促进|回应|保障|支撑|护航|助推|赋能)[^,，]{2,20}$"
    "|[^,，]*提供(?:更加)?(?:坚实|坚强|有力|强大|可靠)[^,，]{0,8}$"
    "|推动[^,，0-9]{2,24}(?:实现|取得|走深|走实|见效|落地|融合|提升|提质|改善|好转|转变|发展|迈上|再上|落细|常态化|上台阶|到位)[^,，]{0,8}$"
    "|(?:[^,，]{0,8})?(?:各司其职|各负其责|密切配合|通力协作|齐抓共管|同题共答|上下联动|传导压力|压力传导|一抓到底|紧盯不放|久久为功|善作善成|真改实改"
    "|立说立行|凝心铸魂|凝心聚力|以身作则|率先垂范|以上率下|身体力行|知责于心|担责于身|履责于行|常抓不懈|绵绵用力|扛在肩上|抓在手上|入脑入心|走深走实"
    "|动真碰硬|靶向施策|精准施策|协同配合|勇于担当|敢于担当|真抓实干|求真务实|不打折扣|标本兼治)$"
)
Guess = tuple[str, float, str]


class RoleGuesser:
    """Guesses the role of a clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        words, table = lexicons.words, lexicons.table
        self.strong = compiled(any_of(table("roles.commitment_heads")["strong"]))
        self.weak = compiled(any_of(table("roles.commitment_heads")["weak"]))
        self.tails = compiled(f"(?:{any_of(words('roles.commitment_tails'))})$")
        self.measures = compiled(any_of(words("roles.measure_heads")))
        self.outcome_heads = compiled(any_of(words("roles.outcome_heads")))
        self.outcome_marks = compiled(any_of(words("roles.outcome_marks")))
        self.effects = compiled(any_of(words("roles.effects")))
        self.acting = compiled(any_of(words("clauses.acts")))
        self.final_effect = re.compile(
            "(?:提升|提高|优化|改善|好转|增强|增多|减少|上市|清零|到位|高涨|焕然一新|浓厚|显现|凸显|清朗|井然|井然有序|顺畅|提振|向好|好评|认可|肯定|点赞)$"
        )
        self.reached = set(words("roles.outcome_heads"))
        soft = set(words("roles.soft_verbs"))
        self.concrete = {word for word in words("kinds.verbs") if word not in soft}
        self.acts_at_end = compiled(f"(?:{any_of(self.concrete)})$")
        self.adverbs = compiled(f"^(?:{any_of(words('clauses.adverbs'))})+")

    def guess(self, clause: Analysis, section_role: str, *, has_kind: bool) -> Guess:
        """Return role, confidence and rule. `has_kind` tells whether any word of a kind of measure was found."""
        if section_role == "totals":
            return "outcome", 0.99, "roles:totals"
        if clause.directive and clause.actor:
            return "measure", 0.96, "roles:somebody is to act"
        return (
            self._outcome(clause)
            or self._commitment(clause)
            or self._ahead(clause, section_role)
            or self._without_kind(clause, has_kind)
            or ("measure", 0.9 if clause.verb else 0.6, "roles:an act" if clause.verb else "roles:nothing else")
        )

    def _outcome(self, clause: Analysis) -> Guess | None:
        main = clause.main
        is_thing = clause.subject is not None and not clause.subject_is_body
        if _AMOUNTS.match(clause.predicate) and clause.subject:
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if is_thing and self.effects.search(clause.predicate):
            return "outcome", 0.85, "roles:a thing and its effect"
        begins = [main, self.adverbs.sub("", main)]
        if not clause.subject and any(self.outcome_heads.match(start) for start in begins):
            return "outcome", 0.8, "lexicon:roles.outcome_heads"
        if clause.preposition and clause.verb in self.reached:
            return "outcome", 0.7, "lexicon:roles.outcome_heads"
        is_said_of = not self.acting.match(begins[1]) or _QUANTITY.match(begins[1])
        if not (clause.subject_is_body or clause.preposition) and is_said_of and _CHANGED.match(begins[1]):
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if _REACHED.search(main):
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if not self.acting.match(begins[1]) and (_GAUGED.search(main) or self.final_effect.search(main)):
            return "outcome", 0.8, "roles:a change that is measured or seen"
        is_whole = not clause.subject_is_body and _WHOLLY.match(main) and not self.acting.match(begins[1])
        if is_whole:
            return "outcome", 0.75, "roles:a thing and its effect"
        if self.outcome_marks.search(main) and not self.measures.match(clause.core) and (is_thing or not clause.verb):
            return "outcome", 0.8, "lexicon:roles.outcome_marks"
        return None

    def _commitment(self, clause: Analysis) -> Guess | None:
        starts = [clause.main, clause.core, self.adverbs.sub("", clause.main)]
        if self.measures.match(clause.core):
            return None
        if any(self.strong.match(start) for start in starts):
            return "commitment", 0.92, "lexicon:roles.commitment_heads"
        if _MOTTO.match(clause.text):
            return "commitment", 0.85, "roles:a motto"
        if any(self.weak.match(start) for start in starts[1:]) and not clause.subject_is_body:
            return "commitment", 0.75, "lexicon:roles.commitment_heads"
        if self.tails.search(clause.text) and clause.verb not in self.concrete and clause.verb not in _NOMINAL:
            return "commitment", 0.8, "lexicon:roles.commitment_tails"
        if clause.subject and not clause.subject_is_body and not clause.verb:
            return "commitment", 0.5, "roles:a thing without a verb"
        return None

    def _without_kind(self, clause: Analysis, has_kind: bool) -> Guess | None:
        """What no word tells to be an act of some kind, nobody does and counts nothing is an aim rather than an act."""
        is_plain = not clause.subject_is_body and not clause.directive and not re.search("[0-9]", clause.text)
        return ("commitment", 0.45, "roles:no kind of act") if is_plain and not has_kind else None

    def _ahead(self, clause: Analysis, section_role: str) -> Guess | None:
        """What lies ahead is an aim, unless it names an act."""
        is_act = (
            self.measures.match(clause.core)
            or clause.verb in self.concrete
            or (clause.verb in _NOMINAL and len(clause.tail) > 2)
            or self.acts_at_end.search(clause.text)
        )
        if section_role == "next_steps" and not is_act:
            return "commitment", 0.6, "roles:what lies ahead"
        return None
