"""The instruments of measurement: what is compared answers the same, no query repeats, and what is grown is sound."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.settings import ROOT
from app.transcription.seed import load_seed
from bench import bare, tutorial
from bench.__main__ import speed_table
from bench.addresses import WARM, Asker
from bench.comparison import Comparison
from bench.corpus import COMMON, SOME, grow, rare
from bench.driving import Drive
from bench.growth import table
from bench.servers import stop
from bench.table import markdown

COLD = Asker().take(120)


@pytest.fixture(scope="module")
def tutorial_client(seed_app: FastAPI) -> Iterator[TestClient]:
    """A client of the tutorial's app over the service's database."""
    with TestClient(seed_app):  # its start builds the database
        app = tutorial.create_app(seed_app.state.database.path)
        yield TestClient(app)
        app.state.engine.dispose()


@pytest.mark.parametrize("address", [*WARM.values(), *COLD])
def test_the_tutorials_app_answers_the_same_bytes(
    address: str, client: TestClient, tutorial_client: TestClient
) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert tutorial_client.get(address).content == answer.content


def test_the_bare_function_answers_the_same_bytes_and_headers(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Accept-Encoding": "gzip"}
    cases = [("plain", WARM["list"], {}), ("compressed", WARM["detail"], headers)]
    monkeypatch.setenv("BENCH_SERVICE", server.removeprefix("http://"))
    monkeypatch.setenv("BENCH_CASES", json.dumps(cases))
    client = TestClient(bare.create_app())

    for name, address, given in cases:
        answer = httpx.get(server + address, headers={"Accept-Encoding": "identity"} | given)
        same = client.get(f"/{name}{address}")
        assert same.content == answer.content
        assert {**same.headers} == {k: v for k, v in answer.headers.items() if k not in ("date", "server")}
    assert client.get("/nothing").status_code == 404


def test_what_does_not_want_to_end_is_ended() -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout
    process.stdout.readline()

    stop(process, patience=0.01)
    process.stdout.close()

    assert process.returncode == -signal.SIGKILL


def test_the_table_of_speeds_compares_within_a_case() -> None:
    speeds = {
        ("list", "bare"): 400.0,
        ("list", "service"): 300.0,
        ("list", "datasette"): 3.0,
        ("cold", "service"): 90.0,
    }
    drives = {key: Drive(1, speed, 1.0, 2.0, 10.0, 0) for key, speed in speeds.items()}

    table = speed_table(Comparison(drives, {}, {}, 0))

    assert [line.split(" | ")[0::6] for line in table.splitlines()[2:]] == [
        ["| list: bare", "–"],
        ["| list: service", "0.75"],
        ["| list: datasette", "0.0075"],
        ["| cold: service", "–"],
    ]
    assert [line.split(" | ")[-1] for line in table.splitlines()[2:]] == ["0.75 |", "– |", "100 |", "– |"]


def test_no_new_query_comes_twice_and_all_come_the_same_again() -> None:
    addresses = Asker().take(20_000)

    assert len(set(addresses)) == len(addresses)
    assert addresses[: len(COLD)] == COLD


def test_most_new_queries_find_something(client: TestClient) -> None:
    found = [bool(client.get(address).json()["items"]) for address in COLD]

    assert sum(found) > len(COLD) / 2


def test_a_grown_corpus_passes_the_checks_and_has_rare_and_common_words(tmp_path: Path) -> None:
    slugs = grow(tmp_path / "seed", 3)

    texts = [desk.source.text for desk in load_seed(tmp_path / "seed").documents()]

    assert len(set(slugs)) == len(set(texts)) == 3
    assert [COMMON in text for text in texts] == [True, True, True]
    assert [SOME in text for text in texts] == [True, False, False]
    assert [rare(3) in text for text in texts] == [False, False, True]


def test_a_table_shows_three_digits_and_a_dash_for_nothing() -> None:
    table = markdown(["case", "a", "b"], [["x", 0.123456, 12_345], ["y", None, 1234.5]])

    assert table.splitlines() == [
        "| case | a | b |",
        "| --- | ---: | ---: |",
        "| x | 0.123 | 12,345 |",
        "| y | – | 1,234 |",
    ]


def test_the_table_of_growth_has_a_column_for_each_size() -> None:
    assert table({1: {"file, MB": 1.0, "start, s": None}, 1000: {"file, MB": 9.5}}).splitlines() == [
        "| notices | 1 | 1,000 |",
        "| --- | ---: | ---: |",
        "| file, MB | 1 | 9.5 |",
        "| start, s | – | – |",
    ]


def test_a_machine_without_wrk_is_told_what_to_install() -> None:
    environment = os.environ | {"PATH": "", "PYTHONPATH": str(ROOT / "tests")}
    command = [sys.executable, "-m", "bench"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert done.stderr == "wrk is not there; on Debian: apt-get install wrk\n"
