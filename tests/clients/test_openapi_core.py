"""openapi-core finds every request valid and every answer as the document promises."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.request.exceptions import RequestValidationError

from app.main import app

DOCUMENT = app.openapi()
OPERATIONS = {path: item["get"] for path, item in DOCUMENT["paths"].items()}


def as_json(body: bytes, **_: str) -> Any:
    return json.loads(body)


def as_text(body: bytes, **parameters: str) -> str:
    """Return a body as text, which an Excel file is not; the document says of it no more than that it is a string."""
    return body.decode(parameters.get("charset", "latin-1"))


MEDIA_TYPES = {
    kind
    for operation in OPERATIONS.values()
    for response in operation["responses"].values()
    for kind in response.get("content", ())
}
# openapi-core reads JSON and plain text. What it does not know it takes for bytes, which are never a string.
READERS: dict[str, Callable[..., Any]] = {
    kind: as_json if kind.endswith("+json") else as_text for kind in MEDIA_TYPES - {"application/json", "text/plain"}
}


@pytest.fixture(scope="module")
def plain() -> OpenAPI:
    """openapi-core without any setting."""
    return OpenAPI.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def reading(plain: OpenAPI) -> OpenAPI:
    """openapi-core told how to read further media types."""
    return OpenAPI(plain.spec, config=Config(extra_media_type_deserializers=READERS))


def request(url: str) -> MockRequest:
    parts = urlsplit(url)
    return MockRequest("http://127.0.0.1:8000", "get", parts.path, args=parse_qs(parts.query))


def response(answer: Any) -> MockResponse:
    return MockResponse(answer.content, answer.status_code, dict(answer.headers), answer.headers["Content-Type"])


def addresses(path: str) -> Iterator[str]:
    """Return an operation's address with what it needs, and with every parameter as well, each as its example says."""
    parameters = OPERATIONS[path].get("parameters", ())
    keys = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
    needed = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and p["required"]}
    yield f"{path.format(**keys)}?{urlencode(needed)}"
    for parameter in parameters:
        if not parameter["required"]:
            (example,) = parameter["schema"]["examples"]
            text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False).strip('[]"')
            yield f"{path.format(**keys)}?{urlencode(needed | {parameter['name']: text})}"


@pytest.mark.parametrize("path", OPERATIONS)
def test_a_request_and_its_answer_are_valid(client: TestClient, plain: OpenAPI, reading: OpenAPI, path: str) -> None:
    url = next(addresses(path))
    answer = client.get(url)
    kind = answer.headers["Content-Type"].partition(";")[0]

    assert answer.status_code == 200
    plain.validate_request(request(url))
    (reading if kind in READERS else plain).validate_response(request(url), response(answer))


@pytest.mark.parametrize("path", [path for path in OPERATIONS if not path.endswith((".xlsx", ".ndjson"))])
def test_every_example_of_a_parameter_is_answered(client: TestClient, path: str) -> None:
    for url in addresses(path):
        if not re.search("value_(min|max)=", url):  # these need a unit
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("url", ["/issues?limit=0", "/issues?topic=nonsense", "/metrics?period_from=2023"])
def test_both_refuse_an_invalid_request(client: TestClient, plain: OpenAPI, reading: OpenAPI, url: str) -> None:
    answer = client.get(url)

    assert answer.status_code == 422
    with pytest.raises(RequestValidationError):
        plain.validate_request(request(url))
    reading.validate_response(request(url), response(answer))
