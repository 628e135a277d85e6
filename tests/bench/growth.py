"""`make growth`: prints what one notice, a hundred, a thousand, ten thousand cost to build, to hold and to ask."""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import psycopg
from postgresql import cluster

from bench.addresses import Asker
from bench.corpus import COMMON, SOME, grow, rare
from bench.driving import Unmeasurable
from bench.servers import ROOT, Server, service
from bench.table import Cell, markdown

SIZES = [1, 100, 1_000, 10_000]
ASKED = 12  # times, each time anew
PATIENCE = 4 * 3600  # seconds for a build
LONGEST = 300  # seconds for an answer

# As `python -m app build`, without the release's files.
BUILD = """
import os
from app.database.engine import Database
from app.settings import Settings
settings = Settings.read(os.environ)
Database(settings.seed, settings.database).engine.open()
"""
# Tables with their indexes and what is too long for a row, of all schemas of the service.
SIZE = """
select sum(pg_total_relation_size(c.oid))::bigint
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname like 'zhenggai\\_%'
"""

Figures = dict[str, Cell]


@dataclass(frozen=True)
class Corpus:
    """A seed folder of so many notices, and where its database goes: a file, or the address of a PostgreSQL."""

    seed: Path
    database: Path | str
    slugs: list[str]

    @property
    def size(self) -> float:
        """What the database takes on the disk, in MB."""
        if isinstance(self.database, Path):
            return self.database.stat().st_size / 1e6
        with psycopg.connect(self.database) as connection:
            ((size,),) = connection.execute(SIZE).fetchall()
            return int(size) / 1e6


def main() -> None:
    """Measure each size and print what was found after each, for the large ones take long."""
    parser = argparse.ArgumentParser(prog="make growth", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of notices")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, help="where there is room: ten thousand notices take some 20 GB")
    arguments = parser.parse_args()
    if arguments.folder:
        tempfile.tempdir = str(arguments.folder.resolve())
    found: dict[int, Figures] = {}
    for size in arguments.sizes:
        try:
            with tempfile.TemporaryDirectory() as folder, database(Path(folder), arguments.engine) as place:
                found[size] = measure(Path(folder), place, size)
        except Unmeasurable as error:
            sys.exit(str(error))
        print(table(found), end="\n\n", flush=True)


def table(found: dict[int, Figures]) -> str:
    """A line for each figure, a column for each size."""
    names = dict.fromkeys(name for figures in found.values() for name in figures)
    rows = [[name, *(figures.get(name) for figures in found.values())] for name in names]
    return markdown(["notices", *(f"{size:,}" for size in found)], rows)


def database(folder: Path, engine: str) -> AbstractContextManager[Path | str]:
    """Where a database goes."""
    return cluster() if engine == "postgresql" else nullcontext(folder / "notices.sqlite3")


def measure(folder: Path, place: Path | str, size: int) -> Figures:
    """Grow, build, start and ask."""
    corpus = Corpus(folder / "seed", place, grow(folder / "seed", size))
    figures = build(corpus)
    with service(0, corpus.seed, corpus.database, LONGEST) as server:
        figures |= {"start, s": server.started, "memory after the start, MB": server.resident}
        figures |= {f"{name}, ms": ask(server, asked) for name, asked in interactive(corpus)}
        figures["memory after these, MB"] = server.resident
        figures |= {f"{name}, ms": ask(server, [address]) for name, address in exports(corpus)}
        figures["most memory, MB"] = server.peak
    return figures


def build(corpus: Corpus) -> Figures:
    """What building the database costs."""
    settings = {"NOTICE_SEED": str(corpus.seed), "NOTICE_DATABASE": str(corpus.database)}
    begin = time.perf_counter()
    command = ["timeout", str(PATIENCE), sys.executable, "-c", BUILD]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Unmeasurable(f"a database of {len(corpus.slugs)} notices could not be built")
    taken = time.perf_counter() - begin
    return {"build, s": taken, "build, most memory, MB": used.ru_maxrss / 1024, "file, MB": corpus.size}


def interactive(corpus: Corpus) -> Iterator[tuple[str, list[str]]]:
    """What visitors wait for: names, and addresses of which none comes twice."""
    chance = random.Random(1)
    slugs = [chance.choice(corpus.slugs) for _ in range(ASKED)]
    topics = Asker().topics[:ASKED]
    words = {"rare": rare(len(corpus.slugs)), "in 1 of 100": SOME, "common": COMMON}
    for scope, notices in (("one", slugs), ("all", ["all"] * ASKED)):
        where = [f"notice={slug}&limit={20 + n}" for n, slug in enumerate(notices)]
        yield f"list, {scope}", [f"/issues?{part}" for part in where]
        yield f"page far in, {scope}", [f"/measures?{part}&offset={len(set(notices)) * 300}" for part in where]
        yield f"filter and sort, {scope}", [f"/metrics?{part}&unit=item&sort=-value" for part in where]
        yield f"filter by topic, {scope}", [f"/measures?{part}&topic={topics[0]}" for part in where]
        yield (
            f"facets, {scope}",
            [f"/measures/facets?notice={s}&topic={t}" for s, t in zip(notices, topics, strict=False)],
        )
        for name, word in words.items():
            yield f"search, {name} word, {scope}", [f"/search?q={quote(word)}&{part}" for part in where]
        yield f"filter by words, {scope}", [f"/measures?q={quote(COMMON)}&{part}" for part in where]
    yield "detail", [f"/issues/{n}?notice={slug}" for n, slug in enumerate(slugs, 1)]
    yield "notices", [f"/notices?limit={20 + n}" for n in range(ASKED)]


def exports(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Whole collections, to the last byte."""
    for scope, notice in (("one", corpus.slugs[-1]), ("all", "all")):
        for format in ("csv", "ndjson"):
            yield f"export as {format}, {scope}", f"/metrics.{format}?notice={notice}"


def ask(server: Server, addresses: list[str]) -> Cell:
    """The median time to the last byte, in milliseconds; None where the answer is not 200 or takes too long."""
    times = []
    connection = HTTPConnection(server.place, timeout=LONGEST)
    try:
        for address in addresses:
            begin = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            while answer.read(1 << 20):
                pass
            if answer.status != 200:
                return None
            times.append(time.perf_counter() - begin)
            # What takes seconds needs no median of many.
            if sum(times) > LONGEST / 10:
                break
    except TimeoutError:
        return None
    finally:
        connection.close()
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
