"""Plots: every mark is a record, every record has its mark, and nothing is drawn that the notice does not state."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from paging import Record, everything
from playwright.sync_api import Page, expect

from app.main import create_app
from app.settings import Settings

NAMES = ["kinds", "directives", "strip", "periods", "declared", "sizes"]
SECOND = "linjiang-2025"
SVG = "{http://www.w3.org/2000/svg}"
every_plot = pytest.mark.parametrize("name", NAMES)
every_language = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def second(both_notices: Path, tmp_path: Path) -> TestClient:
    """A client of a service whose default is the notice with many bounds."""
    return TestClient(create_app(Settings(seed=both_notices, database=tmp_path / "var", default=SECOND)))


def picture(client: TestClient, name: str, language: str = "zh") -> ET.Element:
    answer = client.get(f"/{language}/plots/{name}.svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    return ET.fromstring(answer.text)


def marks(drawing: ET.Element) -> list[tuple[str, ET.Element]]:
    """Every link of a drawing with its address."""
    return [(link.attrib["href"], link) for link in drawing.iter(f"{SVG}a")]


def looks(mark: ET.Element) -> list[str]:
    """What a mark is drawn with, the room around it aside."""
    drawn = [part.attrib.get("class", "") for part in mark.iter() if part.tag not in (f"{SVG}text", f"{SVG}tspan")]
    return [look.removeprefix("p-") for look in drawn if look and look != "p-room"]


def ends(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2]


@every_plot
@every_language
def test_a_picture_stands_alone(client: TestClient, name: str, language: str) -> None:
    text = client.get(f"/{language}/plots/{name}.svg").text
    sheets = re.findall(r'<\?xml-stylesheet type="text/css" href="([^"]+)"\?>', text)

    assert not re.search(r"<style|\sstyle=|<script|\son\w+=", text)
    assert [client.get(sheet).headers["Content-Type"].split(";")[0] for sheet in sheets] == ["text/css"] * 2
    for part in ET.fromstring(text).iter():
        if part.tag != f"{SVG}title" and part.attrib.get("class", "plot") != "plot":
            assert {"fill", "stroke"} & set(part.attrib), "it looks right without a stylesheet too"


@every_plot
@every_language
def test_every_mark_has_a_name_and_leads_to_a_page(client: TestClient, name: str, language: str) -> None:
    found = marks(picture(client, name, language))
    pages = {urlsplit(href)._replace(fragment="").geturl() for href, _ in found}

    assert found
    for _, mark in found:
        assert (mark.findtext(f"{SVG}title") or "").strip()
    for page in {page for page in pages if "?" not in page} or list(pages)[:3]:
        assert client.get(page).status_code == 200, page


def test_a_dot_stands_for_the_measures_that_it_says(client: TestClient) -> None:
    measures = everything(client, "/measures")
    counts = Counter((measure["issue_number"], measure["kind"]) for measure in measures if measure["issue_number"])
    outside = Counter(measure["kind"] for measure in measures if not measure["issue_number"])
    drawing = picture(client, "kinds", "en")

    drawn: dict[tuple[int, str], int] = {}
    for href, mark in marks(drawing):
        if query := parse_qs(urlsplit(href).query):
            said = re.search(r"\(measures: (\d+)\)", mark.findtext(f"{SVG}title") or "")
            assert said
            drawn[int(query["issue"][0]), query["kind"][0]] = int(said[1])
    assert drawn == counts
    titles = [title.text or "" for title in drawing.iter(f"{SVG}title")]
    said_outside = [re.fullmatch(r"Outside the issues, .* \(measures: (\d+)\)", title) for title in titles]
    assert sum(int(found[1]) for found in said_outside if found) == sum(outside.values()) > 0


def test_every_statement_has_one_mark_filled_where_a_figure_is_printed(client: TestClient) -> None:
    statements, metrics = everything(client, "/statements"), everything(client, "/metrics")
    drawn = [(urlsplit(href).fragment, looks(mark)) for href, mark in marks(picture(client, "strip"))]
    drawn = [(fragment, look) for fragment, look in drawn if fragment]

    statements.sort(key=lambda statement: statement["issue_number"] or 1000)  # those outside the issues come last
    assert [fragment for fragment, _ in drawn] == [statement["id"] for statement in statements]
    for statement, (_, look) in zip(statements, drawn, strict=True):
        figured = any(statement["start"] <= m["value_start"] < statement["end"] for m in metrics)
        filled = {"outcome": ["first"], "measure": ["third"], "commitment": ["third"]}
        bare = {"outcome": ["hollow"], "measure": ["faint"], "commitment": ["plain"]}
        assert look == (filled if figured else bare)[statement["role"]], statement["id"]


def test_the_table_says_which_statement_has_no_number(client: TestClient) -> None:
    page = client.get("/zh/plots/strip").text

    row = re.search(r"<tr>(?:(?!</tr>).)*综合交通发展水平持续提升(?:(?!</tr>).)*</tr>", page, re.DOTALL)
    assert row
    assert "无数字" in row[0]


def test_every_figure_stands_once_under_its_own_period(client: TestClient) -> None:
    metrics = everything(client, "/metrics")
    drawing = picture(client, "periods", "zh")
    groups = [(group.findtext(f"{SVG}text"), marks(group)) for group in drawing.findall(f"{SVG}g")]
    drawn = {ends(href): heading for heading, found in groups for href, _ in found}

    assert sum(len(found) for _, found in groups) == len(metrics)
    named = {m["id"]: f"{m['period_text']}（名称所含）" for m in metrics if m["period_kind"] == "named"}
    assert drawn == {m["id"]: m["period_text"] or "未写明时间" for m in metrics} | named


def test_a_total_has_a_square_for_each_thing_that_it_declares(client: TestClient) -> None:
    declarations = client.get("/reconciliation").json()["declarations"]
    drawing = picture(client, "declared")

    assert [(ends(href), squares(mark)) for href, mark in marks(drawing)] == [
        (one["metric_id"], one["declared"]) for one in declarations
    ]
    compared = [path for path in drawing.iter(f"{SVG}path") if path.attrib["class"] == "p-plain"]
    assert len(compared) == sum(one["comparable"] for one in declarations)


def squares(mark: ET.Element) -> int:
    return sum(path.attrib["d"].count("z") for path in mark.iter(f"{SVG}path"))


# How each qualifier is drawn: a filled bar, one that an arrow leaves open, dashes up to an edge, an open outline.
BARS = {
    "exact": ["first"],
    "more_than": ["first", "open"],
    "at_least": ["first", "open"],
    "less_than": ["open", "open"],
    "at_most": ["open", "open"],
    "about": ["open"],
}


def test_a_bound_is_drawn_as_a_bound(second: TestClient) -> None:
    metrics = {metric["id"]: metric for metric in everything(second, "/metrics")}
    bars = [(metrics[ends(href)], looks(mark)) for href, mark in marks(picture(second, "sizes"))]
    bars = [(metric, look) for metric, look in bars if look != ["band"]]

    assert {"exact", "more_than", "at_least", "less_than"} <= {metric["qualifier"] for metric, _ in bars}
    for metric, look in bars:
        assert look == BARS[metric["qualifier"]], metric["id"]


@pytest.mark.parametrize("which", ["first", "second"])
def test_only_what_counts_the_same_in_the_same_unit_shares_a_scale(
    client: TestClient, second: TestClient, which: str
) -> None:
    asked = client if which == "first" else second
    metrics = {metric["id"]: metric for metric in everything(asked, "/metrics")}
    panels = picture(asked, "sizes").findall(f"{SVG}g")
    for panel in panels[:-1]:
        inside = [metrics[ends(href)] for href, _ in marks(panel)]
        assert len({(m["counted_code"], m["unit_code"], m["nature"]) for m in inside}) == 1
    alone = [metrics[ends(href)] for href, _ in marks(panels[-1])]
    assert len({(m["counted_code"], m["unit_code"], m["nature"]) for m in alone}) == len(alone)


@every_plot
@every_language
def test_a_plot_says_what_it_shows_and_where_it_is_from_in_the_file_too(
    client: TestClient, name: str, language: str
) -> None:
    notice = client.get("/notice").json()
    page = client.get(f"/{language}/plots/{name}").text
    heading = re.search(r"<h1>(.*?)</h1>", page)
    assert heading
    texts = " ".join(text.text or "" for text in picture(client, name, language).iter(f"{SVG}text"))

    assert re.search(r"\d", heading[1])
    assert heading[1].replace(" ", "") in texts.replace(" ", "")
    assert f"{notice['transcription_license']}" in texts
    title = notice["title"] if language == "zh" else notice["title_en"]
    for said in (title, notice["data_version"], f"/{language}/plots/{name}?notice="):
        assert said.replace(" ", "") in texts.replace(" ", "")


def test_what_a_plot_says_is_counted_from_the_data(client: TestClient) -> None:
    issues, measures = everything(client, "/issues"), everything(client, "/measures")
    undated = client.get("/metrics", params={"period": "unstated"}).json()["total"]
    directed = client.get("/measures", params={"directed": "true"}).json()["total"]
    with_rules = sum(bool({"rule_made", "rule_revised"} & set(issue["kinds"])) for issue in issues)
    said = {name: client.get(f"/en/plots/{name}").text for name in NAMES}

    assert f"{sum(not issue['metric_count'] for issue in issues)} of {len(issues)} issues print no" in said["strip"]
    assert f"{undated} of 60 figures state no date" in said["periods"]
    assert f"{directed} of {len(measures)} measures report" in said["directives"]
    assert f"{with_rules} of {len(issues)} issues report rules" in said["kinds"]


@pytest.mark.parametrize("name", NAMES)
@every_language
def test_no_label_is_cut(client: TestClient, name: str, language: str) -> None:
    page = client.get(f"/{language}/plots/{name}").text

    assert not re.search("<t(?:ext|span)[^>]*>[^<]*…", page)


def test_a_dot_stands_for_the_measures_in_which_somebody_was_made_to_act(client: TestClient) -> None:
    directed = everything(client, "/measures", {"directed": "true"})
    said = [
        re.fullmatch(r".* \(measures: (\d+)\)", title.text or "")
        for title in picture(client, "directives", "en").iter(f"{SVG}title")
    ]

    assert sum(int(one[1]) for one in said if one) == len(directed)


def rows(page: str) -> int:
    return len(re.findall("<tr>", page)) - 1


def wanted(client: TestClient) -> dict[str, int]:
    """How many rows each plot's table has to have."""
    metrics: list[Record] = everything(client, "/metrics")
    directed = everything(client, "/measures", {"directed": "true"})
    outside = any(measure["issue_number"] is None for measure in everything(client, "/measures"))
    return {
        "kinds": len(everything(client, "/issues")) + outside,
        "directives": len({(m["prompted_by"], m["actor"], m["directive_code"]) for m in directed}),
        "strip": len(everything(client, "/statements")),
        "periods": len(metrics),
        "declared": len(client.get("/reconciliation").json()["declarations"]),
        "sizes": sum(metric["same_as"] is None for metric in metrics),
    }


