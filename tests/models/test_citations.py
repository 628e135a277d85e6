"""Citations: what a journalist or scholar pastes, in both languages, says which words stand where."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from paging import everything

CITED = ["/sections", "/categories", "/issues", "/statements", "/measures", "/metrics", "/numerals"]
HALF = re.compile("[,;:!?]")


def test_a_figure_is_cited_by_notice_date_place_quote_version_and_address(client: TestClient) -> None:
    metric = client.get("/metrics/rd-spending-increase").json()
    notice = client.get("/notice").json()
    said = f"整改数据，数据版本{notice['data_version']}，{metric['url']}"

    assert metric["citation"] == (
        f"《{notice['title']}》，2024年7月26日，原文序号二、(一)8，字符位置{metric['start']}–{metric['end']}："
        f"“{metric['quote']}”{said}"
    )
    assert metric["citation_en"] == (
        f"{notice['title_en']} [unofficial translation of 《{notice['title']}》], 26 July 2024, section 二、(一)8, "
        f"character offsets {metric['start']}–{metric['end']}: “{metric['quote']}” "
        f"Zhenggai, data version {notice['data_version']}, {metric['url']}"
    )


def test_the_notice_itself_is_cited_without_a_place(client: TestClient) -> None:
    notice = client.get("/notice").json()

    assert notice["citation"].startswith(f"《{notice['title']}》，2024年7月26日。整改数据，")
    assert "offsets" not in notice["citation_en"]


@pytest.mark.parametrize("path", CITED)
def test_every_record_is_cited_in_the_punctuation_of_the_language(client: TestClient, path: str) -> None:
    for record in everything(client, path):
        chinese, english = record["citation"], record["citation_en"]
        ours = re.sub("“.*”|《.*?》", "", chinese).partition("数据版本")[0]
        assert not HALF.search(ours), chinese
        assert "。”。" not in chinese
        for text in (chinese, english):
            assert text.count("“") == text.count("”") <= 1, text
            assert record["url"] in text


def test_a_quote_that_goes_on_says_so(client: TestClient) -> None:
    for section in everything(client, "/sections"):
        text = (section["text"] or "").strip()
        if not text or f"“{quoted(section)}" not in section["citation"]:
            continue
        assert ("……”" in section["citation"]) == (len(text.partition("\n")[0]) > 120 or "\n" in text)


def quoted(section: dict[str, Any]) -> str:
    """How the citation of a section's own text begins: quotation marks within are single."""
    marks = str.maketrans("“”", "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
    return str(section["text"]).strip().translate(marks)[:20]
