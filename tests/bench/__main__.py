"""`make bench`: prints how fast the service answers, beside a bare function and a tutorial's app."""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.addresses import SEED
from bench.comparison import SERVERS_CORE, Comparison, compare
from bench.driving import Unmeasurable, find_wrk
from bench.servers import service
from bench.table import Cell, markdown

STARTS = 3


def main() -> None:
    """Measure and print; exit 1 with what is missing where that can't be."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of each run")
    arguments = parser.parse_args()
    try:
        find_wrk()
        if len(os.sched_getaffinity(0)) < 2:
            raise Unmeasurable("two cores are needed: one for the servers, one for wrk")
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), arguments.rounds, arguments.seconds)
    except Unmeasurable as error:
        sys.exit(str(error))


def measure(folder: Path, rounds: int, seconds: int) -> None:
    """The start first, for it builds the database; then the comparison."""
    database = folder / "notices.sqlite3"
    without, there = zip(*(start(database) for _ in range(STARTS)), strict=True)
    comparison = compare(folder, database, rounds, seconds)
    print(speed_table(comparison), memory_table(comparison), sep="\n\n", end="\n\n")
    rows: list[list[Cell]] = [
        ["no database there", statistics.median(without)],
        ["database there", statistics.median(there)],
    ]
    print(markdown(["from the process's start to the first answer", "s"], rows))
    asked = {name: comparison.drives["cold", name].asked for name in ("service", "tutorial")}
    print(f"\ncold: {comparison.distinct} addresses, none twice; asked of the service {asked['service']}, ", end="")
    print(f"of the tutorial's app {asked['tutorial']}, each from the first on, each once")


def start(database: Path) -> tuple[float, float]:
    """Seconds to the first answer without the database, and with it."""
    database.unlink(missing_ok=True)
    times = []
    for _ in range(2):
        with service(SERVERS_CORE, SEED, database) as server:
            times.append(server.started)
    return times[0], times[1]


def speed_table(comparison: Comparison) -> str:
    """A line for each case and server."""
    rows: list[list[Cell]] = []
    for (case, server), drive in comparison.drives.items():
        ratios = [_ratio(comparison, case, server, other) for other in ("bare", "tutorial")]
        rows.append([f"{case}: {server}", round(drive.per_second), drive.p50, drive.p99, round(drive.cost), *ratios])
    return markdown(["case", "requests/s", "p50 ms", "p99 ms", "µs of its core", "of bare", "times tutorial"], rows)


def _ratio(comparison: Comparison, case: str, server: str, other: str) -> float | None:
    if server == other or (case, other) not in comparison.drives:
        return None
    return comparison.drives[case, server].per_second / comparison.drives[case, other].per_second


def memory_table(comparison: Comparison) -> str:
    """What each process held in memory before the runs and after them."""
    rows: list[list[Cell]] = [[name, *map(round, memory)] for name, memory in comparison.memory.items()]
    return markdown(["resident memory, MB", "after the start", "after the runs"], rows)


if __name__ == "__main__":
    main()
