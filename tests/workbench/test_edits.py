"""Each edit does what its key says, keeps the rest of the notice in step, and is refused where it makes no sense."""

import pytest
from editing import Workbench, make_seed


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A workbench for edits that are refused."""
    return Workbench(make_seed(tmp_path_factory.mktemp("shared") / "seed"))


ALL = [
    ("set", "statements/nothing", {"field": "kind", "value": "training"}, "there is no statements/nothing"),
    ("join", "statements/o4-2", {}, "next one of its own paragraph"),
    ("split", "statements/m-s1-2", {"at": 0}, "caret inside the clause"),
    ("mark", "statements/m-s1-2", {"field": "actor", "start": 5, "end": 5}, "select some words"),
    ("mark", "statements/m-s1-2", {"field": "actor", "start": 0, "end": 4}, "not in the sentence"),
    ("mark", "", {"field": "figure", "start": 0, "end": 4}, "can't be parsed as one figure"),
    ("join", "numerals/n1", {}, "only clauses and sections"),
    ("split", "numerals/n1", {"at": 3}, "only clauses and sections"),
    ("set", "notice", {"field": "stage", "value": "published"}, "not set by hand"),
    ("remove", "notice", {}, "can't be removed"),
    ("set", "organizations/linjiang-party-committee", {"field": "mentions.9.part", "value": "actor"}, "there is no"),
]


def test_the_draft_of_these_tests_passes_the_checker(workbench: Workbench) -> None:
    assert [f["message"] for f in workbench.findings()] == []


def test_a_role_that_is_no_measure_takes_the_fields_of_measures_along(workbench: Workbench) -> None:
    workbench.done("set", "statements/m-s1-2", field="role", value="outcome")

    statement = workbench.record("statements/m-s1-2")
    assert statement["role"] == "outcome"
    assert not {key for key in ("kind", "actor", "modality") if statement.get(key)}
    assert not [g for g in workbench.saved_guesses if g["record"] == "statements/m-s1-2"]


def test_a_kind_makes_a_measure(workbench: Workbench) -> None:
    workbench.done("set", "statements/c-s1-1", field="kind", value="training")

    statement = workbench.record("statements/c-s1-1")
    assert (statement["role"], statement["kind"], statement["modality"]) == ("measure", "training", "reported")


def test_a_clause_is_split_at_the_caret_and_joined_again(workbench: Workbench) -> None:
    start, end = workbench.at("惠及居民近3000户")
    clause = next(s for s in workbench.saved["statements"] if s["quote"] == "惠及居民近3000户")
    address = f"statements/{clause['id']}"

    view = workbench.done("split", address, at=start + 4)

    new = view["record"]
    assert (workbench.record(address)["quote"], workbench.record(new)["quote"]) == ("惠及居民", "近3000户")
    assert {g["field"] for g in workbench.saved_guesses if g["record"] == new} >= {"role"}
    workbench.done("join", address)
    assert workbench.record(address)["quote"] == clause["quote"]
    assert new not in {f"statements/{s['id']}" for s in workbench.saved["statements"]}
    assert end > start


def test_punctuation_at_the_caret_belongs_to_neither_clause(workbench: Workbench) -> None:
    statements = workbench.saved["statements"]
    n = next(n for n, s in enumerate(statements) if s["quote"].startswith("复垦耕地"))
    one, other = statements[n], statements[n + 1]
    workbench.done("join", f"statements/{one['id']}")
    comma = workbench.at("，", "复垦耕地312亩")[0]

    for at in (comma, comma + 1):
        view = workbench.done("split", f"statements/{one['id']}", at=at)
        assert workbench.record(f"statements/{one['id']}")["quote"] == one["quote"]
        assert workbench.record(view["record"])["quote"] == other["quote"]
        workbench.ask("undo")


def test_selected_words_become_a_field_told_apart_by_what_stands_beside_them(workbench: Workbench) -> None:
    start, end = workbench.at("区委", "一、整改工作组织情况")

    workbench.done("mark", "statements/c-s1-1", field="actor", start=start, end=end)
    assert workbench.record("statements/c-s1-1")["actor"] == "区委"

    start, end = workbench.at("各", "各镇、")
    clause = next(s for s in workbench.saved["statements"] if "近40次" in s["quote"])
    workbench.done("mark", f"statements/{clause['id']}", field="actor", start=start, end=end)
    assert workbench.record(f"statements/{clause['id']}")["actor"] == {"exact": "各", "suffix": "镇"}


def test_a_directive_brings_its_code(workbench: Workbench) -> None:
    clause = next(s for s in workbench.saved["statements"] if "落实田长制" in s["quote"])
    start, end = workbench.at("督促", "二是")

    workbench.done("set", f"statements/{clause['id']}", field="directive", value=None)
    assert not workbench.record(f"statements/{clause['id']}").get("directive_code")
    workbench.done("mark", f"statements/{clause['id']}", field="directive", start=start, end=end)
    assert workbench.record(f"statements/{clause['id']}")["directive_code"] == "urged"


def test_selected_words_become_a_document_once_and_then_a_further_place(workbench: Workbench) -> None:
    start, end = workbench.at("评估报告")
    known = len(workbench.saved["documents"])
    for document in workbench.saved["documents"]:
        if document["name"] == "评估报告":
            workbench.done("remove", f"documents/{document['id']}")
            known -= 1

    view = workbench.done("mark", "", field="document", start=start, end=end)

    assert len(workbench.saved["documents"]) == known + 1
    assert workbench.record(view["record"])["type"] == "report"
    assert {g["field"] for g in workbench.saved_guesses if g["record"] == view["record"]} == {"type", "act"}
    again = workbench.edit("mark", field="document", start=start, end=end)
    assert again.status_code == 422
    assert "already" in again.json()["detail"]


def test_selected_words_become_a_body_with_the_part_that_they_play(workbench: Workbench) -> None:
    body = next(b for b in workbench.saved["organizations"] if b["name"] == "区财政局")
    workbench.done("remove", f"organizations/{body['id']}")
    start, end = workbench.at("区财政局")

    view = workbench.done("mark", "", field="body", start=start, end=end)

    assert workbench.record(view["record"])["mentions"] == [
        {"section": body["mentions"][0]["section"], "quote": "区财政局", "part": "actor"}
    ]


def test_a_selected_figure_has_what_its_words_say(workbench: Workbench) -> None:
    metric = next(m for m in workbench.saved["metrics"] if m["value_text"] == "1.2亿元")
    workbench.done("remove", f"metrics/{metric['id']}")
    start, end = workbench.at("1.2亿元")

    made = workbench.record(workbench.done("mark", "", field="figure", start=start, end=end)["record"])

    for field in ("section", "quote", "value_text", "value", "unit", "unit_code", "multiplier", "qualifier", "scope"):
        assert made[field] == metric[field], field
    numeral = next(n for n in workbench.saved["numerals"] if n["text"] == "1.2亿")
    assert numeral["class"] == "metric"


def test_a_section_is_split_and_joined_with_all_that_stands_in_it(workbench: Workbench) -> None:
    before = workbench.saved
    section = next(s for s in before["sections"] if s["role"] == "contact")
    at = workbench.at("电子邮箱")[0]

    new = workbench.done("split", f"sections/{section['id']}", at=at)["record"].removeprefix("sections/")

    lines = workbench.saved["contact"]
    assert {line["section"] for line in lines if line["kind"] == "telephone"} == {section["id"]}
    assert {line["section"] for line in lines if line["kind"] == "email"} == {new}
    workbench.done("accept", records=[f"sections/{new}"])
    workbench.done("join", f"sections/{section['id']}")
    assert workbench.saved == before


def test_the_first_words_of_a_section_become_its_heading(workbench: Workbench) -> None:
    section = next(s for s in workbench.saved["sections"] if s["role"] == "leadership")
    start, end = workbench.at(section["heading"])
    workbench.done("set", f"sections/{section['id']}", field="heading", value=None)
    workbench.done("set", f"sections/{section['id']}", field="text", value=[section["heading"], *section["text"]])

    workbench.done("mark", f"sections/{section['id']}", field="heading", start=start, end=end)

    made = workbench.record(f"sections/{section['id']}")
    assert (made["heading"], made["text"]) == (section["heading"], section["text"])


@pytest.mark.parametrize(("do", "record", "rest", "why"), ALL, ids=[f"{do} {why}" for do, _, _, why in ALL])
def test_an_edit_that_makes_no_sense_is_refused(
    unchanged: Workbench, do: str, record: str, rest: dict[str, object], why: str
) -> None:
    answer = unchanged.edit(do, record, **rest)

    assert answer.status_code == 422
    assert why in answer.json()["detail"]
    assert unchanged.get("notice").json()["version"] == unchanged.view["version"]


@pytest.mark.parametrize(
    "edit", [{"do": "write"}, {"do": "set"}, {"do": "accept", "records": 1}, {"do": "join", "x": 1}]
)
def test_what_is_no_edit_is_refused(unchanged: Workbench, edit: dict[str, object]) -> None:
    assert unchanged.ask("edits", edit=edit).status_code == 422


def test_a_finding_names_its_record_and_field(workbench: Workbench) -> None:
    workbench.done("set", "statements/m-s1-2", field="modality_text", value="下一步")

    assert {(f["record"], f["field"]) for f in workbench.findings()} == {("statements/m-s1-2", "modality_text")}
