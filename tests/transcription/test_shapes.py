"""Notices of other shapes are held: what each prints has its place, and what is left out or altered is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from test_checks import find

from app.models.contact import ContactRow
from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.notice import NoticeRow
from app.models.section import SectionRow
from app.models.statement import StatementRow
from app.transcription.document import SourceDocument
from app.transcription.files import read_json
from app.transcription.findings import Finding, Findings
from app.transcription.layout.vocabulary import Code, Vocabulary
from app.transcription.load.rows import notice_rows
from app.transcription.seed import check_folder

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "tests/notices"
HOSPITAL, GROUP, SCHOOL = "liushan-hospital-2024", "qianyuan-group-2025", "xiling-school-2025"
_SHARED = ROOT / "seed/vocabularies.json"


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, Vocabulary]:
    read = read_json(_SHARED, TypeAdapter(dict[Code, Vocabulary]), Findings(_SHARED))
    assert read
    return read


@pytest.fixture
def checked(tmp_path: Path, vocabularies: dict[str, Vocabulary]) -> Callable[..., tuple[SourceDocument, list[Finding]]]:
    """Checks a copy of an invented notice, perhaps with other values at some paths, or other words in its source."""

    def check(
        slug: str, changes: dict[str, Any] | None = None, source: tuple[str, str] | None = None
    ) -> tuple[SourceDocument, list[Finding]]:
        folder = Path(shutil.copytree(NOTICES / slug, tmp_path / slug, dirs_exist_ok=True))
        content = json.loads((folder / "notice.json").read_text(encoding="utf-8"))
        for path, value in (changes or {}).items():
            holder, key, _ = find(content, path)
            holder[key] = value
        (folder / "notice.json").write_text(json.dumps(content), encoding="utf-8")
        if source:
            text = (folder / "notice.txt").read_text(encoding="utf-8")
            assert source[0] in text
            (folder / "notice.txt").write_text(text.replace(*source, 1), encoding="utf-8", newline="\n")
        document, found = check_folder(folder, vocabularies)
        assert document
        return document, [finding for finding in found if "source_sha256" not in finding.path]

    return check


Check = Callable[..., tuple[SourceDocument, list[Finding]]]


@pytest.mark.parametrize("slug", [HOSPITAL, GROUP, SCHOOL])
def test_every_shape_passes(checked: Check, slug: str) -> None:
    assert checked(slug)[1] == []


def rows(document: SourceDocument, kind: type[Any]) -> list[Any]:
    return [row for row in notice_rows(document, 0) if isinstance(row, kind)]


def test_a_printed_status_is_served_with_its_words_and_their_place(checked: Check) -> None:
    document, _ = checked(HOSPITAL)

    issues = rows(document, IssueRow)
    assert [(issue.status, issue.status_text) for issue in issues] == [
        ("done", "已完成"),
        ("ongoing", "持续推进"),
        ("partly_done", "基本完成"),
    ]
    for issue in issues:
        assert document.source.text[issue.status_text_start : issue.status_text_end] == issue.status_text
    assert [(issue.deadline_text, issue.responsible_text) for issue in issues] == [
        ("2024年3月底", "医务部"),
        (None, "药学部、纪检监察室"),
        (None, None),
    ]


def test_a_status_may_stand_in_a_row_of_an_annex(checked: Check) -> None:
    document, _ = checked(GROUP)

    issues = rows(document, IssueRow)
    assert [issue.status for issue in issues] == ["done", "ongoing", "done", "long_term"]
    assert [issue.deadline_text for issue in issues] == ["2024年12月", "2025年6月", "2024年12月", "长期"]
    annex = next(row for row in rows(document, SectionRow) if row.id == "s-annex-4")
    assert annex.start < issues[3].status_text_start < annex.end


def test_a_status_that_is_not_printed_stays_null(checked: Check) -> None:
    document, _ = checked(SCHOOL)

    assert [(issue.status, issue.status_text) for issue in rows(document, IssueRow)] == [(None, None)] * 2


def test_an_issue_may_stand_on_any_level_with_or_without_a_category(checked: Check) -> None:
    group, hospital = checked(GROUP)[0], checked(HOSPITAL)[0]

    depths = {section.id: section.depth for section in rows(group, SectionRow)}
    assert [(depths[issue.section_id], issue.category_number) for issue in rows(group, IssueRow)] == [
        (3, 1),
        (3, 1),
        (3, 1),
        (2, 2),
    ]
    depths = {section.id: section.depth for section in rows(hospital, SectionRow)}
    assert [(depths[issue.section_id], issue.category_number) for issue in rows(hospital, IssueRow)] == [(0, None)] * 3


def test_what_a_masthead_does_not_print_is_null(checked: Check) -> None:
    (hospital,), (group,), (school,) = (rows(checked(slug)[0], NoticeRow) for slug in (HOSPITAL, GROUP, SCHOOL))

    assert (hospital.date, hospital.date_text, hospital.source_name, hospital.source_url) == (None,) * 4
    assert (group.date, group.date_text, group.source_name) == (None, "2025年3月", "黔原集团")
    assert (str(school.date), school.source_name, school.inspection_committee) == ("2025-01-06", None, None)


def test_a_notice_may_have_two_bodies_two_teams_a_look_back_and_a_time_of_rectification(checked: Check) -> None:
    (notice,) = rows(checked(GROUP)[0], NoticeRow)

    assert [body["text"] for body in notice.further_inspected_bodies] == ["中共黔原建设有限公司委员会"]
    assert (notice.inspection_team, notice.inspection_look_back_text) == (3, "“回头看”")
    assert [(team["team"], team["text"]) for team in notice.inspection_further_teams] == [(7, "省委第七巡视组")]
    assert (str(notice.rectification_start_date), str(notice.rectification_end_date)) == ("2024-09-01", "2025-02-28")
    assert (notice.feedback_date, notice.feedback_text) == (None, "2024年8月")
    assert notice.text[notice.inspection_look_back_text_start :].startswith("“回头看”整改")


def test_residue_may_stand_anywhere_and_counts_as_no_part_of_a_section(checked: Check) -> None:
    document, _ = checked(HOSPITAL)
    (notice,) = rows(document, NoticeRow)

    assert notice.characters == notice.characters_in_sections + notice.characters_in_residue
    assert document.source[document.residue[0]].startswith("首页 >")
    # The title is that of the notice, not the one that the menu repeats.
    assert notice.title_start > document.residue[0].end


def test_labels_and_markers_belong_to_no_clause(checked: Check) -> None:
    document, _ = checked(HOSPITAL)

    (labels,) = (section.labels for section in rows(document, SectionRow) if section.id == "s1")
    assert [label["text"] for label in labels] == ["整改情况：", "整改状态：", "责任部门：", "完成时限："]
    assert [(clause.marker, clause.text) for clause in rows(document, StatementRow)][:4] == [
        ("一是", "医务部修订病历质量管理办法"),
        ("二是", "开展病历抽查２８次"),
        (None, "合格率达98.5％"),
        ("三是", "公开抽查结果"),
    ]


def test_a_paragraph_may_end_without_a_stop(checked: Check) -> None:
    document, _ = checked(HOSPITAL)

    quotes = {metric.id: metric.quote for metric in rows(document, MetricRow)}
    assert (
        quotes["records-passed"] == "整改情况：一是医务部修订病历质量管理办法；二是开展病历抽查２８次，合格率达98.5％"
    )


FIGURES = [
    (HOSPITAL, "record-checks", 28, 28, 28, "occurrence"),
    (HOSPITAL, "records-passed", 98.5, 98.5, 98.5, "percent"),
    (HOSPITAL, "waiting", -10, None, -10, "minute"),
    (GROUP, "attendance", 10000, None, None, "person_time"),
    (GROUP, "completion-rate", 75, 75, 75, "percent"),
    (GROUP, "recovered", 36_005_000, 36_005_000, 36_005_000, "yuan"),
    (GROUP, "returned", 65_000, 65_000, 65_000, "yuan"),
    (GROUP, "contracts", 100, 100, None, "piece"),
    (GROUP, "envoys", 3, 3, 5, "person"),
    (GROUP, "coached", 10, 10, None, "person"),
]


@pytest.mark.parametrize(("slug", "id", "value", "lower", "upper", "unit"), FIGURES)
def test_a_figure_has_the_value_and_the_bounds_of_its_words(
    checked: Check, slug: str, id: str, value: float, lower: float | None, upper: float | None, unit: str
) -> None:
    (metric,) = (metric for metric in rows(checked(slug)[0], MetricRow) if metric.id == id)

    bounds = [bound if bound is None else float(bound) for bound in (metric.lower, metric.upper)]
    assert (float(metric.normalized_value), bounds, metric.unit_code) == (value, [lower, upper], unit)


def test_every_way_of_contact_has_its_machine_form(checked: Check) -> None:
    document, _ = checked(HOSPITAL)

    assert {line.id: (line.kind, line.uri) for line in rows(document, ContactRow)} == {
        "telephone": ("telephone", "tel:+86-456-7700123"),
        "telephone-2": ("telephone", "tel:+86-456-7700124"),
        "fax": ("fax", "tel:+86-456-7700125"),
        "hotline": ("telephone", "tel:12345;phone-context=+86"),
        "hours": ("hours", None),
        "website": ("website", "http://www.hospital.example.org"),
        "postbox": ("postbox", None),
    }


REFUSED: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "a_status_without_its_words": (HOSPITAL, {"$.issues[1].status_text": None}, "$.issues[0].status_text", "only if"),
    "words_without_a_status": (HOSPITAL, {"$.issues[1].status": None}, "$.issues[0].status_text", "only if"),
    "a_status_that_the_words_do_not_say": (HOSPITAL, {"$.issues[1].status": "ongoing"}, "$.issues[0].status", "done"),
    "mostly_done_as_done": (HOSPITAL, {"$.issues[3].status": "done"}, "$.issues[2].status", "partly_done, not done"),
    "a_status_of_another_issue": (
        HOSPITAL,
        {"$.issues[2].status": "done", "$.issues[2].status_text": "已完成"},
        "$.issues[1].status_text",
        "was not found here",
    ),
    "a_status_of_another_row": (GROUP, {"$.issues[2].row": "s-annex-1"}, "$.issues[1].status_text", "was not found"),
    "a_row_that_is_not_there": (GROUP, {"$.issues[2].row": "s-annex-9"}, "$.issues[1].row", "does not exist"),
    "a_status_that_no_field_holds": (
        HOSPITAL,
        {"$.issues[1].status": None, "$.issues[1].status_text": None},
        "$.statements[3]",
        "left out here: '已完成",
    ),
    "a_deadline_that_no_field_holds": (
        HOSPITAL,
        {"$.issues[1].deadline_text": None},
        "$.statements[3]",
        "left out here: '2024年3月底'",
    ),
    "a_label_not_declared": (
        HOSPITAL,
        {"$.sections[s2].labels": ["整改状态：", "责任部门："]},
        "$.statements[4].quote",
        "left out here: '整改情况：'",
    ),
    "labels_in_another_order": (
        HOSPITAL,
        {"$.sections[s2].labels": ["整改状态：", "整改情况：", "责任部门："]},
        "$.sections[3].labels[1]",
        "or in its order",
    ),
    "a_marker_in_a_clause": (
        HOSPITAL,
        {"$.statements[m1-1].quote": "一是医务部修订病历质量管理办法", "$.statements[m1-1].marker": None},
        "$.statements[0].marker",
        "is no part of the clause",
    ),
    "a_marker_that_is_another": (
        HOSPITAL,
        {"$.statements[m1-2].marker": "三是"},
        "$.statements[1].marker",
        "left out here: '二是",
    ),
    "residue_above_the_title": (
        HOSPITAL,
        {"$.notice.residue": ["分享到", "微信", "打印本页"]},
        "$.sections[1].text[0]",
        "",
    ),
    "residue_in_the_middle": (
        GROUP,
        {"$.notice.residue": ["当前位置："]},
        "$.sections[0].text[0]",
        "left out here: '首页'",
    ),
    "words_of_a_paragraph_as_residue": (
        SCHOOL,
        {"$.sections[s2].text": ["公开采购信息"], "$.notice.residue": ["完善食堂管理办法，"]},
        "$.sections[3].text[0]",
        "left out here",
    ),
    "a_category_that_is_not_above": (GROUP, {"$.issues[4].category": 1}, "$.issues[3].category", "is under category 2"),
    "no_category_where_there_is_one": (GROUP, {"$.issues[1].category": None}, "$.issues[0].category", "category 1"),
    "a_day_that_is_not_printed": (GROUP, {"$.notice.date": "2025-03-01"}, "$.notice.date_text", "does not say"),
    "a_day_of_feedback_that_is_not_printed": (
        GROUP,
        {"$.notice.inspection.feedback_date": "2024-08-01"},
        "$.notice.inspection.feedback_text",
        "does not say 2024-08-01",
    ),
    "another_day_of_the_rectification": (
        GROUP,
        {"$.notice.rectification.end_date": "2025-03-01"},
        "$.notice.rectification.period_text",
        "does not say",
    ),
    "a_team_by_another_number": (
        GROUP,
        {"$.notice.inspection.further_teams[0].team": 8},
        "$.notice.inspection.further_teams[0].team",
        "says 七, not 8",
    ),
    "a_look_back_left_out": (
        GROUP,
        {"$.notice.inspection.look_back_text": None},
        "$.notice.inspection.look_back_text",
        "says 回头看",
    ),
    "an_inspection_without_its_type": (
        SCHOOL,
        {"$.notice.inspection.type": None},
        "$.notice.inspection.type",
        "only if",
    ),
    "a_full_width_figure_altered": (HOSPITAL, {"$.metrics[record-checks].value": 29}, "$.metrics[0].value", "says 28"),
    "a_grouped_figure_altered": (GROUP, {"$.metrics[recovered].value": 3600}, "$.metrics[5].value", "says 3600.5"),
    "a_range_as_one_number": (
        GROUP,
        {"$.metrics[envoys].value_text": "5名", "$.metrics[envoys].value": 5, "$.metrics[envoys].qualifier": "exact"},
        "$.metrics[9].value_text",
        "cut short: the sentence prints '3-5名'",
    ),
    "half_of_a_sum": (
        GROUP,
        {"$.metrics[returned].value_text": "5千元", "$.metrics[returned].value": 5000},
        "$.metrics[6].value_text",
        "",
    ),
    "a_percentage_without_its_unit": (
        GROUP,
        {
            "$.metrics[coverage].value_text": "九十",
            "$.metrics[coverage].unit": None,
            "$.metrics[coverage].unit_code": None,
        },
        "$.metrics[11].value_text",
        "cut short: the sentence prints '百分之九十'",
    ),
    "a_telephone_without_its_shared_area_code": (
        HOSPITAL,
        {"$.contact[telephone-2].uri": "tel:+86-7700124"},
        "$.contact[1].uri",
        "'tel:+86-456-7700124'",
    ),
    "a_hotline_as_a_number_of_the_world": (
        HOSPITAL,
        {"$.contact[hotline].uri": "tel:+86-12345"},
        "$.contact[3].uri",
        "",
    ),
    "a_website_that_is_another": (
        HOSPITAL,
        {"$.contact[website].uri": "http://hospital.example.org"},
        "$.contact[5].uri",
        "www.hospital.example.org",
    ),
    "an_address_of_what_has_none": (HOSPITAL, {"$.contact[hours].uri": "tel:9"}, "$.contact[4].uri", "should be None"),
}


@pytest.mark.parametrize(("slug", "changes", "path", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_left_out_or_altered_is_found(
    checked: Check, slug: str, changes: dict[str, Any], path: str, words: str
) -> None:
    _, found = checked(slug, changes)

    assert any(finding.path == path and words in finding.message for finding in found), "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (("病历抽查２８次", "病历抽查２８次３人"), "'３'"),
        (("每周开展一次", "在１，２３４人中每周开展一次"), "'１，２３４'"),
    ],
    ids=["full_width", "grouped"],
)
def test_no_full_width_number_goes_uncounted(checked: Check, printed: tuple[str, str], words: str) -> None:
    _, found = checked(HOSPITAL, source=printed)

    # The text differs too; what matters is that the number can't be passed over once it is transcribed.
    assert found
    changes: dict[str, Any] = {}
    content = json.loads((NOTICES / HOSPITAL / "notice.json").read_text(encoding="utf-8"))
    for n, section in enumerate(content["sections"]):
        for m, text in enumerate(section["text"]):
            if printed[0] in text:
                changes[f"$.sections[{n}].text[{m}]"] = text.replace(*printed)
    _, found = checked(HOSPITAL, changes, printed)
    assert [f.path for f in found if f"prints {words}" in f.message] == ["$.numerals"]


@pytest.mark.parametrize("text", ["市委第三、第四巡察组", "市委第三巡察组、第四巡察组"])
def test_teams_that_are_printed_together_may_stay_together(checked: Check, text: str) -> None:
    changes = {
        "$.notice.inspection.team": None,
        "$.notice.inspection.team_text": text,
        "$.sections[s-preface].text": [f"根据区委统一部署，{text}对西岭中学党支部开展了巡察。"],
    }

    _, found = checked(SCHOOL, changes, ("区委巡察组", text))

    assert {finding.path for finding in found} == {"$.numerals"}  # The numbers of the teams have no entries here.
