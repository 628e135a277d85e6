"""The pages of documents and bodies: every place is quoted, what is related is linked, and no total is reached."""

import html
import re

import pytest
from fastapi.testclient import TestClient
from paging import everything

every_language = pytest.mark.parametrize("language", ["zh", "en"])
every_collection = pytest.mark.parametrize("path", ["/documents", "/organizations"])
MARKED = re.compile(r'<p class="print" lang="zh-CN">(.*?)</p>', re.DOTALL)


def untagged(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


@every_language
@every_collection
def test_every_place_is_quoted_and_linked(client: TestClient, language: str, path: str) -> None:
    statements = {statement["id"]: statement for statement in everything(client, "/statements")}
    source = client.get("/source.txt").text
    for record in everything(client, path):
        page = client.get(f"/{language}{path}/{record['id']}")
        assert page.status_code == 200
        quotes = MARKED.findall(page.text)
        assert len(quotes) == len(record["places"])
        for place, quote in zip(record["places"], quotes, strict=True):
            assert re.findall("<mark>(.*?)</mark>", quote) == [html.escape(source[place["start"] : place["end"]])]
            statement = statements.get(place["statement_id"])
            assert untagged(quote) in (statement["text"] if statement else source)
            assert f'href="/{language}/source?span={place["start"]}-{place["end"]}#span"' in page.text
            if place["issue_number"]:
                fragment = f"#{place['statement_id']}" if place["statement_id"] else ""
                assert f'href="/{language}/issues/{place["issue_number"]}{fragment}"' in page.text


@every_collection
def test_every_place_leads_to_an_anchor(client: TestClient, path: str) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', client.get("/zh/source").text))
    for record in everything(client, path):
        for place in record["places"]:
            assert (place["statement_id"] or place["section_id"]) in anchors


@every_language
@every_collection
def test_a_record_is_cited_with_its_page_and_has_neighbours(client: TestClient, language: str, path: str) -> None:
    ids = [record["id"] for record in everything(client, path)]
    citation = {"zh": "citation", "en": "citation_en"}[language]
    for id, before, after in zip(ids[1:-1], ids, ids[2:], strict=False):
        page = client.get(f"/{language}{path}/{id}").text
        cited = client.get(f"{path}/{id}").json()[citation]

        assert f"/{language}{path}/{id}?notice=" in cited
        assert cited in untagged(page)
        assert f'rel="prev" href="/{language}{path}/{before}"' in page
        assert f'rel="next" href="/{language}{path}/{after}"' in page


@every_language
def test_the_page_of_an_issue_names_its_documents_and_bodies(client: TestClient, language: str) -> None:
    pages: dict[int, str] = {}
    for path in ("/documents", "/organizations"):
        for record in everything(client, path):
            for number in {place["issue_number"] for place in record["places"] if place["issue_number"]}:
                page = pages.setdefault(number, client.get(f"/{language}/issues/{number}").text)
                assert f'href="/{language}{path}/{record["id"]}"' in page, (record["id"], number)


@every_language
def test_a_document_and_its_issuer_are_linked(client: TestClient, language: str) -> None:
    issued = [document for document in everything(client, "/documents") if document["issuer_id"]]
    assert issued
    for document in issued:
        page = client.get(f"/{language}/documents/{document['id']}").text
        issuer = client.get(f"/{language}/organizations/{document['issuer_id']}").text

        assert f'href="/{language}/organizations/{document["issuer_id"]}"' in page
        assert f'href="/{language}/documents/{document["id"]}"' in issuer


@every_language
def test_the_list_of_documents_is_not_to_be_counted_against_the_declared_totals(
    client: TestClient, language: str
) -> None:
    page = untagged(client.get(f"/{language}/documents").text)
    gap = next(one for one in client.get("/notice").json()["not_stated"] if one["field"] == "rules.list")

    assert gap[language] in page
    assert {"zh": "份数不能与上面的总数核对", "en": "must not be checked against those totals"}[language] in page
    assert {"zh": "不是通报给出的清单", "en": "not a list that the notice gives"}[language] in page
    for metric in client.get("/metrics?indicator=rules_new&indicator=rules_revised").json()["items"]:
        assert metric["value_text"] in page


@every_language
def test_a_measure_outside_the_issues_leads_to_the_source(client: TestClient, language: str) -> None:
    outside = [measure for measure in everything(client, "/measures") if measure["issue_number"] is None]
    source = client.get(f"/{language}/source").text
    assert outside
    for measure in outside:
        page = client.get(f"/{language}/measures?id={measure['id']}").text
        group = re.search(r'<li class="group"><h2>(.*?)</h2>', page)

        assert group
        assert group[1] == {"zh": "不属于任何问题", "en": "outside the issues"}[language]
        assert f'<a class="no pin" href="/{language}/source#{measure["id"]}"' in page
        assert f'<span id="{measure["id"]}" class="measure">' in source


@every_language
def test_what_a_search_finds_outside_the_issues_leads_to_the_source(client: TestClient, language: str) -> None:
    measure = next(m for m in everything(client, "/measures", {"q": "关心关爱"}) if m["issue_number"] is None)
    page = client.get(f"/{language}/search", params={"q": "关心关爱"}).text

    assert f'href="/{language}/source#{measure["id"]}"' in page


@every_language
def test_a_figure_leads_to_its_clause(client: TestClient, language: str) -> None:
    for metric in everything(client, "/metrics"):
        page = client.get(f"/{language}/metrics/{metric['id']}").text
        where = f"issues/{metric['issue_number']}" if metric["issue_number"] else "source"

        assert metric["statement_id"]
        assert f'href="/{language}/{where}#{metric["statement_id"]}"' in page


def test_english_counts_things_and_not_classifiers(client: TestClient) -> None:
    units = client.get("/vocabularies").json()["vocabularies"]["unit"]["terms"]
    labels = {term["code"]: term["en"] for term in units}
    values = {}
    for metric in everything(client, "/metrics"):
        page = client.get(f"/en/metrics/{metric['id']}").text
        found = re.search("<dt>Value</dt><dd>(.*?)</dd>", page, re.DOTALL)
        assert found
        values[metric["id"]] = untagged(found[1])
        if "(" in labels.get(metric["unit_code"], ""):  # `item (zhang)`: a classifier
            assert labels[metric["unit_code"]] not in page
            assert metric["counted_en"] in values[metric["id"]]

    assert any(value.startswith("740 beds") for value in values.values())
    assert any(value.startswith("18.6 kilometres") for value in values.values())
    assert any(value.startswith("100%") for value in values.values())


def test_a_year_in_a_name_is_told_as_one(client: TestClient) -> None:
    named = [metric for metric in everything(client, "/metrics") if metric["period_kind"] == "named"]
    assert named
    for metric in named:
        assert "（名称所含）" in client.get(f"/zh/metrics/{metric['id']}").text
        assert "(in the name)" in client.get(f"/en/metrics/{metric['id']}").text


def test_a_frequency_says_how_often(client: TestClient) -> None:
    (metric,) = (metric for metric in everything(client, "/metrics") if metric["per"])

    assert "<dt>多久一次</dt><dd>每年</dd>" in client.get(f"/zh/metrics/{metric['id']}").text
    assert "<dt>How often</dt><dd>a year</dd>" in client.get(f"/en/metrics/{metric['id']}").text
