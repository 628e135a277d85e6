"""The sentences of errors, in English and in Chinese. `{…!r}` is a value as the client gave it."""

from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "zh"]

_SENTENCES: dict[str, tuple[str, str]] = {
    "not-found": ("There is no {what} {given!r}.", "没有“{given}”这个{what_zh}。"),
    "method": ("{method} is not served here: the data is read-only.", "不支持{method}：数据只读。"),
    "protocol": (
        "This address speaks the Model Context Protocol, by POST only.",
        "这个地址只接受Model Context Protocol的POST请求。",
    ),
    "not-installed": (
        "This server lacks the package {package!r}: pip install zhenggai[{extra}].",
        "服务器没有安装“{package}”：pip install zhenggai[{extra}]。",
    ),
    "invalid": ("The request can't be understood.", "无法理解这个请求。"),
    "internal": ("Something went wrong here; the log has it under {id}.", "服务内部出错，日志编号{id}。"),
    "unavailable": ("The data does not answer; the log says why.", "数据暂时无法读取，原因见日志。"),
    "busy": (
        "Too many clients are connected at the moment: try again in a few seconds.",
        "目前连接数过多，请过几秒再试。",
    ),
    "precondition": (
        "The precondition of the request does not hold: what is here now has another ETag or date.",
        "请求的前提条件不成立：现在的ETag或日期与之不同。",
    ),
    "range": ("The file has {size} bytes.", "文件共{size}字节。"),
    "unknown": ("There is no parameter {name!r} here.", "这里没有参数“{name}”。"),
    "format": (
        "There is no parameter {name!r} here. Files have their own addresses: .csv, .xlsx or .ndjson after the path.",
        "这里没有参数“{name}”。文件各有地址：在路径后加.csv、.xlsx或.ndjson。",
    ),
    "repeated": ("{name!r} may be given once, not {count} times.", "“{name}”只能给一次，这里给了{count}次。"),
    "missing": ("{name!r} is needed: {description}", "缺少必需的参数“{name}”。"),
    "empty": ("{name!r} is empty: leave it out.", "“{name}”是空的：不用时请省去。"),
    "comma": (
        "{value!r} is no value of {name!r}. For several values repeat the parameter: {example}.",
        "“{name}”没有“{value}”这个值。要给多个值，请重复这个参数：{example}。",
    ),
    "value": ("{value!r} is no value of {name!r}.", "“{name}”没有“{value}”这个值。"),
    "integer": (
        "{name!r} is a whole number from {low} to {high}, not {value!r}.",
        "“{name}”应是{low}到{high}的整数，不是“{value}”。",
    ),
    "number": (
        "{name!r} is a number from {low} to {high}, not {value!r}.",
        "“{name}”应是{low}到{high}的数，不是“{value}”。",
    ),
    "day": ("{name!r} is a day, not {value!r}.", "“{name}”应是日期，不是“{value}”。"),
    "text": (
        "{name!r} is 1 to {longest} characters, not all blank, without control characters.",
        "“{name}”应是1到{longest}个字符，不能全是空白，不能有控制字符。",
    ),
    "bounds": ("{name!r} is above {other!r}.", "“{name}”大于“{other}”。"),
    "unit": (
        "{name!r} needs one 'unit': numbers of different units are no range.",
        "“{name}”须与一个“unit”同用：单位不同的数不成范围。",
    ),
    "sheet": (
        "A sheet takes {most} rows, and this is {rows}: ask for parts by 'limit', or for CSV.",
        "一张表最多{most}行，这里有{rows}行：请用“limit”分开取，或改用CSV。",
    ),
    "malformed": (
        "{reason}. Characters beyond ASCII in an address must be percent-encoded as UTF-8: 消防 is written "
        "%E6%B6%88%E9%98%B2. 地址中的汉字须按UTF-8作百分号编码。",
        "请求无法解析（{reason}）。地址中的汉字须按UTF-8作百分号编码：消防应写作%E6%B6%88%E9%98%B2。",
    ),
    "encoding": (
        "The query is not UTF-8, percent-encoded: 消防 is written %E6%B6%88%E9%98%B2.",
        "查询串不是经百分号编码的UTF-8：消防应写作%E6%B6%88%E9%98%B2。",
    ),
    "encoded-twice": (
        "{name!r} is percent-encoded twice: {value!r} should be sent as {once!r} is, encoded once.",
        "“{name}”被编码了两次：“{value}”应是“{once}”编码一次。",
    ),
}


@dataclass(frozen=True)
class Message:
    """A sentence of an error, given in the language that the client prefers."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: Language = "en") -> str:
        """Return the sentence in a language."""
        return _SENTENCES[self.code][language == "zh"].format_map(self.values)


def preferred_language(accept_language: str) -> Language:
    """Return the language of errors for an Accept-Language header: Chinese where it comes before English.

    The weights are taken as clients send them, in falling order; a client that sends none gets English.
    """
    for item in accept_language.lower().split(","):
        name, _, weight = item.partition(";")
        tag = name.strip().partition("-")[0]
        if tag in ("zh", "en") and weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            return "zh" if tag == "zh" else "en"
    return "en"
