"""About: what the data itself says of its limits, rights and versions, word for word."""

import html
import json
import re
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from operations import clear_cache
from playwright.sync_api import Page

from app.main import create_app
from app.release.storage import Release
from app.settings import Settings

LANGUAGES = {"zh": "", "en": "_en"}


def test_every_gap_of_the_notice_is_listed(client: TestClient) -> None:
    gaps = client.get("/notice").json()["not_stated"]
    for language in LANGUAGES:
        page = html.unescape(client.get(f"/{language}/about").text)

        assert [gap for gap in gaps if gap[language] not in page] == []


def test_rights_licences_and_versions_stand_as_the_data_states_them(client: TestClient) -> None:
    notice = client.get("/notice").json()
    for language, tail in LANGUAGES.items():
        page = html.unescape(client.get(f"/{language}/about").text)
        for field in (
            f"rights{tail}",
            "transcription_license",
            "data_version",
            "api_version",
            "source_sha256",
            "title",
        ):
            assert notice[field] in page


def test_the_proof_has_the_numbers_of_the_api(client: TestClient) -> None:
    proof = client.get("/reconciliation").json()
    page = client.get("/en/about").text

    assert f"{proof['characters']:,} non-blank characters" in page
    assert f"{sum(proof['numerals'].values())} printed numbers" in page
    assert f"{sum(proof['statements'].values())} clauses" in page


def dataset(page: str) -> dict[str, Any]:
    """The dataset as the page describes it to search engines."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    described: dict[str, Any] = json.loads(text)
    return described


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dataset_is_described_as_dataset_search_wants_it(client: TestClient, language: str) -> None:
    described = dataset(client.get(f"/{language}/about").text)
    notice = client.get("/notice").json()

    assert (described["@context"], described["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(described["description"]) <= 5000
    assert notice[f"title{LANGUAGES[language]}"] in described["description"]
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert described["creator"]["@type"] == "Organization"
    assert described["creator"]["name"]
    assert described["name"] != described["description"]
    assert described["isAccessibleForFree"] is True
    assert described["inLanguage"] == ["zh-CN", "en"]
    assert described["isBasedOn"] == [notice["source_url"]]
    assert described["temporalCoverage"] == f"{notice['feedback_date']}/{notice['date']}"
    assert described["version"] == notice["data_version"]


def test_its_files_are_those_of_the_release(client: TestClient) -> None:
    described = dataset(client.get("/en/about").text)["distribution"]
    files = {file["url"]: file for file in client.get("/dataset").json()["files"]}

    assert [file["contentUrl"] for file in described] == list(files)
    for file in described:
        stated = files[file["contentUrl"]]
        assert (file["@type"], file["sha256"]) == ("DataDownload", stated["sha256"])
        assert file["encodingFormat"] == stated["media_type"].partition(";")[0]
        assert client.head(file["contentUrl"]).status_code == 200


def test_its_addresses_are_whole_where_the_public_one_is_known(seed_app: FastAPI) -> None:
    database, public = seed_app.state.database, "https://data.example/open"
    app = create_app(Settings(seed=database.seed, database=database.place, public_url=public))
    described = dataset(Client(app).get("/zh/about?utm_source=a").text)

    assert described["url"] == f"{public}/zh/about"
    assert described["@id"] == f"{public}/dataset"
    assert all(file["contentUrl"].startswith(f"{public}/dataset/") for file in described["distribution"])


def test_what_is_not_stated_or_cannot_be_made_is_left_out(both_app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Release, "files", property(lambda _: 1 / 0))
    client = Client(both_app, raise_server_exceptions=False)
    clear_cache(both_app)
    described = dataset(client.get("/zh/about").text)
    clear_cache(both_app)
    stated = [notice["feedback_date"] for notice in client.get("/notices").json()["items"]]

    assert ("temporalCoverage" in described) == all(stated)
    assert "distribution" not in described
    assert described["isBasedOn"] == [notice["source_url"] for notice in client.get("/notices").json()["items"]]


def test_a_browser_takes_the_description_as_data(page: Page) -> None:
    page.goto("/zh/about")

    assert json.loads(page.locator('script[type="application/ld+json"]').inner_text())["@type"] == "Dataset"
