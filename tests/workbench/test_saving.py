"""Every decision is on disk before it is answered; nothing is lost, and no other program's work is written over."""

import json
import os
import signal
import time
from pathlib import Path

import httpx2
import pytest
from editing import SLUG, Workbench, editing

from app.workbench.folder import plain


def test_accepting_a_record_takes_its_guesses_out_of_the_file(workbench: Workbench) -> None:
    before = workbench.saved

    workbench.done("accept", records=["statements/c-s1-1", "numerals/n1"])

    assert not [g for g in workbench.saved_guesses if g["record"] in ("statements/c-s1-1", "numerals/n1")]
    assert [g for g in workbench.saved_guesses if g["record"] == "numerals/n2"]
    assert workbench.saved == before


def test_a_changed_field_is_a_changed_line(workbench: Workbench) -> None:
    workbench.done("set", "statements/m-s1-2", field="kind", value="coordination")
    before = (workbench.home / "notice.json").read_text(encoding="utf-8").splitlines()

    workbench.done("set", "statements/m-s1-2", field="kind", value="training")

    after = (workbench.home / "notice.json").read_text(encoding="utf-8").splitlines()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert [(one.strip(), other.strip()) for one, other in changed] == [
        ('"kind": "coordination",', '"kind": "training",')
    ]


def test_numbers_stay_as_they_are_printed(workbench: Workbench) -> None:
    before = workbench.saved

    workbench.done("set", "metrics/meetings-standing-committee", field="label", value="常委会")

    old = [metric["value"] for metric in before["metrics"]]
    assert json.dumps([metric["value"] for metric in workbench.saved["metrics"]]) == json.dumps(old)


def test_a_file_that_changed_under_the_page_is_not_written_over(workbench: Workbench) -> None:
    theirs = workbench.saved
    theirs["notice"]["title_en"] = "Changed by another program"
    (workbench.home / "notice.json").write_bytes(plain(theirs))

    answer = workbench.edit("set", "statements/m-s1-2", field="kind", value="training")

    assert answer.status_code == 409
    assert "changed" in answer.json()["detail"]
    assert workbench.saved == theirs


def test_of_two_pages_the_second_is_told(draft_seed: Path) -> None:
    one, other = Workbench(draft_seed), Workbench(draft_seed)
    one.done("set", "statements/m-s1-2", field="kind", value="training")

    answer = other.edit("set", "statements/m-s1-2", field="kind", value="project")

    assert answer.status_code == 409
    assert one.record("statements/m-s1-2")["kind"] == "training"


def test_a_machine_that_stops_while_writing_leaves_the_old_file(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (workbench.home / "notice.json").read_bytes()

    def stop(*_: object) -> None:
        raise OSError("no power")

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(OSError, match="no power"):
        workbench.edit("set", "statements/m-s1-2", field="kind", value="training")

    assert (workbench.home / "notice.json").read_bytes() == before


def test_what_was_answered_survives_a_killed_process(draft_seed: Path) -> None:
    kinds = ["training", "project", "funding", "service", "research"]
    with editing(draft_seed, SLUG) as (address, process):
        origin = {"Origin": address[: address.index("/", 8)]}
        with httpx2.Client(base_url=address, headers=origin) as client:
            version = client.get("notice").json()["version"]
            for kind in kinds:
                edit = {"do": "set", "record": "statements/m-s1-2", "field": "kind", "value": kind}
                version = client.post("edits", json={"base": version, "edit": edit}).json()["version"]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    after = Workbench(draft_seed)
    assert after.record("statements/m-s1-2")["kind"] == "research"
    for kind in reversed(kinds[:-1]):
        assert after.ask("undo").status_code == 200
        assert after.record("statements/m-s1-2")["kind"] == kind


def test_undo_and_redo_go_back_to_the_first_state_and_forth(workbench: Workbench) -> None:
    first = workbench.view
    workbench.done("accept", records=["statements/c-s1-1"])
    workbench.done("set", "statements/m-s1-2", field="role", value="outcome")
    workbench.done("join", "statements/m-s1-2")
    last = workbench.view

    for _ in range(3):
        assert workbench.ask("undo").status_code == 200
    assert (workbench.view["content"], workbench.view["guesses"]) == (first["content"], first["guesses"])
    assert workbench.ask("undo").json()["detail"] == "there is nothing to undo"
    for _ in range(3):
        assert workbench.ask("redo").status_code == 200
    assert (workbench.view["content"], workbench.view["guesses"]) == (last["content"], last["guesses"])


def test_a_new_edit_ends_what_could_be_redone(workbench: Workbench) -> None:
    workbench.done("accept", records=["statements/c-s1-1"])
    workbench.ask("undo")
    workbench.done("accept", records=["statements/m-s1-2"])

    assert workbench.ask("redo").status_code == 422


def test_what_another_program_wrote_is_not_undone(workbench: Workbench) -> None:
    workbench.done("accept", records=["statements/c-s1-1"])
    theirs = workbench.saved
    theirs["notice"]["title_en"] = "Changed by another program"
    (workbench.home / "notice.json").write_bytes(plain(theirs))

    after = Workbench(workbench.home.parent)

    assert not after.view["can_undo"]
    assert after.ask("undo").status_code == 422
    assert after.saved == theirs


def test_a_torn_line_of_the_journal_costs_nothing_but_that_line(workbench: Workbench) -> None:
    workbench.done("accept", records=["statements/c-s1-1"])
    with (workbench.home / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"at": 17')

    assert Workbench(workbench.home.parent).ask("undo").status_code == 200


def test_the_clock_counts_work_and_no_pauses(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    for seconds, record in ((0, "statements/c-s1-1"), (30, "statements/m-s1-2"), (7200, "numerals/n1")):
        now[0] += seconds
        workbench.done("accept", records=[record])

    assert workbench.view["clock"] == {"seconds": 30 + 120, "decisions": 1 + 3 + 1}
