"""The two readings of a notice: their agreement is computed rightly, and what they leave open is found."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_checks import PUTUO, edit, findings, read, run, write

from app.transcription.agreement import Row, agreement, cohens_kappa, paired, units_of
from app.transcription.layout.readings import Reading
from app.transcription.readings import Readings, read_readings

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seed"
NOTICE = SEED / "shanghai-putuo-2024"
README = (SEED / "README.md").read_text(encoding="utf-8")
READINGS = "shanghai-putuo-2024/readings"
DIFFERENCES = f"{READINGS}/differences.json"


def settle(content: Any) -> str:
    content[0]["settled"] = content[0]["first"]
    return "$[0].settled"


def misquote(content: Any) -> str:
    content[0]["second"] = "区委"
    return "$[0]"


def leave_open(content: Any) -> str:
    del content[0]
    return "$"


def settle_twice(content: Any) -> str:
    content.append(content[0])
    return "$"


def settle_nothing(content: Any) -> str:
    content.append(content[0] | {"key": "m99-1"})
    return f"$[{len(content) - 1}]"


def invent_a_measure(content: Any) -> str:
    content[0]["id"] = "m99-1"
    return "$"


def invent_a_code(content: Any) -> str:
    content[1]["kind"] = "nonesuch"
    return "$[1].kind"


def invent_a_key(content: Any) -> str:
    content[0]["reader"] = "x"
    return "$[0].reader"


def forget_a_body(content: Any) -> str:
    del content[-1]
    return "$"


# What is done to which file, in which file it is found, and in which words.
FAULTS: dict[str, tuple[str, Callable[[Any], str], str, str]] = {
    "a_value_settled_against_the_transcription": (DIFFERENCES, settle, DIFFERENCES, "is transcribed"),
    "a_difference_that_is_another": (DIFFERENCES, misquote, DIFFERENCES, "the readings say "),
    "a_difference_that_is_not_settled": (DIFFERENCES, leave_open, DIFFERENCES, "no entry settles it"),
    "a_difference_settled_twice": (DIFFERENCES, settle_twice, DIFFERENCES, "settles one difference twice"),
    "an_entry_of_nothing": (DIFFERENCES, settle_nothing, DIFFERENCES, "the readings have no"),
    "an_unknown_code": (
        f"{READINGS}/first/measures.json", invent_a_code, f"{READINGS}/first/measures.json", "is not in the vocabulary"
    ),
    "an_unknown_key": (
        f"{READINGS}/second/topics.json", invent_a_key, f"{READINGS}/second/topics.json", "Extra inputs"
    ),
    "a_body_that_one_reading_lacks": (
        f"{READINGS}/first/organizations.json", forget_a_body, DIFFERENCES, "no entry settles it"
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faults_of_readings_are_reported(fault: tuple[str, Callable[[Any], str], str, str], seed: Path) -> None:
    file, work, reported, words = fault
    path = edit(work, "", file).apply(seed)
    found = [f for f in findings(seed) if (f.file, f.path) == (str(seed / reported), path)]
    assert any(words in finding.message for finding in found), found


def test_a_statement_that_no_notice_has_is_reported(seed: Path) -> None:
    for name in ("first", "second"):
        edit(invent_a_measure, "", f"{READINGS}/{name}/measures.json").apply(seed)
    assert any("'m99-1'" in finding.message for finding in findings(seed))


def test_a_value_that_both_readings_have_is_the_one_transcribed(seed: Path) -> None:
    content = read(seed / PUTUO)
    next(s for s in content["statements"] if s["id"] == "m2-2")["kind"] = "project"
    write(seed / PUTUO, content)
    assert [f.message for f in findings(seed)] == [
        "statement: kind of 'm2-2': 'research' holds, but 'project' is transcribed"
    ]


def test_what_neither_reading_has_is_not_transcribed(seed: Path) -> None:
    for name in ("first", "second"):
        edit(forget_a_body, "", f"{READINGS}/{name}/organizations.json").apply(seed)
    assert {f.message.partition(" of ")[0] for f in findings(seed)} == {"organization", "mention"}


def test_a_missing_reading_is_reported(seed: Path) -> None:
    (seed / READINGS / "second" / "clauses.json").unlink()
    assert [Path(finding.file).name for finding in findings(seed)] == ["clauses.json"]


def test_a_notice_may_have_no_readings(both_notices: Path) -> None:
    assert findings(both_notices) == []
    result = run(both_notices, "agreement", "linjiang-2025")
    assert result.returncode == 1
    assert "there are no readings of 'linjiang-2025'" in result.stderr


def test_kappa_is_that_of_a_known_table() -> None:
    # 20 and 15 agreed, 5 and 10 not: observed 0.7, expected 0.5.
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohens_kappa([*pairs]) == pytest.approx(0.4)
    assert cohens_kappa([("yes", "yes")]) is None
    assert cohens_kappa([]) is None


def reading(**files: Any) -> Reading:
    return Reading.model_validate({key: [] for key in Reading.model_fields} | files)


def test_presence_is_counted_over_both_and_other_fields_over_what_both_have() -> None:
    first = reading(topics=[{"issue": 1, "topics": ["land", "audit"]}], measures=[{"id": "m1-1", "role": "measure"}])
    second = reading(topics=[{"issue": 1, "topics": ["land"]}], measures=[{"id": "m1-1", "role": "outcome"}])
    rows = {row.field: row for row in agreement(Readings(first, second, []))}
    assert rows["topic"] == Row("topic", 2, 1, None, 2 / 3)
    assert (rows["statement: role"].units, rows["statement: role"].agreed) == (1, 0)
    assert rows["statement: kind"].units == 0


def test_the_same_text_twice_is_two_units() -> None:
    clause = {"section": "s1", "quote": "召开会议", "role": "outcome"}
    assert list(units_of(reading(clauses=[clause, clause]))["clause"]) == ["s1: 召开会议", "s1: 召开会议 #2"]


def test_the_differences_are_those_of_the_readings() -> None:
    readings, found = read_readings(NOTICE / "readings")
    assert readings, found
    pairs = paired(units_of(readings.first), units_of(readings.second))
    different = {(field, key) for field, key, one, other in pairs if one != other}
    assert different == {(entry.field, entry.key) for entry in readings.differences}
    assert f"lists the {len(different)} differences" in README
    assert sum(row.units - row.agreed for row in agreement(readings)) == len(different)


def test_the_table_of_agreement_is_that_of_the_command() -> None:
    result = run(SEED, "agreement")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout in README


def tables() -> dict[str, dict[str, int]]:
    """The numbers of the README's tables, by the head of their first column."""
    found: dict[str, dict[str, int]] = {}
    for table in re.findall(r"(?:^\|.*\n)+", README, re.M):
        head, _, *lines = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()]
        if head[1] == "number":
            found[head[0]] = {line[0]: int(line[1]) for line in lines}
    return found


