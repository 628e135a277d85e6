"""Checking a quote: four answers, in words about words, with the places linked."""

import hashlib
import html
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

ASKED = {
    "exact": "提出整改措施147条",
    "equivalent": "提出整改措施 １４７条。",
    "near": "提出整改措施147条,已经完成146条。",
    "absent": "火星殖民计划已经完成",
}
every_status = pytest.mark.parametrize("status", ASKED)


@every_status
def test_the_page_says_what_the_api_says(client: TestClient, status: str) -> None:
    answer = client.get("/locate", params={"text": ASKED[status]}).json()
    assert answer["status"] == status
    for language, field in (("zh", "statement"), ("en", "statement_en")):
        page = html.unescape(client.get(f"/{language}/locate", params={"text": ASKED[status]}).text)

        assert f'<div class="verdict {status}">' in page
        assert answer[field] in page
        assert page.count("<blockquote") == len(answer["places"])


def test_a_difference_is_told_and_shown_one_above_the_other(client: TestClient) -> None:
    for language, says in (("zh", "它写的是"), ("en", "it says")):
        page = client.get(f"/{language}/locate", params={"text": ASKED["near"]}).text
        heading = re.search(r'<h2 id="answer">(.*?)</h2>', page)

        assert heading
        assert re.sub("<[^>]+>", "", heading[1]).startswith("✗ ")
        assert f'{says} <span lang="zh-CN">145条</span>' in heading[1]
        assert re.findall("<(?:del|ins)>(.*?)</(?:del|ins)>", page) == ["146条", "145条"]
        assert page.index("<del>146条</del>") < page.index("<ins>145条</ins>")
        assert "已经完成<mark>145条</mark>" in page


@pytest.mark.parametrize(("status", "sign"), [("exact", "✓"), ("equivalent", "✓"), ("near", "✗"), ("absent", "✗")])
def test_the_answer_is_told_by_a_sign(client: TestClient, status: str, sign: str) -> None:
    page = client.get("/zh/locate", params={"text": ASKED[status]}).text

    assert f'<h2 id="answer"><span class="sign" aria-hidden="true">{sign}</span>' in page


def test_whole_figures_are_told_apart(client: TestClient) -> None:
    for wrong, right in (("完成整改40项", "39项"), ("组织处理16人", "16人次"), ("立案15人", "5人")):
        page = client.get("/zh/locate", params={"text": wrong}).text
        assert f'它写的是 <span lang="zh-CN">{right}</span>' in page, wrong


def test_the_result_has_a_link_to_share(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/zh/locate?text={quote(ASKED['near'])}")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{server}/zh/locate?text=")
    page.goto(link)

    expect(page.locator("#answer")).to_contain_text("它写的是 145条")


@every_status
def test_each_place_leads_to_the_very_span_marked_in_the_source(client: TestClient, status: str) -> None:
    answer = client.get("/locate", params={"text": ASKED[status]}).json()
    page = client.get("/en/locate", params={"text": ASKED[status]}).text
    links = re.findall(r'href="(/en/source\?span=[^"]+)#span"', page)

    assert len(links) == len(answer["places"])
    for link, place in zip(links, answer["places"], strict=True):
        source = client.get(html.unescape(link)).text
        assert marked(source) == place["text"]


def marked(source: str) -> str:
    """What the marked source marks as a span."""
    pieces = re.findall(r'<mark(?: id="span")?>(.*?)</mark>', source)
    assert source.count('<mark id="span">') == bool(pieces)
    return "".join(html.unescape(re.sub("<[^>]+>", "", piece)) for piece in pieces)


def test_a_span_is_marked_wherever_it_begins_and_ends(client: TestClient) -> None:
    text = client.get("/source.txt").text
    whole = hashlib.sha256(text.encode()).hexdigest()
    for start, end in [
        (11613, 11637),
        (4745, 5075),
        (4900, 4950),
        (0, 3),
        (11634, 11650),
        (12000, 12900),
        (5000, 5001),
    ]:
        source = client.get("/zh/source", params={"span": f"{start}-{end}"}).text
        article = re.search(r'<article class="print text"[^>]*>(.*?)</article>', source, re.DOTALL)

        assert article
        assert hashlib.sha256(html.unescape(re.sub("<[^>]*>", "", article[1])).encode()).hexdigest() == whole
        lines = [line.rstrip() for line in text[start:end].split("\n")]
        assert marked(source).replace("\u2003", "") == "".join(lines).replace("\u2003", "")


def test_a_span_that_is_none_marks_nothing(client: TestClient) -> None:
    for span in ("", "5", "9-3", "x-y", "-1-4", "99999-100000", "1-2-3"):
        assert "<mark" not in client.get("/zh/source", params={"span": span}).text


def test_a_refused_quotation_is_reported_and_kept_in_the_form(client: TestClient) -> None:
    for text in ("问" * 1501, "问\x07题"):
        answer = client.get("/zh/locate", params={"text": text})

        assert answer.status_code == 422
        assert "要核对的文字须为1至1500个字" in answer.text
        assert text in answer.text


def test_what_was_asked_cannot_break_out_of_its_field(client: TestClient) -> None:
    injection = "</textarea><script>alert(1)</script>"
    page = client.get("/zh/locate", params={"text": injection}).text

    assert injection not in page
    assert html.escape(injection, quote=False) in page


def test_nothing_asked_is_a_form_that_explains_itself(client: TestClient) -> None:
    for query in ("", "?text=", "?text=%20", "?utm_source=x"):
        answer = client.get(f"/zh/locate{query}")

        assert answer.status_code == 200
        assert "四种回答" in answer.text


def test_a_quote_is_checked_without_scripts(bare_page: Page) -> None:
    bare_page.goto("/zh/locate")
    bare_page.get_by_label("要核对的文字").fill(ASKED["exact"])
    bare_page.get_by_role("button", name="核对", exact=True).click()

    expect(bare_page.get_by_role("heading", name="通报里有，一字不差")).to_be_visible()
    expect(bare_page.locator("blockquote mark")).to_have_text(ASKED["exact"])
    assert bare_page.url.endswith(quote(ASKED["exact"]))
