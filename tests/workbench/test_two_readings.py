"""Two readers decide on their own; their differences are settled side by side, and the notice says what holds."""

import json
from pathlib import Path

import pytest
from editing import Workbench

from app.transcription.findings import InvalidSeed
from app.transcription.seed import check_folder, load_seed


def finish(reader: Workbench) -> None:
    reader.done("accept", records=sorted({guess["record"] for guess in reader.saved_guesses}))
    answer = reader.ask("publish")
    assert answer.status_code == 200, answer.text


@pytest.fixture
def readers(draft_seed: Path) -> tuple[Workbench, Workbench]:
    """Both readings, begun."""
    return Workbench(draft_seed, "first"), Workbench(draft_seed, "second")


@pytest.fixture
def settling(draft_seed: Path, readers: tuple[Workbench, Workbench]) -> Workbench:
    """The workbench after two finished readings with three differences."""
    first, second = readers
    first.done("set", "statements/m-s1-2", field="kind", value="coordination")
    second.done("set", "statements/m1-1", field="kind", value="meeting")
    second.done("set", "issues/1", field="topics", value=["land", "audit"])
    finish(first)
    finish(second)
    return Workbench(draft_seed)


def settle(workbench: Workbench, one: dict[str, object], settled: object, why: str = "The manual says so.") -> object:
    base = workbench.get("differences").json()["base"]
    entry = {"field": one["field"], "key": one["key"], "settled": settled, "why": why}
    return workbench.post("differences", {"base": base, "settled": entry})


def test_a_reader_changes_neither_the_notice_nor_the_other_reading(readers: tuple[Workbench, Workbench]) -> None:
    first, second = readers
    notice, other = (first.home / "notice.json").read_bytes(), (second.place / "notice.json").read_bytes()

    first.done("set", "statements/m-s1-2", field="kind", value="coordination")

    assert (first.home / "notice.json").read_bytes() == notice
    assert (second.place / "notice.json").read_bytes() == other
    assert first.record("statements/m-s1-2")["kind"] == "coordination"


def test_a_reader_sees_nothing_of_the_other_reading(settling: Workbench) -> None:
    first = Workbench(settling.home.parent, "first")

    for path in ("differences", "settle"):
        assert first.get(path).status_code == 403
    assert first.ask("adopt").status_code == 403


def test_the_bounds_of_an_issues_clauses_are_given(readers: tuple[Workbench, Workbench]) -> None:
    answer = readers[0].edit("join", "statements/m1-1")

    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "in a reading the bounds of an issue's clauses are given",
    )


def test_there_is_nothing_to_settle_before_both_are_finished(
    draft_seed: Path, readers: tuple[Workbench, Workbench]
) -> None:
    finish(readers[0])

    answer = Workbench(draft_seed).get("differences")

    assert (answer.status_code, answer.json()["detail"]) == (422, "the second reading is not finished yet")


def test_every_difference_is_shown_beside_what_the_notice_says(settling: Workbench) -> None:
    shown = settling.get("differences").json()["differences"]

    assert {(d["field"], d["first"], d["second"], d["transcribed"]) for d in shown} == {
        ("clause: kind", "coordination", "meeting", "meeting"),
        ("statement: kind", "training", "meeting", "training"),
        ("topic", False, True, False),
    }
    assert not any(d["is_settled"] for d in shown)


def test_what_is_settled_is_written_and_the_notice_says_it(settling: Workbench) -> None:
    shown = settling.get("differences").json()["differences"]
    for one in shown:
        assert settle(settling, one, one["second"]).status_code == 200  # type: ignore[attr-defined]

    after = settling.get("differences").json()["differences"]
    assert [d["transcribed"] for d in after] == [d["settled"] for d in after] == [d["second"] for d in after]
    assert settling.record("statements/m1-1")["kind"] == "meeting"
    path = settling.home / "readings/differences.json"
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 3


def test_settled_readings_pass_the_checker(settling: Workbench) -> None:
    for one in settling.get("differences").json()["differences"]:
        settle(settling, one, one["first"])
    settling.view = settling.get("notice").json()
    settling.done("accept", records=sorted({guess["record"] for guess in settling.saved_guesses}))

    _, findings = check_folder(settling.home, load_seed(settling.home.parent).vocabularies)

    assert [str(finding) for finding in findings] == [], InvalidSeed(findings)


def test_a_difference_is_not_settled_without_a_reason(settling: Workbench) -> None:
    one = settling.get("differences").json()["differences"][0]

    assert settle(settling, one, one["first"], why=" ").status_code == 422  # type: ignore[attr-defined]


def test_the_notice_can_begin_from_the_first_reading(settling: Workbench) -> None:
    assert settling.ask("adopt").status_code == 200

    assert settling.record("statements/m-s1-2")["kind"] == "coordination"
    assert settling.saved_guesses == []
