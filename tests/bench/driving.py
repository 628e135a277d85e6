"""Driving: wrk against one address, or along a file of addresses, for some seconds."""

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SCRIPTS = Path(__file__).resolve().parent
CONNECTIONS = 16


class Unmeasurable(Exception):
    """What keeps a measurement from being made, and how to mend it."""


@dataclass(frozen=True)
class Drive:
    """One run of wrk. Latencies in milliseconds; `asked` counts the addresses taken from the file.

    `bytes` is the mean size of an answer with its headers.
    `cost` is the server's own processor time for a request, in microseconds: it holds on a busy machine too.
    """

    requests: int
    per_second: float
    p50: float
    p99: float
    bytes: float
    asked: int
    cost: float = 0.0


def find_wrk() -> str:
    """Where wrk is."""
    if found := shutil.which("wrk"):
        return found
    raise Unmeasurable("wrk is not there; on Debian: apt-get install wrk")


def drive(
    url: str, seconds: int, core: int, headers: Mapping[str, str] = MappingProxyType({}), file: Path | None = None
) -> Drive:
    """Ask for the address over and over, or once for each line of a file behind it, from one core."""
    script = SCRIPTS / ("cold.lua" if file else "report.lua")
    options = [f"-t1 -c{CONNECTIONS} -d{seconds}s --timeout 20s".split(), ["-s", str(script)]]
    options += [["-H", f"{name}: {value}"] for name, value in headers.items()]
    command = [find_wrk(), *(part for option in options for part in option), url, "--", *([str(file)] if file else [])]
    done = subprocess.run(
        command,
        env=os.environ | {"BENCH_SCRIPTS": str(SCRIPTS)},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 60,
    )
    return _read(url, done.stdout + done.stderr)


def _read(url: str, said: str) -> Drive:
    line = next((line for line in said.splitlines() if line.startswith("{")), None)
    if line is None:
        raise Unmeasurable(f"wrk said of {url}: {said.strip()}")
    told = json.loads(line)
    if told["failed"] or not told["requests"]:
        raise Unmeasurable(f"{told['failed']} of {told['requests']} requests to {url} failed, or the addresses ran out")
    seconds = told["microseconds"] / 1e6
    requests = told["requests"]
    rate, size = requests / seconds, told["bytes"] / requests
    return Drive(requests, rate, told["p50"] / 1000, told["p99"] / 1000, size, told["asked"])


def middle(drives: Sequence[Drive]) -> Drive:
    """The medians of several runs, and the sums of what they asked."""
    medians = ("per_second", "p50", "p99", "bytes", "cost")
    told = {name: [getattr(drive, name) for drive in drives] for name in medians}
    sums = {name: sum(getattr(drive, name) for drive in drives) for name in ("requests", "asked")}
    return Drive(**sums, **{name: statistics.median(values) for name, values in told.items()})
