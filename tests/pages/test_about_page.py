"""About: what the data itself says of its limits, rights and versions, word for word."""

import html

from fastapi.testclient import TestClient

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
