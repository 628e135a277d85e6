"""A database file that is damaged, cut, replaced or removed: no answer is wrong, and a sound one comes back."""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asgi import Client
from fastapi import FastAPI
from operations import clear_cache

from app.database.checksum import SMALL, is_sound, is_unwritten
from app.database.engine import Database
from app.database.errors import DatabaseError
from app.database.select import Select, table_of
from app.main import create_app
from app.models.statement import StatementRow
from app.settings import Settings

ADDRESSES = ["/measures?limit=200", "/search?q=整改", "/issues/14", "/metrics.csv", "/measures/facets", "/notice"]
NEVER = 300  # seconds
LONG = os.environ.get("CHAOS")  # set by `make chaos`
Damage = Callable[[Path], None]


def flip(path: Path, count: int, seed: int = 1) -> None:
    """Change some bytes where they lie."""
    chance = random.Random(seed)
    with path.open("r+b") as file:
        for _ in range(count):
            place = chance.randrange(path.stat().st_size)
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ chance.randrange(1, 256)]))


def flip_much(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100_000)
        block = file.read(60_000)
        file.seek(100_000)
        file.write(bytes(byte ^ 255 for byte in block))


def flip_unnoticed(path: Path) -> None:
    """Change bytes, and put the times back that the file had before."""
    stat = path.stat()
    flip(path, 16)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def overwrite(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def replace_by_garbage(path: Path) -> None:
    path.with_name("other").write_bytes(b"garbage" * 1000)
    path.with_name("other").replace(path)


DAMAGES: dict[str, Damage] = {
    "60 kB flipped": flip_much,
    "a byte flipped": lambda path: flip(path, 1),
    "16 bytes flipped under an old date": flip_unnoticed,
    "cut in half": cut,
    "emptied": empty,
    "overwritten": overwrite,
    "replaced by garbage": replace_by_garbage,
}
if not LONG:
    DAMAGES = {name: DAMAGES[name] for name in ("60 kB flipped", "16 bytes flipped under an old date", "cut in half")}
LOSSES: dict[str, Damage] = {"removed": Path.unlink, "replaced by garbage": replace_by_garbage}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound database."""
    return Database(Settings().seed, tmp_path_factory.mktemp("built")).file


@pytest.fixture(scope="module")
def right(built: Path) -> dict[str, bytes]:
    """What the addresses answer."""
    client = Client(create_app(Settings(database=built.parent)))
    return {address: client.get(address).content for address in ADDRESSES}


@pytest.fixture
def quick(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another database of the same bytes without building it, which takes a second."""

    def build(_seed: Path, path: Path, _fingerprint: str, _drafts: bool) -> None:
        shutil.copy2(built, path.with_name("draft"))
        path.with_name("draft").replace(path)

    monkeypatch.setattr("app.database.engine.build", build)


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    """A copy of the sound database, in a folder of its own."""
    return Path(shutil.copy2(built, tmp_path / built.name))


@pytest.fixture
def app(path: Path) -> Iterator[FastAPI]:
    """A service that has answered from the copy."""
    app = create_app(Settings(database=path.parent))
    assert Client(app).get("/readyz").status_code == 200
    yield app
    if repair := app.state.database.engine._repair:
        repair.join(NEVER)


def readable(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return is_sound(descriptor)
    finally:
        os.close(descriptor)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_damaged_before_the_start_is_replaced_by_itself(
    path: Path, right: dict[str, bytes], damage: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    damage(path)

    client = Client(create_app(Settings(database=path.parent)))

    assert {address: client.get(address).content for address in ADDRESSES} == right
    assert "is damaged, and is built anew" in caplog.text
    assert readable(path)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_damaged_under_a_running_process_is_never_answered_from(
    app: FastAPI, path: Path, right: dict[str, bytes], damage: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    client, statuses = Client(app), list[int]()
    damage(path)

    end = time.monotonic() + NEVER
    while not (statuses[-3:] == [200] * 3 and readable(path)) and time.monotonic() < end:
        for address in ADDRESSES:
            clear_cache(app)
            response = client.get(address)
            statuses.append(response.status_code)
            assert response.content == right[address] if response.status_code == 200 else response.status_code == 503
        statuses.append(client.get("/readyz").status_code)

    assert set(statuses) <= {200, 503}
    assert readable(path), "it has come back"
    assert "damaged" in caplog.text or "removed or replaced" in caplog.text


def test_readiness_is_refused_while_the_data_is_damaged(
    app: FastAPI, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.state.database.engine, "_build", lambda: (_ for _ in ()).throw(DatabaseError("no room")))
    client = Client(app)
    flip_much(path)

    responses = [client.get(address) for address in ("/measures", "/readyz", "/issues.csv", "/zh/issues")]

    assert [response.status_code for response in responses] == [503] * 4
    assert client.get("/healthz").status_code == 200
    assert responses[0].headers["content-type"] == "application/problem+json"
    assert responses[0].headers["retry-after"]
    app.state.database.engine._repair.join(NEVER)
    assert "no room" in caplog.text
    assert str(path) in caplog.text
    assert str(path) not in "".join(response.text for response in responses)


def test_what_is_damaged_is_built_anew_from_the_seed(path: Path, built: Path) -> None:
    flip_much(path)

    assert Database(Settings().seed, path.parent).file == path
    assert path.read_bytes() == built.read_bytes()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_file_that_loses_its_name_is_answered_from_and_put_back(
    app: FastAPI, path: Path, right: dict[str, bytes], loss: Damage
) -> None:
    client = Client(app)
    loss(path)

    for address in ADDRESSES:
        clear_cache(app)
        assert client.get(address).content == right[address], address
    assert client.get("/readyz").status_code == 200
    app.state.database.engine._repair.join(NEVER)
    assert readable(path)


def test_a_file_replaced_by_one_of_other_data_changes_no_answer(
    path: Path, right: dict[str, bytes], tmp_path: Path, seed: Path
) -> None:
    mine = Path(shutil.copy2(path, tmp_path / "mine.sqlite3"))
    app = create_app(Settings(database=mine))
    client = Client(app)
    assert client.get("/readyz").status_code == 200
    (seed / "vocabularies.json").write_text((seed / "vocabularies.json").read_text() + "\n")

    Database(seed, tmp_path / "other").file.replace(mine)

    for address in ADDRESSES:
        clear_cache(app)
        assert client.get(address).content == right[address], address
    app.state.database.engine._repair.join(NEVER)
    assert client.get("/issues.csv").status_code == 200
    assert readable(mine)


def test_a_change_under_a_stream_ends_it_unfinished(app: FastAPI, path: Path) -> None:
    table = table_of(StatementRow)
    rows = app.state.database.stream(Select(table), table.c.id)
    next(rows)

    flip_much(path)

    with pytest.raises(DatabaseError):
        list(rows)


def test_every_damage_of_sixteen_bytes_is_found(path: Path, tmp_path: Path) -> None:
    for seed in range(200 if LONG else 24):
        copy = Path(shutil.copy2(path, tmp_path / "copy"))
        flip(copy, 16, seed)
        assert not readable(copy), seed


def test_a_large_file_is_known_to_be_unwritten_without_being_read(path: Path) -> None:
    assert path.stat().st_size < SMALL
    descriptor = os.open(path, os.O_RDONLY)

    before = is_unwritten(descriptor)
    flip(path, 1)

    assert (before, is_unwritten(descriptor)) == (True, False)
    os.close(descriptor)


@pytest.mark.usefixtures("quick")
def test_damage_to_a_large_file_that_its_time_does_not_tell_is_found_afterwards(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for module in ("open_file", "sqlite_file"):
        monkeypatch.setattr(f"app.database.{module}.SMALL", 0)
    flip_unnoticed(path)

    Database(Settings().seed, path.parent).engine.open()

    end = time.monotonic() + NEVER
    while "is sound again" not in caplog.text and time.monotonic() < end:
        time.sleep(0.05)
    assert readable(path)


def test_what_is_no_database_of_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite3"
    path.write_bytes(b"mine")

    with pytest.raises(DatabaseError, match="NOTICE_DATABASE"):
        _ = Database(Settings().seed, path).file

    assert path.read_bytes() == b"mine"


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "loop.sqlite3"
    path.symlink_to(path)

    with pytest.raises(DatabaseError, match=r"can't be read .*symbolic links"):
        _ = Database(Settings().seed, path).file
