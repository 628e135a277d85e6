"""Building the database: the same whoever starts and however many do, of sound data alone."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from app.database.build import build
from app.database.fingerprint import Fingerprint
from app.settings import ROOT

SEED = ROOT / "seed"
FINGERPRINT = Fingerprint("fingerprint", "shared", {})
NEVER = 900  # seconds; a test that is not done by then will not be
STARTERS = 2


def run_build(**settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NOTICE_")}
    command = [sys.executable, "-m", "app", "build"]
    return subprocess.run(
        command, cwd=ROOT, env=environment | settings, capture_output=True, text=True, check=False, timeout=NEVER
    )


def test_several_starters_on_an_empty_folder_all_end_well(tmp_path: Path) -> None:
    environment = os.environ | {"NOTICE_DATABASE": str(tmp_path / "var")}

    starters = [
        subprocess.Popen([sys.executable, "-m", "app", "build"], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(STARTERS)
    ]

    paths = {starter.communicate(timeout=NEVER)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0] * STARTERS
    assert len(paths) == 1
    assert sorted(path.name.partition("-")[0] for path in (tmp_path / "var").iterdir()) == ["notices", "release"]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.sqlite3", "two.sqlite3"):
        # Each in a process of its own, where sets have another order.
        assert run_build(NOTICE_DATABASE=str(tmp_path / name)).returncode == 0

    assert (tmp_path / "one.sqlite3").read_bytes() == (tmp_path / "two.sqlite3").read_bytes()


def test_a_folder_that_cannot_be_written_is_told_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    done = run_build(NOTICE_DATABASE=str(tmp_path / "file" / "var"))

    assert done.returncode == 1
    assert "NOTICE_DATABASE" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_seed_with_an_error_builds_nothing(seed: Path, tmp_path: Path) -> None:
    notice = seed / "shanghai-putuo-2024" / "notice.json"
    notice.write_text(notice.read_text().replace('"9.37亿元"', '"9.73亿元"'))

    done = run_build(NOTICE_SEED=str(seed), NOTICE_DATABASE=str(tmp_path / "var"))

    assert done.returncode == 1
    assert "9.73亿元" in done.stderr
    assert not (tmp_path / "var").exists()


def test_figures_are_stored_as_exact_text(tmp_path: Path) -> None:
    build(SEED, tmp_path / "built.sqlite3", FINGERPRINT)

    with closing(sqlite3.connect(tmp_path / "built.sqlite3")) as connection:
        stored = connection.execute("select value, typeof(value) from metric where id = 'rd-spending-increase'")
        assert stored.fetchone() == ("9.37", "text")


def test_no_reference_dangles_and_every_key_is_natural(tmp_path: Path) -> None:
    build(SEED, tmp_path / "built.sqlite3", FINGERPRINT)

    with closing(sqlite3.connect(tmp_path / "built.sqlite3")) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        keys = connection.execute("select name from pragma_table_info('metric') where pk order by pk").fetchall()
        assert set(keys) == {("notice",), ("id",)}
