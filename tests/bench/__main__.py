"""`make bench`: prints how fast the service answers, beside a bare function, a tutorial's app, and others' programs."""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.addresses import SEED
from bench.comparison import SERVERS_CORE, Comparison, compare
from bench.contenders import COLD
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
    tables = (speed_table(comparison), answers_list(comparison), memory_table(comparison))
    print(*tables, sep="\n\n", end="\n\n")
    rows: list[list[Cell]] = [
        ["no database there", statistics.median(without)],
        ["database there", statistics.median(there)],
    ]
    print(markdown(["from the process's start to the first answer", "s"], rows))
    asked = [f"{name} {drive.asked}" for (case, name), drive in comparison.drives.items() if case == COLD]
    print(
        f"\ncold: {comparison.distinct} addresses, none twice, each asked once, from the first on: {', '.join(asked)}"
    )


def start(database: Path) -> tuple[float, float]:
    """Seconds to the first answer without the database, and with it."""
    database.unlink(missing_ok=True)
    times = []
    for _ in range(2):
        with service(SERVERS_CORE, SEED, database) as server:
            times.append(server.started)
    return times[0], times[1]


def speed_table(comparison: Comparison) -> str:
    """A line for each case and contender."""
    rows: list[list[Cell]] = []
    for (case, name), drive in comparison.drives.items():
        of_bare, times_tutorial = (_ratio(comparison, case, name, other) for other in ("bare", "tutorial"))
        times_this = None if name == "service" else _ratio(comparison, case, "service", name)
        speed = [round(drive.per_second), drive.p50, drive.p99, round(drive.cost), round(drive.bytes)]
        rows.append([f"{case}: {name}", *speed, of_bare, times_tutorial, times_this])
    figures = ["requests/s", "p50 ms", "p99 ms", "µs of its core", "bytes"]
    return markdown(["case", *figures, "of bare", "times tutorial", "service, times this"], rows)


def _ratio(comparison: Comparison, case: str, name: str, other: str) -> float | None:
    if name == other or (case, other) not in comparison.drives:
        return None
    return comparison.drives[case, name].per_second / comparison.drives[case, other].per_second


def answers_list(comparison: Comparison) -> str:
    """What each contender answers."""
    return "\n".join(f"- {name}: {answers}" for name, answers in comparison.answers.items())


def memory_table(comparison: Comparison) -> str:
    """What each process held in memory before the runs and after them."""
    rows: list[list[Cell]] = [[name, *map(round, memory)] for name, memory in comparison.memory.items()]
    return markdown(["resident memory, MB", "after the start", "after the runs"], rows)


if __name__ == "__main__":
    main()
