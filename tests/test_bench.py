"""The instruments of measurement: what is compared answers the same, no query repeats, and what is grown is sound."""

import pytest
from bench import tutorial
from bench.addresses import Asker, warm
from fastapi import FastAPI
from fastapi.testclient import TestClient

SLUG = "shanghai-putuo-2024"
COLD = Asker(SLUG).take(300)


@pytest.fixture(scope="module")
def tutorial_client(seed_app: FastAPI) -> TestClient:
    """A client of the tutorial's app over the service's database."""
    database = seed_app.state.database
    assert database.edition
    app = tutorial.create_app(database.path)
    return TestClient(app)


@pytest.mark.parametrize("address", warm(SLUG))
def test_the_tutorial_answers_the_same_bytes_warm(
    address: str, client: TestClient, tutorial_client: TestClient
) -> None:
    assert tutorial_client.get(address).content == client.get(address).content


def test_the_tutorial_answers_the_same_bytes_to_every_new_query(
    client: TestClient, tutorial_client: TestClient
) -> None:
    for address in COLD:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert tutorial_client.get(address).content == answer.content, address