@every_language
def test_a_table_under_each_plot_says_the_same(client: TestClient, language: str) -> None:
    assert {name: rows(client.get(f"/{language}/plots/{name}").text) for name in NAMES} == wanted(client)


def test_the_data_that_a_plot_mainly_shows_is_named_under_it(client: TestClient) -> None:
    data = {
        name: re.search(r'<p class="data">.*?href="([^"?]+)', client.get(f"/zh/plots/{name}").text) for name in NAMES
    }
    named = {name: found and found[1] for name, found in data.items()}

    assert named == {
        "kinds": "/measures",
        "directives": "/measures",
        "strip": "/statements",
        "periods": "/metrics",
        "declared": "/reconciliation",
        "sizes": "/metrics",
    }


def test_the_list_leads_to_every_plot(client: TestClient) -> None:
    page = client.get("/zh/plots").text

    for name in NAMES:
        assert f'<h2><a href="/zh/plots/{name}">' in page
        assert f'src="/zh/plots/{name}.svg"' in page


def test_another_notice_is_drawn_by_its_own_records(both_notices: Path, tmp_path: Path) -> None:
    client = TestClient(create_app(Settings(seed=both_notices, database=tmp_path / "var")))
    for name in NAMES:
        answer = client.get(f"/en/plots/{name}.svg", params={"notice": SECOND})

        assert answer.status_code == 200
        for href, _ in marks(ET.fromstring(answer.text)):
            assert parse_qs(urlsplit(href).query)["notice"] == [SECOND]


