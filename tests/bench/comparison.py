"""The comparison: contenders driven in turn, case by case, round by round."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.addresses import Asker
from bench.contenders import COLD, Case, Contender, start_all
from bench.driving import Drive, Unmeasurable, drive, middle
from bench.servers import Server

SERVERS_CORE, DRIVERS_CORE = 0, 1
# More new addresses than a server of one core could answer; one that runs out is told.
MOST_PER_SECOND = 9_000
Contenders = Mapping[str, Contender]


@dataclass
class Comparison:
    """What was measured: runs by case and contender; each contender's answers, and its memory (MB) before and after."""

    drives: dict[tuple[str, str], Drive]
    answers: dict[str, str]
    memory: dict[str, tuple[float, float]]
    distinct: int


def compare(folder: Path, database: Path, rounds: int, seconds: int) -> Comparison:
    """Start all, drive them in turn, and take the medians."""
    with ExitStack() as stack:
        cases, contenders = start_all(stack, SERVERS_CORE, folder, database)
        before = {name: contender.server.resident for name, contender in contenders.items()}
        addresses = Asker().take(MOST_PER_SECOND * seconds * rounds)
        files = {
            name: _cold_files(folder / f"cold-{name}", contender, addresses, rounds)
            for name, contender in contenders.items()
            if COLD in contender.cases
        }
        drives = _drive_all(contenders, cases, files, rounds, seconds)
        memory = {name: (before[name], contender.server.resident) for name, contender in contenders.items()}
    answers = {name: contender.answers for name, contender in contenders.items()}
    return Comparison({key: middle(found) for key, found in drives.items()}, answers, memory, len(addresses))


def _cold_files(folder: Path, contender: Contender, addresses: Sequence[str], rounds: int) -> list[Path]:
    """For each round a file of addresses, none in two files or twice in one: the same questions for all."""
    own = [contender.address(Case(COLD, address)) for address in addresses]
    if len(set(own)) < len(own):
        raise Unmeasurable("an address for the cold runs stands twice")
    each = len(own) // rounds
    folder.mkdir()
    files = [folder / f"{n}.txt" for n in range(rounds)]
    for n, file in enumerate(files):
        file.write_text("\n".join(own[n * each : (n + 1) * each]), encoding="utf-8")
    return files


def _drive_all(
    contenders: Contenders, cases: Sequence[Case], files: Mapping[str, Sequence[Path]], rounds: int, seconds: int
) -> dict[tuple[str, str], list[Drive]]:
    """Every case on every contender once a round, so that whatever else the machine does falls on all alike."""
    drives: dict[tuple[str, str], list[Drive]] = {}
    for n in range(rounds):
        print(f"round {n + 1} of {rounds}", flush=True)
        for case in cases:
            for name, one in contenders.items():
                if case.name in one.cases:
                    headers = {**case.headers, **one.headers}
                    found = _drive(one.server, one.address(case), seconds, headers=headers)
                    drives.setdefault((case.name, name), []).append(found)
        for name, of_rounds in files.items():
            one = contenders[name]
            found = _drive(one.server, "/", seconds, headers=one.headers, file=of_rounds[n])
            drives.setdefault((COLD, name), []).append(found)
    return drives


def _drive(server: Server, address: str, seconds: int, **more: Any) -> Drive:
    before = server.worked
    found = drive(f"http://{server.place}{address}", seconds, DRIVERS_CORE, **more)
    return replace(found, cost=(server.worked - before) / found.requests * 1e6)
