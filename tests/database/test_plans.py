"""Statement plans: what is asked of one notice is found by the notice, not by walking through all of them."""

import re
from collections.abc import Iterator

import pytest
from bench.corpus import COMMON, grow
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

NOTICE = "notice=shanghai-putuo-2024-3"
# Tables whose rows grow with the number of notices.
GROWING = ("section", "category", "issue", "issue_label", "statement", "metric", "numeral", "passage", "occurrence")
OF_ONE = [
    "/sections?limit=20",
    "/sections?role=issue",
    f"/sections?q={COMMON}",
    "/categories?limit=2",
    "/issues?limit=20",
    "/issues?category=1&topic=housing&kind=meeting&has_metrics=true",
    f"/issues?q={COMMON}&sort=-measure_count",
    "/issues/14",
    "/issues/facets?topic=housing",
    "/statements?role=outcome",
    "/measures?offset=300",
    "/measures?topic=housing&kind=meeting&has_actor=true&has_metrics=false",
    f"/measures?q={COMMON}",
    "/measures/facets?topic=housing",
    "/measures/m14-3",
    "/metrics?unit=item&sort=-value",
    "/metrics?year=2023&period=stated&has_note=false",
    "/metrics/facets?unit=item",
    "/metrics/rd-spending-increase",
    "/numerals?class=metric",
    f"/search?q={COMMON}",
    "/locate?text=147",
    "/contact",
    "/reconciliation",
    "/glossary?limit=5",
    "/indicators",
    "/notice",
]
OF_ALL = ["/issues?notice=all", "/measures?notice=all&offset=900", "/sections?notice=all", "/numerals?notice=all"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A service over eight notices of the real one's shape."""
    folder = tmp_path_factory.mktemp("corpus")
    grow(folder / "seed", 8)
    return create_app(Settings(seed=folder / "seed", database=folder / "var"))


def plans(app: FastAPI, url: str) -> Iterator[str]:
    """The steps of the plan of every statement that answering an address takes, once what is known is known."""
    client = TestClient(app)
    assert client.get(url, headers={"Accept": "*/*;q=0.1"}).status_code == 200
    statements: list[str] = []
    with app.state.database.connection() as connection:
        connection.set_trace_callback(statements.append)
    client.get(url, headers={"Accept": "*/*;q=0.2"})
    connection.set_trace_callback(None)
    assert statements
    for statement in statements:
        if statement.startswith("--"):
            continue  # what the index asks of its own tables
        for *_, step in app.state.database.fetch(f"explain query plan {statement}"):
            yield step


@pytest.mark.parametrize("url", OF_ONE)
def test_a_question_about_one_notice_walks_through_no_table_of_all(corpus: FastAPI, url: str) -> None:
    steps = list(plans(corpus, url + ("&" if "?" in url else "?") + NOTICE))

    walked = [step for step in steps if re.match(rf"SCAN ({'|'.join(GROWING)})\b", step)]
    assert walked == []
    # The index of words is asked between two rows: `>` and `<`.
    assert [step for step in steps if "VIRTUAL TABLE" in step and not re.search(":M.*<.*>|:M.*>.*<", step)] == []


@pytest.mark.parametrize("url", OF_ALL)
def test_a_page_of_all_notices_is_read_in_their_order_without_sorting(corpus: FastAPI, url: str) -> None:
    assert [step for step in plans(corpus, url) if "TEMP B-TREE" in step] == []
