"""Pages of another notice, of another shape, behind the default one."""

import html
import json
import re
from pathlib import Path

import pytest
from asgi import Client
from conftest import SECOND, add_second, rerelease, write
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.pages.language import MESSAGES
from app.settings import Settings

every_language = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def two(both_app: FastAPI) -> TestClient:
    """The service over two notices."""
    return Client(both_app)


@every_language
def test_every_page_of_another_notice_is_there_and_stays_with_it(two: TestClient, language: str) -> None:
    issues = two.get(f"/issues?limit=200&notice={SECOND}").json()["items"]
    metrics = two.get(f"/metrics?limit=200&notice={SECOND}").json()["items"]
    paths = ["/", "/issues", "/measures", "/metrics", "/documents", "/organizations", "/search"]
    paths += [f"/issues/{one['number']}" for one in issues] + [f"/metrics/{one['id']}" for one in metrics]
    for path in paths:
        answer = two.get(f"/{language}{path}?notice={SECOND}")
        assert answer.status_code == 200, path
        assert [link for link in records(answer.text) if f"notice={SECOND}" not in link] == [], path


def records(page: str) -> list[str]:
    """The links to records in a page's main part."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return [
        link for link in re.findall(r'href="([^"]+)"', html.unescape(main)) if re.match(r"/../(issues|metrics)/", link)
    ]


@every_language
@pytest.mark.parametrize("path", ["/issues", "/measures?kind=meeting", "/metrics", "/search?q=问题"])
def test_lists_over_all_notices_lead_to_the_notice_of_each_record(two: TestClient, language: str, path: str) -> None:
    page = two.get(f"/{language}{path}{'&' if '?' in path else '?'}notice=all&limit=200")

    assert page.status_code == 200
    assert any(f"notice={SECOND}" in link for link in records(page.text))
    for link in set(records(page.text)):
        assert two.get(link.partition("#")[0]).status_code == 200, link


@every_language
def test_the_overview_names_every_notice(two: TestClient, language: str) -> None:
    page = two.get(f"/{language}/").text

    assert f"/{language}/?notice={SECOND}" in page


@every_language
def test_what_one_notice_leaves_unstated_is_said_of_no_other(seed: Path, tmp_path: Path, language: str) -> None:
    path = add_second(seed) / SECOND / "notice.json"
    transcription = json.loads(path.read_text(encoding="utf-8"))
    gaps = transcription["notice"]["not_stated"]
    transcription["notice"]["not_stated"] = [gap for gap in gaps if gap["field"] != "issues.status"]
    write(path, transcription)
    rerelease(seed)
    sentences = [MESSAGES[language][key].strip() for key in ("issues_no_status", "no_status", "about_no_status")]

    with Client(create_app(Settings(seed=seed, database=tmp_path / "var"))) as client:
        for address, sentence in zip(("/issues", "/issues/1", "/about"), sentences, strict=True):
            assert sentence in html.unescape(client.get(f"/{language}{address}").text)
            assert sentence not in html.unescape(client.get(f"/{language}{address}?notice={SECOND}").text)
