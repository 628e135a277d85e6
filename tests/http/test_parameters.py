"""Parameters: whatever is wrong with one is told by name, with what is allowed, to every operation alike."""

from typing import Any
from urllib.parse import quote

import pytest
from asgi import Client
from fastapi.testclient import TestClient
from operations import DOCUMENT, OPERATIONS, example, keys, parameters

from app.openapi.document import resolve

WRONG = ("nonsense", "-1", "1.0", "٣", "99999999999999999999", "%00", "null", "1 ", "%2B1", "true%20", "01")
WRONG_TEXT = ("%20", "%E3%80%80", "%00", "%1f", "a%7f", "x" * 1501)
WITH_WORDS = [path for path in OPERATIONS if any(p["name"] in ("q", "text") for p in parameters(path))]
TRACKERS = [
    *("utm_source=a", "utm_medium=b&utm_campaign=c", "fbclid=x", "gclid=x", "from=timeline", "from=singlemessage"),
    *("from=groupmessage", "isappinstalled=0", "spm=a.b", "_=1700000000", "_", "utm_source"),
]
# A word, encoded twice, and in encodings other than UTF-8.
ENCODED_TWICE = quote(quote("消防"))
NOT_UTF_8 = [quote("消防", encoding="gbk"), "%FF", "%E6%B6", "%ED%A0%80", "caf%E9"]

every_operation = pytest.mark.parametrize("path", OPERATIONS)
every_search = pytest.mark.parametrize("path", WITH_WORDS)


def problem(response: Any, status: int = 422) -> dict[str, Any]:
    """Check that a response is a problem document; return it."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    return body


def with_query(path: str, query: str) -> str:
    """Return an address of an operation with a query alone, without the parameters that it needs."""
    return path.format(**keys(path)) + f"?{query}"


def errors(response: Any) -> dict[str, dict[str, Any]]:
    """Return what was wrong with each parameter."""
    return {error["name"]: error for error in problem(response)["errors"]}


def schema(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one value of a parameter."""
    return resolve(DOCUMENT, parameter["schema"].get("items", parameter["schema"]))


@every_operation
def test_an_unknown_parameter_is_named_and_the_known_ones_listed(client: TestClient, path: str) -> None:
    body = problem(client.get(example(path, "nonsense=1")))

    names = sorted(p["name"] for p in parameters(path))
    assert [(error["in"], error["name"], error["allowed"]) for error in body["errors"]] == [
        ("query", "nonsense", names)
    ]
    assert "'nonsense'" in body["detail"]
    assert body["type"] == "urn:zhenggai:problem:invalid-parameter"


@every_operation
def test_every_misspelt_parameter_is_refused_with_the_right_one(client: TestClient, path: str) -> None:
    for name in (p["name"] for p in parameters(path) if len(p["name"]) > 1):
        assert errors(client.get(example(path, f"{name}x=1")))[f"{name}x"]["suggestion"] == name


@every_operation
def test_a_repeated_parameter_is_refused_unless_it_takes_several_values(client: TestClient, path: str) -> None:
    for parameter in parameters(path):
        name = parameter["name"]
        if resolve(DOCUMENT, parameter["schema"])["type"] != "array":
            body = problem(client.get(with_query(path, f"{name}=1&{name}=1")))
            assert f"{name!r} may be given once, not 2 times." in [error["message"] for error in body["errors"]]


@every_operation
def test_a_needed_parameter_that_is_missing_is_named(client: TestClient, path: str) -> None:
    needed = [p["name"] for p in parameters(path) if p["required"]]

    if needed:
        assert list(errors(client.get(with_query(path, "")))) == needed


@every_operation
def test_an_empty_value_is_to_be_left_out(client: TestClient, path: str) -> None:
    for parameter in parameters(path):
        name = parameter["name"]
        told = errors(client.get(with_query(path, f"{name}=")))[name]
        assert told["message"] == f"{name!r} is empty: leave it out."
        assert errors(client.get(with_query(path, name)))[name] == told


