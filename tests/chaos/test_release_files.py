"""Files of the release that are damaged or removed under a running process: never sent under their tag, made anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from asgi import Client

from app.main import create_app
from app.release.build import MANIFEST
from app.settings import Settings

FILE = "issues.csv"


def flip(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[1000] ^= 1
    (folder / FILE).write_bytes(content)


def damage_the_list(folder: Path) -> None:
    content = bytearray((folder / MANIFEST).read_bytes())
    content[200] ^= 1
    (folder / MANIFEST).write_bytes(content)
    flip(folder)


FAULTS: dict[str, Callable[[Path], None]] = {
    "a bit flipped": flip,
    "a file removed": lambda folder: (folder / FILE).unlink(),
    "the folder removed": shutil.rmtree,
    "the list damaged": damage_the_list,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder with the database and the release, and a file's content."""
    folder = tmp_path_factory.mktemp("var")
    return folder, Client(create_app(Settings(database=folder))).get(f"/dataset/{FILE}").content


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("running", [True, False], ids=["under a process", "before the start"])
def test_a_damaged_file_is_made_anew_and_never_sent(
    whole: tuple[Path, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    running: bool,
    fault: Callable[[Path], None],
) -> None:
    copy = Path(shutil.copytree(whole[0], tmp_path / "var"))
    monkeypatch.setattr("app.release.storage.build", lambda _, folder: _copy(whole[0], folder))
    client = Client(create_app(Settings(database=copy)))
    if running:
        assert client.get(f"/dataset/{FILE}").content == whole[1]

    fault(next(copy.glob("release-*")))
    answered = client.get(f"/dataset/{FILE}", headers={"Range": "bytes=0-"})

    assert (answered.status_code, answered.content) == (206, whole[1])
    assert sorted(path.name[:7] for path in copy.iterdir()) == ["notices", "release"]


def _copy(folder: Path, to: Path) -> None:
    shutil.copytree(next(folder.glob("release-*")), to, dirs_exist_ok=True)