def test_every_number_of_the_tables_is_that_of_the_data() -> None:
    notice, glossary = (json.loads(path.read_bytes()) for path in (NOTICE / "notice.json", SEED / "glossary.json"))
    statements = notice["statements"]
    measures = [statement for statement in statements if statement["role"] == "measure"]
    issues = {issue["section"] for issue in notice["issues"]}
    assert tables() == {
        "what": {
            **{name: len(notice[name]) for name in ("sections", "categories", "issues", "statements", "metrics")},
            **{name: len(notice[name]) for name in ("numerals", "documents", "organizations")},
            "statements outside the issues": sum(s["section"] not in issues for s in statements),
            "measures": len(measures),
            "measures outside the issues": sum(m["section"] not in issues for m in measures),
            "measures with an actor": sum(m["actor"] is not None for m in measures),
            "measures with a directive": sum(m["directive"] is not None for m in measures),
            "measures with an actor and a directive": sum(None not in (m["actor"], m["directive"]) for m in measures),
            "document places": sum(len(document["places"]) for document in notice["documents"]),
            "reasons for no document": len(notice["undocumented"]),
            "organizations named": sum(body["named"] for body in notice["organizations"]),
            "organization places": sum(len(body["mentions"]) for body in notice["organizations"]),
            "glossary entries": len(glossary),
            "glossary entries marked uncertain": sum(entry["uncertain"] for entry in glossary),
        },
        "role": Counter(statement["role"] for statement in statements),
        "modality": Counter(measure["modality"] for measure in measures),
        "kind": Counter(measure["kind"] for measure in measures),
        "directive_code": Counter(m["directive_code"] for m in measures if m["directive_code"]),
        "sanction": Counter(statement["sanction"] for statement in statements if statement["sanction"]),
        "document act": Counter(document["act"] for document in notice["documents"]),
        "organization part": Counter(m["part"] for body in notice["organizations"] for m in body["mentions"]),
    }


def test_the_examples_of_the_verbs_have_their_kind() -> None:
    kinds = {s["id"]: (s["kind"], s["quote"]) for s in json.loads((NOTICE / "notice.json").read_bytes())["statements"]}
    examples = re.findall(r"^\| `(\w+)` \| \d+ \| .* \| (.*) \|$", README, re.M)
    assert len(examples) == len({kind for kind, _ in kinds.values() if kind})
    for kind, cell in examples:
        for id, text in re.findall(r"(m[0-9a-z-]+) ([^;]+)", cell):
            assert kinds[id][0] == kind, id
            assert all(part in kinds[id][1] for part in text.strip().split("…")), id


def test_the_documents_of_the_project_give_the_counts_of_the_data() -> None:
    counts = tables()["what"]
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("### Data")[2]
    for name in ("statements", "metrics", "documents", "organizations"):
        assert re.search(rf"\b{counts[name]}\s+{name}", log), name
    assert f"{counts['measures']} of them measures" in log
    for name in ("README.md", "README.zh-CN.md"):
        assert f'"total": {counts["measures"]},' in (ROOT / name).read_text(encoding="utf-8")
