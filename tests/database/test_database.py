"""The database: built once whoever starts, of just this data, read-only, the same every time."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.database.build import DatabaseError, build
from app.database.engine import Database
from app.main import create_app
from app.settings import ROOT, Settings

SEED = ROOT / "seed"


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("NOTICE_")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=settings | environment, capture_output=True, text=True, check=False
    )


def test_ten_starters_on_an_empty_folder_all_end_well(tmp_path: Path) -> None:
    environment = os.environ | {"NOTICE_DATABASE": str(tmp_path / "var")}

    starters = [
        subprocess.Popen([sys.executable, "-m", "app", "build"], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(10)
    ]

    paths = {starter.communicate(timeout=120)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0] * 10
    assert len(paths) == 1
    assert sorted(path.name.partition("-")[0] for path in (tmp_path / "var").iterdir()) == ["notices", "release"]


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.sqlite3", "two.sqlite3"):
        build(SEED, tmp_path / name, "fingerprint")

    assert (tmp_path / "one.sqlite3").read_bytes() == (tmp_path / "two.sqlite3").read_bytes()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite3"
    path.write_bytes(b"mine")

    with pytest.raises(DatabaseError, match="NOTICE_DATABASE"):
        _ = Database(SEED, path).file

    assert path.read_bytes() == b"mine"


def test_a_file_of_other_data_is_refused(tmp_path: Path) -> None:
    build(SEED, tmp_path / "old.sqlite3", "of another time")

    with pytest.raises(DatabaseError, match="remove it to have it built anew"):
        _ = Database(SEED, tmp_path / "old.sqlite3").file


def test_a_change_of_the_seed_gets_a_file_of_its_own(seed: Path, tmp_path: Path) -> None:
    before = Database(seed, tmp_path).path

    with (seed / "vocabularies.json").open("a") as file:
        file.write("\n")

    assert Database(seed, tmp_path).path != before


def test_a_folder_that_cannot_be_written_is_told_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    done = run("-m", "app", "build", NOTICE_DATABASE=str(tmp_path / "file" / "var"))

    assert done.returncode == 1
    assert "NOTICE_DATABASE" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_seed_with_a_slip_builds_nothing(seed: Path, tmp_path: Path) -> None:
    notice = seed / "shanghai-putuo-2024" / "notice.json"
    notice.write_text(notice.read_text().replace('"9.37亿元"', '"9.73亿元"'))

    done = run("-m", "app", "build", NOTICE_SEED=str(seed), NOTICE_DATABASE=str(tmp_path / "var"))

    assert done.returncode == 1
    assert "9.73亿元" in done.stderr
    assert not (tmp_path / "var").exists()


def test_the_open_database_refuses_to_be_written(tmp_path: Path) -> None:
    database = Database(SEED, tmp_path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.fetch("delete from metric")


def test_figures_are_stored_as_exact_text(tmp_path: Path) -> None:
    path = Database(SEED, tmp_path).path
    build(SEED, path, "fingerprint")

    with sqlite3.connect(path) as connection:
        stored = connection.execute("select value, typeof(value) from metric where id = 'rd-spending-increase'")
        assert stored.fetchone() == ("9.37", "text")
    connection.close()


def test_no_reference_dangles_and_every_key_is_natural(tmp_path: Path) -> None:
    build(SEED, tmp_path / "built.sqlite3", "fingerprint")

    with sqlite3.connect(tmp_path / "built.sqlite3") as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        keys = connection.execute("select name from pragma_table_info('metric') where pk order by pk").fetchall()
        assert set(keys) == {("notice",), ("id",)}
    connection.close()


LISTS = ["sections", "categories", "issues", "statements", "measures", "metrics", "numerals"]


@pytest.mark.parametrize("path", [f"/{name}?limit=200" for name in LISTS] + ["/issues/8", "/notice", "/contact"])
def test_an_answer_costs_at_most_three_statements(client: TestClient, path: str) -> None:
    client.get(path, headers={"Accept": "*/*;q=0.1"})
    statements: list[str] = []
    # The one connection that is idle is the one that the answer will be read through.
    with client.app.state.database.connection() as connection:  # type: ignore[attr-defined]
        connection.set_trace_callback(statements.append)
    client.get(path, headers={"Accept": "*/*;q=0.2"})
    connection.set_trace_callback(None)

    assert 1 <= len(statements) <= (4 if path == "/issues/8" else 3)


FRESH = "from app.main import app; from fastapi.testclient import TestClient; print(TestClient(app).get('/issues'))"


def test_a_fresh_checkout_answers_without_any_set_up(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in ("app", "seed"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))

    done = run("-c", FRESH, cwd=tmp_path, PYTHONPATH=str(checkout))

    assert (done.stdout, done.returncode) == ("<Response [200 OK]>\n", 0)
    assert len(list((checkout / "var").glob("*.sqlite3"))) == 1


def test_importing_the_app_has_no_effects(tmp_path: Path) -> None:
    run("-c", "import app.main", NOTICE_DATABASE=str(tmp_path / "var"))

    assert not (tmp_path / "var").exists()


def test_the_data_answers_with_and_without_the_lifespan(tmp_path: Path) -> None:
    app = create_app(Settings(database=tmp_path))

    with TestClient(app) as started:
        assert started.get("/issues").status_code == 200
    assert TestClient(create_app(Settings(database=tmp_path))).get("/issues").status_code == 200


def test_readiness_says_when_the_data_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite3").write_bytes(b"bad")
    client = TestClient(create_app(Settings(database=tmp_path / "bad.sqlite3")))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(tmp_path) not in answer.text


def test_a_folder_may_have_a_point_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "data.d"
    folder.mkdir()

    assert Database(SEED, folder).path.parent == folder


def test_the_same_seed_elsewhere_is_the_same_data(seed: Path, tmp_path: Path) -> None:
    assert Database(seed, tmp_path).path == Database(SEED, tmp_path).path


@pytest.mark.parametrize("path", ["/issues", "/docs", "/nope", "/openapi.json"])
def test_data_that_cannot_be_read_is_a_problem_document_everywhere(tmp_path: Path, path: str) -> None:
    client = TestClient(create_app(Settings(seed=tmp_path, database=tmp_path / "var")))

    answer = client.get(path)

    assert answer.status_code == (404 if path == "/nope" else 500)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
