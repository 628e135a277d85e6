"""Points under an issue are told from issues, and rows of tables are sections that say what they print of an issue."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asgi import Client

from app.main import create_app
from app.settings import Settings
from app.transcription.draft.folder import write_draft
from app.transcription.seed import check_folder, load_seed

Drafter = Callable[[str], dict[str, Any]]
TITLE = "中共青石县某局党组关于巡察整改情况的通报\n2024年5月，县委巡察组对局党组开展了巡察。\n"


@pytest.fixture
def drafted(seed: Path) -> Drafter:
    """Drafts a text and returns `notice.json`; fails if the checks find anything in it."""

    def draft(text: str) -> dict[str, Any]:
        (seed.parent / "text.txt").write_text(TITLE + text, encoding="utf-8")
        folder, drafted = write_draft(seed, seed.parent / "text.txt", "drafted", None)
        assert check_folder(folder, load_seed(seed).vocabularies)[1] == []
        return drafted.notice

    return draft


def issues(notice: dict[str, Any]) -> list[tuple[str, str]]:
    """Where each issue stands, and its problem."""
    return [(issue["section"], issue["problem"]) for issue in notice["issues"]]


def roles(notice: dict[str, Any]) -> dict[str, str]:
    return {section["id"]: section["role"] for section in notice["sections"] if section["id"] not in FRAME}


FRAME = ("s-masthead", "s-preface")
# Notices, the place and the problem of each issue, and the places of their points and categories.
SHAPES = {
    "points-in-brackets": (
        "二、整改落实情况\n（一）教学管理有短板\n1.课程建设滞后\n（1）完善制度机制。修订课程管理办法。\n（2）加强队伍建设。"
        "引进教师6人。\n2.实训条件不足\n（1）加大投入力度。购置设备12台。\n",
        [("s2-1-1", "课程建设滞后"), ("s2-1-2", "实训条件不足")],
        {"s2": "progress", "s2-1": "category", "s2-1-1-1": "issue", "s2-1-1-2": "issue", "s2-1-2-1": "issue"},
    ),
    "points-under-the-first-level": (
        "一、针对“安全责任不实”的问题\n（一）压实安全责任。签订责任书32份。\n（二）开展隐患排查。整改隐患17处。\n"
        "二、针对“采购程序不规范”的问题\n（一）修订采购管理办法。\n",
        [("s1", "安全责任不实"), ("s2", "采购程序不规范")],
        {"s1-1": "issue", "s1-2": "issue"},
    ),
    "measures-after-labels": (
        "一、问题整改情况\n（一）关于低保审核不严的问题\n整改措施：\n1.健全审核机制。建立信息比对机制。\n2.强化动态管理。"
        "清退46户。\n整改成效：投诉下降35%。\n整改状态：已完成\n（二）关于养老设施闲置的问题\n整改情况：盘活床位120张。\n",
        [("s1-1", "低保审核不严"), ("s1-2", "养老设施闲置")],
        {"s1": "progress", "s1-1-1": "issue", "s1-1-2": "issue"},
    ),
    "points-that-are-paragraphs": (
        "一、整改情况\n（一）资金监管不严\n1.开展专项检查，检查单位12家，发现并整改问题9个。\n2.制定资金管理办法，收回资金30万元。\n"
        "（二）作风建设不力\n一是加强教育。开展警示教育3场。\n二是严肃问责。约谈干部2人。\n",
        [("s1-1", "资金监管不严"), ("s1-2", "作风建设不力")],
        {"s1": "progress"},
    ),
    "problems-under-a-problem": (
        "一、整改情况\n（一）管党治党不严格\n1.责任落实不到位\n签订责任书15份。\n2.监督执纪宽松软\n给予党纪处分1人。\n",
        [("s1-1-1", "责任落实不到位"), ("s1-1-2", "监督执纪宽松软")],
        {"s1": "progress", "s1-1": "category"},
    ),
    "circled-points": (
        "一、整改情况\n1.针对“纪律执行不严”问题\n①开展警示教育。通报典型案件5起。\n②严肃执纪问责。给予党纪处分3人。\n",
        [("s1-1", "纪律执行不严")],
        {"s1": "progress", "s1-1-1": "issue", "s1-1-2": "issue"},
    ),
    "no-numbers": (
        "针对“主责主业不聚焦”问题\n退出企业3户。\n关于投资决策不科学问题的整改情况\n修订投资管理办法。\n",
        [("s1", "主责主业不聚焦"), ("s2", "投资决策不科学")],
        {},
    ),
}


@pytest.mark.parametrize(("text", "found", "others"), SHAPES.values(), ids=SHAPES)
def test_points_that_say_what_was_done_belong_to_the_issue_above(
    drafted: Drafter, text: str, found: list[tuple[str, str]], others: dict[str, str]
) -> None:
    notice = drafted(text)

    assert issues(notice) == found
    assert roles(notice) == others | {section: "issue" for section, _ in found}


def test_what_stands_in_a_point_is_counted_with_its_issue(drafted: Drafter, seed: Path, tmp_path: Path) -> None:
    drafted(SHAPES["points-in-brackets"][0])
    client = Client(create_app(Settings(seed=seed, database=tmp_path / "var", drafts=True)))

    issue = client.get("/issues/1?notice=drafted").json()

    assert [measure["text"] for measure in issue["measures"]] == ["修订课程管理办法", "引进教师6人"]
    assert issue["text"].startswith("（1）完善制度机制。")
    assert [metric["value"] for metric in issue["metrics"]] == [6]


def test_a_paragraph_keeps_the_number_in_front_of_it_as_a_marker(drafted: Drafter) -> None:
    statements = drafted(SHAPES["points-that-are-paragraphs"][0])["statements"]

    markers = [statement["marker"] for statement in statements if "marker" in statement]
    assert markers == ["1.", "2.", "一是", "二是"]


def test_a_status_after_the_points_is_that_of_the_issue(drafted: Drafter) -> None:
    first, second = drafted(SHAPES["measures-after-labels"][0])["issues"]

    assert (first["status"], first["status_text"]) == ("done", "已完成")
    assert "status" not in second


def test_what_is_next_is_no_part_of_the_last_issue(drafted: Drafter) -> None:
    notice = drafted("一、整改情况\n1.针对“学风不正”问题\n开展督查3次。\n下一步，局党组将持续抓好整改。\n")

    assert roles(notice) == {"s1": "progress", "s1-1": "issue", "s1-next-steps": "next_steps"}


BODY = "一、整改情况\n1.关于调研不深入的问题\n开展调研6次。\n2.关于审批缓慢的问题\n压缩办理时限。\n"
HEADER = ["序号", "反馈问题", "责任领导", "责任单位", "完成时限", "整改状态"]
ROWS = [
    ["1", "调研不深入", "王某", "研究室", "2024年8月", "已完成"],
    ["2", "审批缓慢", "李某", "审批科", "长期坚持", "持续推进"],
]
TABLES = {
    "tabs": "\n".join("\t".join(row) for row in [HEADER, *ROWS]),
    "wide-spaces": "\n".join("\u3000".join(row) for row in [HEADER, *ROWS]),
    "a-line-for-a-cell": "\n".join(cell for row in [HEADER, *ROWS] for cell in row),
}


@pytest.mark.parametrize("place", ["附件：整改情况一览表\n", "三、整改情况一览表\n"], ids=["annex", "body"])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_row_says_status_deadline_and_who_is_responsible_of_the_issue_that_it_prints(
    drafted: Drafter, table: str, place: str
) -> None:
    notice = drafted(BODY + place + table + "\n")

    rows = [section["id"] for section in notice["sections"] if section["role"] == "annex"][-2:]
    fields = ("status", "deadline_text", "responsible_text", "row")
    assert [[words(issue.get(field)) for field in fields] for issue in notice["issues"]] == [
        ["done", "2024年8月", "研究室", rows[0]],
        ["ongoing", "长期坚持", "审批科", rows[1]],
    ]


def words(quote: Any) -> Any:
    return quote["exact"] if isinstance(quote, dict) else quote


def test_a_row_about_no_issue_or_about_two_says_nothing_of_any(drafted: Drafter) -> None:
    table = "\n".join("\t".join(row) for row in [HEADER, ["1", "会风不实", *ROWS[0][2:]], ROWS[1], ["3", *ROWS[1][1:]]])

    notice = drafted(f"{BODY}附件\n{table}\n")

    assert [set(issue) & {"status", "row"} for issue in notice["issues"]] == [set(), set()]


def test_what_an_issue_prints_itself_holds_against_its_row(drafted: Drafter) -> None:
    body = BODY.replace("开展调研6次。", "开展调研6次。\n整改状态：基本完成")

    notice = drafted(f"{body}附件\n{TABLES['tabs']}\n")

    assert [issue["status"] for issue in notice["issues"]] == ["partly_done", "ongoing"]


def test_rows_are_the_issues_of_a_notice_that_has_no_others(drafted: Drafter) -> None:
    table = "序号\t存在问题\t整改措施\t责任单位\t状态\n1\t调研不深入\t1.制定计划；\n2.开展调研6次。\t研究室\t已完成\n"

    notice = drafted(f"一、整改情况\n{table}二、下一步打算\n坚持抓好整改。\n")

    assert issues(notice) == [("s1-annex-1", "调研不深入")]
    assert (notice["issues"][0]["status"], notice["issues"][0]["responsible_text"]) == ("done", "研究室")
    assert [s["quote"] for s in notice["statements"]][:2] == ["制定计划", "开展调研6次"]


def test_the_numbers_of_rows_count_nothing(drafted: Drafter) -> None:
    notice = drafted(f"{BODY}附件\n{TABLES['tabs']}\n")

    assert [metric["value"] for metric in notice["metrics"]] == [6]
