"""Headers of every response: open to any web page, and safe for whoever opens it in a browser."""

import pytest
from fastapi.testclient import TestClient
from operations import OPERATIONS, example

SECURITY = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
}
OF_PAGES = {"x-frame-options": "DENY", "referrer-policy": "no-referrer"}
PAGES = ["/docs", "/zh/issues", "/zh/nope", "/zh/", "/en/source"]
URLS = [*map(example, OPERATIONS), "/issues/999999", "/nope", "/issues?limit=0", "/", *PAGES]


@pytest.mark.parametrize("url", URLS)
def test_every_response_is_guarded_and_open(client: TestClient, url: str) -> None:
    headers = client.get(url, follow_redirects=False).headers

    assert {name: headers[name] for name in SECURITY} == SECURITY
    assert len(headers.multi_items()) == len(headers), "no header is sent twice"
    assert "strict-transport-security" not in headers
    exposed = set(headers["access-control-expose-headers"].split(", "))
    assert {"Link", "X-Total-Count", "ETag", "Last-Modified", "Content-Disposition"} <= exposed


@pytest.mark.parametrize("url", PAGES)
def test_a_page_may_load_what_is_its_own_and_be_framed_by_nobody(client: TestClient, url: str) -> None:
    headers = client.get(url).headers

    assert {name: headers[name] for name in OF_PAGES} == OF_PAGES
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "upgrade-insecure-requests" not in headers["content-security-policy"]


@pytest.mark.parametrize("url", ["/issues", "/issues/8", "/issues.csv", "/nope", "/source.txt"])
def test_data_carries_no_header_that_only_a_page_needs(client: TestClient, url: str) -> None:
    headers = client.get(url).headers

    assert not {*OF_PAGES, "content-security-policy", "permissions-policy"} & set(headers)


@pytest.mark.parametrize("origin", [None, "https://example.org"])
@pytest.mark.parametrize("url", ["/issues", "/issues/8", "/issues.csv", "/dataset/metrics.csv", "/nope"])
def test_options_is_answered_preflight_or_plain(client: TestClient, url: str, origin: str | None) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "GET"} if origin else {}

    response = client.options(url, headers=headers)

    assert response.status_code == 204
    assert response.headers["allow"] == response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-headers"] == "*"
