"""Contenders: who is compared, how each is started, in which cases it is driven and at which addresses."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from bench import deployed
from bench.addresses import SEED, WARM
from bench.driving import Unmeasurable
from bench.peers import PEERS, Peer
from bench.questions import read_question, read_records
from bench.servers import Server, service, uvicorn

COLD = "cold"
QUESTIONS = ("list", "filter", "search", COLD)  # the cases that a peer answers: it has no detail of the service's shape


@dataclass(frozen=True)
class Case:
    """What is asked for: over and over, or, of `COLD`, once. The address is the service's."""

    name: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """A server, what it answers, the names of the cases in which it is driven, and its own address for each."""

    server: Server
    answers: str
    cases: Sequence[str]
    address: Callable[[Case], str] = lambda case: case.address
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Starter:
    """What it takes to start them: the stack in which they end, their core, a folder for their files, the service with
    its database, and the cases that are asked for over and over."""

    stack: ExitStack
    core: int
    folder: Path
    database: Path
    service: Server
    cases: Sequence[Case]

    def enter(self, server: AbstractContextManager[Server]) -> Server:
        return self.stack.enter_context(server)

    def subfolder(self, name: str) -> Path:
        (self.folder / name).mkdir()
        return self.folder / name

    @property
    def names(self) -> list[str]:
        return [case.name for case in self.cases]


def start_all(stack: ExitStack, core: int, folder: Path, database: Path) -> tuple[list[Case], dict[str, Contender]]:
    """The cases, and all contenders by name. Of those that others have made, what can't be had is told in a line."""
    served = stack.enter_context(service(core, SEED, database))
    starter = Starter(stack, core, folder, database, served, list(_warm_cases(served)))
    found = {"bare": _bare(starter)}
    found["service"] = Contender(served, "records; total, links, validators", (*starter.names, COLD))
    found["tutorial"] = _tutorial(starter)
    others = {"nginx": _nginx, "service-postgresql": _over_postgresql}
    others |= {name: partial(_peer, name, peer) for name, peer in PEERS.items()}
    for name, start in others.items():
        try:
            found[name] = start(starter)
        except Unmeasurable as error:
            print(f"{name} is left out: {error}", flush=True)
    return list(starter.cases), found


def _warm_cases(served: Server) -> Iterator[Case]:
    for name, address in WARM.items():
        yield Case(name, address)
    connection = HTTPConnection(served.place, timeout=10)
    connection.request("GET", WARM["list"])
    yield Case("not-modified", WARM["list"], {"If-None-Match": connection.getresponse().headers["ETag"]})
    connection.close()
    yield Case("compressed", WARM["list"], {"Accept-Encoding": "gzip"})


def _bare(starter: Starter) -> Contender:
    told = json.dumps([(case.name, case.address, dict(case.headers)) for case in starter.cases])
    environment = {"BENCH_SERVICE": starter.service.place, "BENCH_CASES": told}
    server = starter.enter(uvicorn("bench.bare:create_app", starter.core, environment))
    answers = "the service's bytes and headers, from a dictionary"
    return Contender(server, answers, starter.names, lambda case: f"/{case.name}{case.address}")


def _tutorial(starter: Starter) -> Contender:
    environment = {"BENCH_DATABASE": str(starter.database)}
    server = starter.enter(uvicorn("bench.tutorial:create_app", starter.core, environment))
    return Contender(server, "the service's bytes, made anew each time", (*WARM, COLD))


def _nginx(starter: Starter) -> Contender:
    server = starter.enter(deployed.nginx(starter.core, starter.subfolder("nginx"), starter.service.place))
    return Contender(server, "the service's bytes and headers, from nginx's cache", starter.names)


def _over_postgresql(starter: Starter) -> Contender:
    address, postmaster = starter.stack.enter_context(deployed.postgresql(starter.core))
    server = starter.enter(service(starter.core, SEED, address, beside=postmaster))
    return Contender(server, "the service's bytes and headers", ("list", COLD))


def _peer(name: str, peer: Peer, starter: Starter) -> Contender:
    records = read_records(starter.service.place)
    server = starter.enter(peer.start(starter.core, starter.subfolder(name), records))
    address = peer.address
    return Contender(server, peer.answers, QUESTIONS, lambda case: address(read_question(case.address)), peer.headers)
