"""The comparison: the service, a bare function and the tutorial's app, driven in turn, case by case, round by round."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.addresses import SEED, WARM, Asker
from bench.driving import Drive, Unmeasurable, drive, middle
from bench.servers import Server, service, uvicorn

SERVERS_CORE, DRIVERS_CORE = 0, 1
COLD = "cold"
# More new addresses than a server of one core could answer; one that runs out is told.
MOST_PER_SECOND = 9_000


@dataclass(frozen=True)
class Case:
    """What is asked for again and again. Only the service and the bare function know conditions and compression."""

    name: str
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def servers(self) -> tuple[str, ...]:
        return ("bare", "service") if self.headers else ("bare", "service", "tutorial")


@dataclass
class Comparison:
    """What was measured: runs by case and server, and each server's memory (MB) before and after."""

    drives: dict[tuple[str, str], Drive]
    memory: dict[str, tuple[float, float]]
    distinct: int


def compare(folder: Path, database: Path, rounds: int, seconds: int) -> Comparison:
    """Start all three, drive them in turn, and take the medians."""
    with ExitStack() as stack:
        served = stack.enter_context(service(SERVERS_CORE, SEED, database))
        cases = list(_cases(served))
        told = json.dumps([(case.name, case.address, case.headers) for case in cases])
        environment = {"BENCH_SERVICE": served.place, "BENCH_CASES": told, "BENCH_DATABASE": str(database)}
        servers = {"service": served}
        for name in ("bare", "tutorial"):
            servers[name] = stack.enter_context(uvicorn(f"bench.{name}:create_app", SERVERS_CORE, environment))
        before = {name: server.resident for name, server in servers.items()}
        files = list(_cold_files(folder, rounds, seconds))
        drives = _drive_all(servers, cases, files, seconds)
        memory = {name: (before[name], server.resident) for name, server in servers.items()}
    return Comparison({key: middle(found) for key, found in drives.items()}, memory, _distinct(files))


def _cases(served: Server) -> Iterator[Case]:
    for name, address in WARM.items():
        yield Case(name, address)
    connection = HTTPConnection(served.place, timeout=10)
    connection.request("GET", WARM["list"])
    yield Case("not-modified", WARM["list"], {"If-None-Match": connection.getresponse().headers["ETag"]})
    connection.close()
    yield Case("compressed", WARM["list"], {"Accept-Encoding": "gzip"})


def _cold_files(folder: Path, rounds: int, seconds: int) -> Iterator[Path]:
    """For each round a file of addresses, none in two files or twice in one: the same for whoever is driven."""
    each = MOST_PER_SECOND * seconds
    addresses = Asker().take(each * rounds)
    for n in range(rounds):
        path = folder / f"cold-{n}.txt"
        path.write_text("\n".join(addresses[n * each : (n + 1) * each]), encoding="utf-8")
        yield path


def _distinct(files: Sequence[Path]) -> int:
    """How many addresses the files hold; none may stand twice."""
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    if len(set(lines)) < len(lines):
        raise Unmeasurable("an address for the cold runs stands twice")
    return len(lines)


def _drive_all(
    servers: dict[str, Server], cases: Sequence[Case], files: Sequence[Path], seconds: int
) -> dict[tuple[str, str], list[Drive]]:
    """Every case on every server once a round, so that whatever else the machine does falls on all alike."""
    drives: dict[tuple[str, str], list[Drive]] = {}
    for n, file in enumerate(files, 1):
        print(f"round {n} of {len(files)}", flush=True)
        for case in cases:
            for name in case.servers:
                address = f"/{case.name}{case.address}" if name == "bare" else case.address
                found = _drive(servers[name], address, seconds, headers=case.headers)
                drives.setdefault((case.name, name), []).append(found)
        for name in ("service", "tutorial"):
            drives.setdefault((COLD, name), []).append(_drive(servers[name], "/", seconds, file=file))
    return drives


def _drive(server: Server, address: str, seconds: int, **more: Any) -> Drive:
    before = server.worked
    found = drive(f"http://{server.place}{address}", seconds, DRIVERS_CORE, **more)
    return replace(found, cost=(server.worked - before) / found.requests * 1e6)
