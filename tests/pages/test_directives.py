"""An ordered act is not a done act: wherever a page shows who acts, a directing verb stands before it."""

import html
import re

import pytest
from fastapi.testclient import TestClient
from paging import Record, everything

every_language = pytest.mark.parametrize("language", ["zh", "en"])


def text(markup: str) -> str:
    """The text of markup, with runs of blanks as one."""
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", "", markup))).strip()


def ordered(client: TestClient) -> list[Record]:
    found = everything(client, "/measures", {"directed": "true"})
    assert len(found) > 90
    return found


def wanted(client: TestClient, measure: Record, language: str) -> str:
    """What a page has to say of who was made to act."""
    terms = client.get("/vocabularies").json()["vocabularies"]["directive"]["terms"]
    label = next(term for term in terms if term["code"] == measure["directive_code"])
    if language == "en":
        return f"{label['en']}: {measure['actor'] or '(who is to act is not printed)'}"
    code = "" if label["zh"] == measure["directive"] else f"（{label['zh']}）"
    return f"{measure['directive']}{code} → {measure['actor'] or '（没有写明由谁做）'}"


def says(shown: str, wanted: str) -> bool:
    """Whether a text says who was made to act; in English the name of the body may stand before the printed one."""
    verb, _, actor = wanted.partition(": ")
    return wanted in shown or bool(actor and re.search(rf"{re.escape(verb)}: [^:]{{1,90}} {re.escape(actor)}", shown))


@every_language
def test_on_the_page_of_an_issue(client: TestClient, language: str) -> None:
    measures = [measure for measure in ordered(client) if measure["issue_number"]]
    pages = {n: client.get(f"/{language}/issues/{n}").text for n in {m["issue_number"] for m in measures}}
    for measure in measures:
        clause = re.search(rf'<li id="{measure["id"]}".*?</li>', pages[measure["issue_number"]], re.DOTALL)

        assert clause
        assert says(text(clause[0]), wanted(client, measure, language)), measure["id"]
        assert f"directive={measure['directive_code']}" in clause[0]


@every_language
def test_in_the_list_of_measures(client: TestClient, language: str) -> None:
    measures = ordered(client)
    page = client.get(f"/{language}/measures?directed=true&limit=200").text
    rows = [text(row) for row in re.findall(r'<li class="row grouped">.*?</li>', page, re.DOTALL)]

    assert len(rows) == len(measures)
    for measure, row in zip(measures, rows, strict=True):
        assert says(row, wanted(client, measure, language)), measure["id"]


@every_language
def test_no_ordered_act_is_shown_as_plainly_done(client: TestClient, language: str) -> None:
    plain = {"zh": "主体：", "en": "Actor: "}[language]
    page = client.get(f"/{language}/measures?directed=true&limit=200").text

    assert plain not in text(page.partition('id="results"')[2])
    assert plain in text(client.get(f"/{language}/measures?directed=false&has_actor=true").text)


@every_language
def test_in_what_a_search_finds(client: TestClient, language: str) -> None:
    measures = {measure["id"]: measure for measure in ordered(client)}
    page = client.get(f"/{language}/search", params={"q": "推动", "type": "measure", "limit": 100}).text
    shown = [
        (found[1], text(item))
        for item in re.findall(r'<li><span class="tag">.*?</li>', page, re.DOTALL)
        if (found := re.search(r'href="[^"]*#([^"]+)"', item))
    ]

    assert len([id for id, _ in shown if id in measures]) > 20
    for id, item in shown:
        if id in measures:
            assert says(item, wanted(client, measures[id], language)), id


@every_language
def test_on_the_pages_of_documents_and_bodies(client: TestClient, language: str) -> None:
    measures = {measure["id"]: measure for measure in ordered(client)}
    for path in ("/documents", "/organizations"):
        for record in everything(client, path):
            places = [place for place in record["places"] if place["statement_id"] in measures]
            if places:
                page = text(client.get(f"/{language}{path}/{record['id']}").text)
                for place in places:
                    assert says(page, wanted(client, measures[place["statement_id"]], language)), record["id"]


@every_language
def test_an_issuer_that_was_made_to_issue_a_document(client: TestClient, language: str) -> None:
    page = text(client.get(f"/{language}/documents/oversight-matters-list").text)
    listed = text(client.get(f"/{language}/documents?id=oversight-matters-list").text)
    issuer = {"zh": "制定者：推动 → 区国资委", "en": "Issuer: prompted: 区国资委"}[language]
    act = {"zh": "推动 → ", "en": "prompted: "}[language]

    for shown in (page, listed):
        assert issuer in shown
        assert f"{act}{ {'zh': '制定', 'en': 'made'}[language] }" in shown


@every_language
def test_the_parts_of_a_body(client: TestClient, language: str) -> None:
    """Of twelve places where the commission is the actor nine are orders, and no page says twelve."""
    said = {
        "zh": ["行为方 3", "推动 → 行为方 8", "督促 → 行为方 1"],
        "en": ["actor 3", "prompted: actor 8", "urged: actor 1"],
    }
    for path in ("/organizations/district-discipline-supervision-commission", "/organizations?q=区纪委监委"):
        page = text(client.get(f"/{language}{path}").text)

        assert [one for one in said[language] if one not in page] == []
        assert "行为方 12" not in page
        assert "actor 12" not in page


@every_language
def test_in_the_plot_of_statements_and_its_table(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/plots/strip").text
    cells = {text(cell) for cell in re.findall("<td>(.*?)</td>", page, re.DOTALL)}
    drawing = html.unescape(client.get(f"/{language}/plots/strip.svg").text)
    for measure in ordered(client):
        said = wanted(client, measure, language)
        said = re.sub("（(引导、指导|安排、组织)）", "", said)  # the printed word alone
        assert any(cell.endswith(f" · {said}") for cell in cells), measure["id"]
        assert (said if language == "zh" else said.partition(":")[0]) in drawing, measure["id"]


@every_language
def test_a_form_of_handling_is_shown_where_one_is_printed(client: TestClient, language: str) -> None:
    for measure in everything(client, "/measures"):
        if measure["sanction"]:
            page = client.get(f"/{language}/measures?id={measure['id']}").text
            assert f"sanction={measure['sanction']}" in page
            issue = client.get(f"/{language}/issues/{measure['issue_number']}").text
            assert f"sanction={measure['sanction']}" in issue


def test_a_filter_by_actor_says_that_it_holds_orders_too(client: TestClient) -> None:
    assert "由谁做（按原文；含被推动、督促去做的）" in client.get("/zh/measures?actor=区纪委监委").text
    assert "Who acts, as printed (also where prompted or urged)" in client.get("/en/measures?actor=区纪委监委").text
