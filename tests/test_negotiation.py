"""Negotiation: 406 only where the Accept header truly admits nothing that the operation answers."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from app.http.errors import ProblemException
from app.http.negotiation import negotiated
from app.main import app

OPERATIONS = app.openapi()["paths"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media_type", "admitted"),
    [
        ("*/*", "application/json", True),
        ("application/*", "application/json", True),
        ("application/json", "application/json", True),
        ("APPLICATION/JSON; q=0.5", "application/json", True),
        ("application/json;q=0", "application/json", False),
        ("*/*, application/json;q=0", "application/json", False),
        ("*/*;q=0, application/json", "application/json", True),
        ("application/*;q=0, */*", "application/json", False),
        ("text/html", "application/json", False),
        ("application/json;q=nonsense", "application/json", False),
        (BROWSER, "application/json", True),
        ("text/plain;charset=utf-8", "text/plain", True),
    ],
)
def test_the_most_specific_range_decides(accept: str, media_type: str, admitted: bool) -> None:
    if admitted:
        assert negotiated(accept, [media_type]) == media_type
    else:
        with pytest.raises(ProblemException):
            negotiated(accept, [media_type])


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_operation_answers_browsers_and_refuses_what_it_has_not(client: TestClient, path: str) -> None:
    operation = OPERATIONS[path]["get"]
    given = {p["name"]: p["example"] for p in operation.get("parameters", ()) if p["required"]}
    url = path.format(**given) + ("" if "{" in path or not given else f"?{urlencode(given)}")

    refused = client.get(url, headers={"Accept": "image/png"})

    assert [client.get(url, headers={"Accept": accept}).status_code for accept in (BROWSER, "", "*/*")] == [200] * 3
    assert refused.status_code == 406
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["errors"][0]["allowed"] == list(operation["responses"]["200"]["content"])


def test_a_malformed_header_is_no_error(client: TestClient) -> None:
    assert client.get("/issues", headers={"Accept": ";;,,"}).status_code in (200, 406)
