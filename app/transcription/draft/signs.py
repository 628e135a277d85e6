"""Signs by which a clause says that something came about, or only that it is wanted; the words are in the lexicons."""

import re

from app.transcription.draft.lexicons import Lexicons, any_of, compiled

_N = "[0-9一二三四五六七八九十百两]"
# Turns of phrase by which something is said to have come about, with what they are about.
_REACHED = (
    "(?<=.)[^不]得到[^的]",
    "百分之[一二三四五六七八九十0-9.]+$",
    "^[0-9]+[项个条]?正在|问题.{0,6}完成(?:整改)?[0-9]+",
    "^[近约超逾数]?[0-9一二三四五六七八九十百千万]+[余多]?万?(?:人次|人|名)[^,，]{0,4}(?:参加|参与|受益|获)",
    "^(?:目前|现|均|全部|截至目前)?[,，]?已(?:经|全部|基本)*(?:完成(?!了?对)|整改(?:到位|完成|完毕)|[^,，0-9]{0,4}到位|建成|销号|办结|解决)",
    "^(?!确保|推动|力争|努力|促进|持续|为)[^,，]{2,16}取得了?(?:阶段性|明显|显著|积极|初步|新的?|良好|较好|重大|重要)",
    "^[^,，把将]{2,10}(?:作为|与)[^,，]{2,14}(?:依据|挂钩|参考)$|[^推让使]有(?:更多|了)",
    "^[^,，]{0,10}(?:形成|取得|实现|达成|掀起|扭转|改变|赢得|得到)了",
    "^(?:未再|未|再未|没有再?)(?:发生|出现|发现|新增|接到)",
    "^(?:共|累计)?发现[^,，并及和]{0,14}[0-9]|率(?:已?达到?|为|保持在)?[0-9.]+[%％]|到账[^,，]{0,6}[0-9]",
    "(?:位列|位居|名列|排名|跻身|跃居|稳居)(?:全[国省市县区州]|第|前|[省市县区]|[一-龥]{0,4}前)|投入(?:使用|试?运营|试?运行)$",
    "^(?:年)?节[约省](?:资金|财政|费用|成本|经费|财务|支出|采购)",
)
# Frames of aims; in them stands what is wanted.
_AIMS = (
    "[把将][^,，]{2,40}(?:结合(?:起来)?|(?:贯穿|(?:融入|落实|体现|转化|统一)[到于在为])[^,，]{2,24}|(?:摆在|放在|抓在|扛在)[^,，]{2,12})",
    "[把将][^,，]{2,40}作为[^,，]{0,16}(?:{callings})",
    "(?:打造|建设|锻造|建强)[^,，0-9]*(?:一流|过硬|高素质|坚强|忠诚|标识度|的)[^,，]{0,14}(?:{ideals})",
    "以[^,，案]{2,24}(?:巩固|推动|引领|带动|促进|回应|保障|支撑|护航|助推|赋能)[^,，]{2,20}",
    "[^,，]*提供(?:更加)?(?:坚实|坚强|有力|强大|可靠)[^,，]{0,8}",
    "推动[^,，0-9]{2,24}(?:{rises})[^,，]{0,8}",
    "(?:[^,，]{0,8})?(?:{mottos})",
)


class Signs:
    """The patterns of outcomes and of aims. Those of whole clauses are to be matched from their beginning."""

    gauged = re.compile(
        r"(?:[%％]|百分点)(?:以上|以下|左右)?$|(?:增加|减少|提高|下降|增长|降低|上升)[了到至]?[0-9.]+[^,，]{0,6}$"
    )
    # 城区大班额全部消除: what is said of all of a thing.
    wholly = re.compile("[^,，]{0,14}?(?:已?全部|均已)[^,，]{2,8}$")
    amounts = re.compile("已?(?:达到?|占|增至|升至|增加到|减至|降至|增加|减少)(?:了|至|到)?[近约超]?[0-9]")

    def __init__(self, lexicons: Lexicons) -> None:
        words = {code: any_of(known) for code, known in lexicons.table("roles.signs").items()}
        self.end = compiled(f"(?:{words['ends']})$")
        self.reached = compiled(
            "|".join(_REACHED)
            + f"|[由从][0-9.]+.{{0,4}}(?:{words['changes']})"
            + f"|^[^,，]{{0,12}}?[0-9]+[余多]?[个家名户项所条][^,，]{{0,10}}(?:{words['honours']})"
            + f"|(?:{words['works']})[^,，对]{{0,4}}(?:顺利|已|正式|成功|全部|基本|如期|按期|陆续|全面|全线)+"
            + f"(?:{words['completions']})"
        )
        # 办理时限缩短至3天: a thing before the verb, a number right behind it.
        self.changed = compiled(
            f"(?!规定|明确|要求|提出|约定|力争|计划|预计|确保|力求)[^,，]{{2,24}}?(?<![对将把由推促确])(?:{words['changes']}|由[0-9.,]+[^,，]{{0,6}}?[减增升降提缩压扩][^,，]{{0,3}})"
            f"(?:至|到|在|为|了|第|全)*[近约超逾数]?(?:人均|平均)?{_N}"
        )
        self.quantity = compiled(f"[^,，]{{2,12}}?(?:{words['quantities']})[^,，的]{{0,4}}(?:{words['changes']}|由)")
        aims = "|".join(_AIMS)
        for code, known in words.items():
            aims = aims.replace(f"{{{code}}}", known)
        self.aim = compiled(f"(?:{aims})$")