def test_a_plot_is_of_one_notice_and_says_so_where_another_is_asked_for(both_notices: Path, tmp_path: Path) -> None:
    client = TestClient(create_app(Settings(seed=both_notices, database=tmp_path / "var")))
    for ending in ("", ".svg"):
        for notice in ("all", "nowhere-2020"):
            answer = client.get(f"/zh/plots/declared{ending}", params={"notice": notice})

            assert answer.status_code == 422
            assert f"“notice”不能取“{notice}”" in answer.text
            assert "41项" in answer.text


def test_there_is_no_plot_of_another_name(client: TestClient) -> None:
    for name in ("nothing", "nothing.svg", "kinds.png"):
        answer = client.get(f"/zh/plots/{name}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_picture_is_saved_as_pixels_and_can_be_passed_by(page: Page) -> None:
    page.goto("/zh/plots/declared")
    with page.expect_download() as download:
        page.get_by_role("button", name="保存为PNG图片").click()
    saved = download.value.path().read_bytes()
    assert download.value.suggested_filename == "declared-zh.png"
    assert saved.startswith(b"\x89PNG")
    assert int.from_bytes(saved[16:20]) == 1600, "twice as wide as the drawing with its margins"

    page.locator(".skip-picture").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="单独打开这张图")).to_be_focused()
