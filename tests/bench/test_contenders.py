"""Those that the service is compared with answer the same, and grow in the same table."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from app.settings import ROOT
from bench import deployed
from bench.addresses import SEED, WARM, Asker
from bench.driving import Unmeasurable
from bench.growth import measure
from bench.peers import PEERS, fill
from bench.questions import Records, read_question, read_records
from bench.servers import family, service

COLD = Asker().take(120)
CORE = min(os.sched_getaffinity(0))
PERFORMANCE = ROOT / "docs" / "performance.md"


@pytest.fixture(scope="module")
def records(server: str) -> Records:
    """What the peers are given."""
    return read_records(server.removeprefix("http://"))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[tuple[str, int]]:
    """An empty PostgreSQL on a core."""
    with deployed.postgresql(CORE) as found:
        yield found


@pytest.mark.parametrize("name", ["datasette", "json-server"])
def test_a_peer_answers_the_records_that_the_service_answers(
    name: str, server: str, records: Records, tmp_path: Path
) -> None:
    peer = PEERS[name]
    asked = [WARM[case] for case in ("list", "filter", "search")] + [a for a in COLD if not a.startswith("/search")]

    with peer.start(CORE, tmp_path, records) as started, client(server) as ours, client(started.place) as theirs:
        for address in asked:
            answer = theirs.get(peer.address(read_question(address))).raise_for_status().json()
            rows, items = answer["rows"] if name == "datasette" else answer, ours.get(address).json()["items"]
            # What is equal in their order, and what has no value, may stand elsewhere in a list of figures.
            if address in COLD and address.startswith("/metrics"):
                assert len(rows) == len(items), address
            else:
                assert list(map(key, rows)) == list(map(key, items)), address


def client(place: str) -> httpx.Client:
    """A client of a server on the loopback."""
    return httpx.Client(base_url=f"http://{place.removeprefix('http://')}", timeout=60)


def key(record: dict[str, Any]) -> str:
    """What tells a record; a hit is told by its section."""
    return str(record["uid"]).replace("/search/", "/sections/")


def test_postgrest_is_given_the_records_as_they_are(postgresql: tuple[str, int], records: Records) -> None:
    with psycopg.connect(postgresql[0]) as connection:
        fill(connection, records)
        for name, rows in records.items():
            found = connection.execute(
                f"select to_jsonb(each) - 'position' from records.{name} each order by position"
            ).fetchall()
            assert [record for (record,) in found] == rows
        connection.rollback()


def test_a_peer_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with (
        pytest.raises(Unmeasurable, match="there is no program postgrest"),
        PEERS["postgrest"].start(CORE, tmp_path, {}),
    ):
        pass


@pytest.mark.parametrize("name", PEERS)
def test_no_new_query_of_a_peer_comes_twice(name: str) -> None:
    addresses = [PEERS[name].address(read_question(address)) for address in Asker().take(20_000)]

    assert len(set(addresses)) == len(addresses)


def test_nginx_answers_the_same_bytes_and_headers_and_keeps_them(server: str, tmp_path: Path) -> None:
    plain = {"Accept-Encoding": "identity"}

    with deployed.nginx(CORE, tmp_path, server.removeprefix("http://")) as started:
        with client(server) as ours, client(started.place) as theirs:
            etag = ours.get(WARM["list"]).headers["ETag"]
            for headers in (plain, plain | {"If-None-Match": etag}, {"Accept-Encoding": "gzip"}):
                for address in WARM.values():
                    answer = told(ours.get(address, headers=headers))
                    assert [told(theirs.get(address, headers=headers)) for _ in range(2)] == [answer, answer]
        kept = [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]

    assert len(kept) == 2 * len(WARM) + 1  # each plain and compressed, and what its start was waited for with


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """What an answer is, without the headers that every server writes for itself."""
    own = ("date", "server", "connection")
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k not in own}


def test_the_service_over_postgresql_shares_a_core_with_it(server: str, postgresql: tuple[str, int]) -> None:
    address, postmaster = postgresql
    cores = []

    with service(CORE, SEED, address, beside=postmaster) as started:
        answer = httpx.get(f"http://{started.place}{WARM['list']}")
        for pid in family(started.process.pid) + family(postmaster):
            with suppress(ProcessLookupError):  # one that has ended meanwhile
                cores.append(os.sched_getaffinity(pid))

    assert answer.content == httpx.get(server + WARM["list"]).content
    assert len(cores) > 2
    assert all(core == {CORE} for core in cores)


def test_growth_has_the_same_lines_over_postgresql(tmp_path: Path, postgresql: tuple[str, int]) -> None:
    lines = re.findall(
        r"^\| ([^|]+) \|", PERFORMANCE.read_text(encoding="utf-8").partition("## Growth")[2], re.MULTILINE
    )

    figures = measure(tmp_path, postgresql[0], 1)

    assert list(figures) == lines[2 : 2 + len(figures)]
    assert None not in figures.values()