@every_operation
def test_a_value_outside_its_vocabulary_or_range_is_refused_with_what_is_allowed(client: TestClient, path: str) -> None:
    for parameter in parameters(path):
        name, found = parameter["name"], schema(parameter)
        for value in WRONG_TEXT if "pattern" in found else WRONG:
            if found["type"] == "number" and value in ("-1", "1.0"):
                continue
            told = errors(client.get(with_query(path, f"{name}={value}")))[name]
            assert told["allowed"]
            if "enum" in found:
                assert told["allowed"] == found["enum"]


@every_operation
def test_a_closed_set_of_numbers_is_listed(client: TestClient, path: str) -> None:
    for parameter in parameters(path):
        found = schema(parameter)
        if found["type"] == "integer" and "maximum" not in found:
            name = parameter["name"]
            told = errors(client.get(with_query(path, f"{name}=999")))[name]
            assert told["allowed"][:3] == ["1", "2", "3"]
            assert told["suggestion"] is None, "no number is a misspelling of another"


def test_an_unknown_category_is_told_the_numbers_that_there_are(client: TestClient) -> None:
    told = errors(client.get("/issues?category=99"))["category"]

    assert told["allowed"] == ["1", "2", "3", "4"]
    assert told["message"] == "'99' is no value of 'category'."


@pytest.mark.parametrize(
    ("path", "query", "repeated"),
    [
        ("/issues", "category=1,2", "category=1&category=2"),
        ("/issues", "topic=housing,land", "topic=housing&topic=land"),
        ("/issues", "number=3,14", "number=3&number=14"),
        ("/metrics", "year=2022,2023", "year=2022&year=2023"),
        ("/metrics", "sort=value,-unit", "sort=value&sort=-unit"),
        ("/measures/facets", "kind=meeting,training", "kind=meeting&kind=training"),
        ("/issues.csv", "category=1,2", "category=1&category=2"),
    ],
)
def test_values_with_commas_between_are_told_to_be_repeated(
    client: TestClient, path: str, query: str, repeated: str
) -> None:
    (told,) = problem(client.get(f"{path}?{query}"))["errors"]

    assert repeated in told["message"]
    assert told["suggestion"] is None
    assert client.get(f"{path}?{repeated}").status_code == 200


@pytest.mark.parametrize(
    "query", ["/issues?limit=1,2", "/metrics?value_min=1,2&unit=item", "/issues?topic=housing,nonsense"]
)
def test_a_comma_is_not_explained_where_repeating_would_not_help(client: TestClient, query: str) -> None:
    assert "repeat" not in problem(client.get(query))["detail"]


def test_names_of_fields_may_have_commas_between(client: TestClient) -> None:
    one, other = client.get("/issues?fields=number,title"), client.get("/issues?fields=number&fields=title")

    assert list(one.json()["items"][0]) == ["notice", "uid", "url", "number", "title"]
    assert one.json()["items"] == other.json()["items"]
    assert errors(client.get("/issues?fields=number,tittle"))["fields"]["suggestion"] == "title"


@every_operation
def test_several_errors_are_told_at_once(client: TestClient, path: str) -> None:
    assert list(errors(client.get(example(path, "one=1&two=2")))) == ["one", "two"]


@pytest.mark.parametrize("query", ["year=2022&", "sort=value&", "unit=item&", "counted=issue&sort=-value&"])
def test_a_value_given_a_thousand_times_is_given_once(client: TestClient, query: str) -> None:
    once, often = client.get("/metrics?" + query), client.get("/metrics?" + query * 1200)

    assert often.status_code == 200
    assert often.json()["items"] == once.json()["items"]


@pytest.mark.parametrize("query", ["section=s{}&", "q{}=1&"])
def test_a_flood_of_errors_is_not_told_to_its_end(client: TestClient, query: str) -> None:
    url = "/metrics?" + "".join(query.format(n) for n in range(3000))

    assert len(problem(client.get(url))["errors"]) == 20


