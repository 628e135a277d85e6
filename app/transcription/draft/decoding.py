"""The bytes that an editor hands over, as the text of a notice: UTF-8 with LF, whatever they were before."""

import codecs
import re

from app.transcription.draft.errors import DraftError

# A notice has some 10,000 characters; what is many times as long is a page with everything around it, or another file.
MAX_BYTES = 1_000_000
_BOMS = {
    codecs.BOM_UTF8: ("utf-8", "UTF-8 with a byte order mark"),
    codecs.BOM_UTF32_LE: ("utf-32-le", "UTF-32"),
    codecs.BOM_UTF32_BE: ("utf-32-be", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16"),
}
_LINE_BREAKS = {
    "\r\n": "CR LF",
    "\r": "CR",
    "\x0b": "Word's line break",
    "\x0c": "a page break",
    "\x85": "NEL",
    "\u2028": "U+2028",
    "\u2029": "U+2029",
}
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|br|table|tr|td|a|img|font|strong|script|style)\b[^>]*>|<!doctype", re.I
)
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|ldquo|rdquo|lt|gt|amp|#[0-9]{2,6}|#x[0-9a-f]{2,5});", re.I)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")


def decode(raw: bytes) -> tuple[str, list[str]]:
    """Return the text, and a remark on everything that was changed to get it; raise `DraftError` if it is no text."""
    if len(raw) > MAX_BYTES:
        raise DraftError(f"the file has {len(raw):,} bytes; a notice has at most {MAX_BYTES:,}: is it another file?")
    text, remarks = _decode(raw)
    if not text.strip():
        raise DraftError("the file is empty")
    if _CONTROL.search(text):
        raise DraftError(
            "the file holds control characters: it is no plain text; copy the notice's text into a new file"
        )
    if _TAG.search(text) or len(_ENTITY.findall(text)) > 2:
        raise DraftError("the file holds HTML: copy the text from the page as the browser shows it, not its source")
    if len(_CHINESE.findall(text)) < 20:
        raise DraftError("the file holds hardly any Chinese text: a notice is drafted from its Chinese text")
    for mark, name in _LINE_BREAKS.items():
        if mark in text:
            text = text.replace(mark, "\n")
            remarks.append(f"line breaks ({name}) were changed to LF")
    return text, remarks


def _decode(raw: bytes) -> tuple[str, list[str]]:
    for mark, (encoding, name) in _BOMS.items():
        if raw.startswith(mark):
            return _decode_as(encoding, raw[len(mark) :], name), [f"the file was {name}, and is written as UTF-8"]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    for encoding, name in (("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("gb18030", "GBK")):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_chinese(text):
            return text, [f"the file was {name}, and is written as UTF-8: read a few lines of it"]
    raise DraftError("the file is in no encoding that is known here (UTF-8, UTF-16, GBK): save it as UTF-8")


def _decode_as(encoding: str, raw: bytes, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DraftError(f"the file begins as {name} and is not: {error.reason} at byte {error.start}") from error


# The commonest characters of any Chinese text; in bytes read by the wrong encoding they are rare.
_COMMON = re.compile("[的一是在和了有人会工作中进行]")


def _is_chinese(text: str) -> bool:
    return len(_COMMON.findall(text)) * 50 > len(text) and not _CONTROL.search(text)
