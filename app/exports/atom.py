"""Atom (RFC 4287): the releases and their corrections as a feed, each entry in English and Chinese."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from app.models.decimal import format_json

MEDIA_TYPE = "application/atom+xml"
_TITLE = "Zhenggai: releases and corrections of the data / 整改数据：发布与更正"
# A tag URI (RFC 4151) names the same thing wherever the service is reached.
_ID = "tag:zhenggai,2026:changes"


def atom_feed(base: str, releases: Sequence[Mapping[str, Any]]) -> str:
    """Return the feed of some releases as they stand in the API, the newest first; its addresses begin with `base`."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _add(feed, "id", _ID)
    _add(feed, "title", _TITLE)
    _add(feed, "updated", _first_second(releases[0]["day"]))
    _add(SubElement(feed, "author"), "name", "Zhenggai")
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=f"{base}/changes.atom")
    _add(feed, "link", rel="alternate", type="application/json", href=f"{base}/changes")
    for release in releases:
        entry = SubElement(feed, "entry")
        _add(entry, "id", f"{_ID}/{release['day']}")
        _add(entry, "title", f"{release['day']}: {release['summary_en']} / {release['summary']}")
        _add(entry, "updated", _first_second(release["day"]))
        _add(entry, "link", rel="alternate", type="application/json", href=f"{base}/changes")
        _add(entry, "content", _content(release), type="html")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode")


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _first_second(day: str) -> str:
    return f"{day}T00:00:00Z"


def _content(release: Mapping[str, Any]) -> str:
    """Return what changed as HTML, in both languages one after the other."""
    version, corrections = release["data_version"], release["corrections"]
    english = f"<p>{escape(release['summary_en'])} Data version <code>{version}</code>.</p>"
    chinese = f"<p>{escape(release['summary'])}数据版本<code>{version}</code>。</p>"
    if corrections:
        english += f"<ul>{''.join(_correction(c, c['why_en'], 'withdrawn') for c in corrections)}</ul>"
        chinese += f"<ul>{''.join(_correction(c, c['why'], '撤回') for c in corrections)}</ul>"
    return f'<div lang="en">{english}</div><div lang="zh-Hans">{chinese}</div>'


def _correction(correction: Mapping[str, Any], why: str, withdrawn: str) -> str:
    name = escape(correction["uid"])
    record = f'<a href="{escape(correction["url"])}">{name}</a>' if correction["url"] else name
    if correction["field"] is None:
        change = withdrawn
    else:
        old, new = (escape(format_json(correction[name])) for name in ("old", "new"))
        change = f"<code>{escape(correction['field'])}</code> <del>{old}</del> → <ins>{new}</ins>"
    return f"<li>{record}: {change}. {escape(why)}</li>"