def test_the_first_mention_of_a_key_orders(client: TestClient) -> None:
    both, first = client.get("/issues?sort=-number&sort=number").json(), client.get("/issues?sort=-number").json()

    assert [issue["number"] for issue in both["items"]] == [issue["number"] for issue in first["items"]]


@every_operation
def test_what_only_trackers_add_is_ignored(client: TestClient, path: str) -> None:
    plain = client.get(example(path))

    for tracker in TRACKERS:
        assert client.get(example(path, tracker)).content == plain.content, tracker


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize(
    "query", ["{}&limit=2&category=1", "limit=2&{}&category=1", "limit=2&category=1&{}", "{0}&limit=2&{0}&category=1"]
)
def test_trackers_are_no_part_of_links(client: TestClient, query: str, tracker: str) -> None:
    response = client.get(f"/issues?{query.format(tracker)}")

    assert response.json()["next"] == "/issues?limit=2&category=1&offset=2"
    assert response.links["next"]["url"] == response.json()["next"]
    facets = client.get(f"/issues/facets?category=1&{tracker}").json()["facets"]
    assert facets["topic"][0]["url"].startswith("/issues?category=1&topic=")


@pytest.mark.parametrize("query", ["from=here", "utm=1", "utmx_source=1", "__=1", "a_=1", "xfbclid=1", "spm.x=1"])
def test_what_merely_looks_like_a_tracker_is_refused(client: TestClient, query: str) -> None:
    assert list(errors(client.get(f"/issues?{query}"))) == [query.partition("=")[0]]


@pytest.mark.parametrize("words", NOT_UTF_8)
@every_search
def test_a_query_that_is_not_utf_8_is_refused(client: TestClient, path: str, words: str) -> None:
    """It is never answered as if nothing were found."""
    name = next(p["name"] for p in parameters(path) if p["name"] in ("q", "text"))

    body = problem(client.get(with_query(path, f"{name}={words}")))

    assert "not UTF-8" in body["detail"]
    assert "%E6%B6%88%E9%98%B2" in body["detail"]


@every_search
def test_a_query_that_is_encoded_twice_is_refused(client: TestClient, path: str) -> None:
    name = next(p["name"] for p in parameters(path) if p["name"] in ("q", "text"))

    (told,) = problem(client.get(with_query(path, f"{name}={ENCODED_TWICE}")))["errors"]

    assert told["name"] == name
    assert "twice" in told["message"]
    assert "消防" in told["message"]


@pytest.mark.parametrize("words", ["100%", "%", "50%25", "%2525", "a%2541b", "%252F"])
def test_a_percent_sign_is_not_taken_for_an_encoding(client: TestClient, words: str) -> None:
    assert client.get(f"/search?q={words}").status_code == 200
    assert client.get(f"/locate?text={words}").status_code == 200


def test_a_query_of_raw_characters_is_refused(client: TestClient) -> None:
    """Clients send none, but some servers let them through."""

    async def lenient(scope: Any, receive: Any, send: Any) -> None:
        await client.app({**scope, "query_string": "q=消防".encode()}, receive, send)

    assert "not UTF-8" in problem(Client(lenient).get("/search"))["detail"]


def test_a_range_without_its_unit_or_the_wrong_way_round_is_refused(client: TestClient) -> None:
    for query in ("value_min=1", "value_max=1", "value_min=1&unit=item&unit=yuan"):
        (told,) = problem(client.get(f"/metrics?{query}"))["errors"]
        assert "unit" in told["message"]
    for query in ("value_min=5&value_max=1&unit=item", "period_from=2024-01-02&period_to=2024-01-01"):
        (told,) = problem(client.get(f"/metrics?{query}"))["errors"]
        assert "is above" in told["message"]
