"""Every corruption of a seed is reported with the file, the place in it and what is wrong there."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import rerelease

from app.database.engine import Database
from app.transcription.data_version import data_version
from app.transcription.findings import Finding, InvalidSeed
from app.transcription.seed import load_seed

ROOT = Path(__file__).resolve().parents[2]
PUTUO, PUTUO_TEXT = "shanghai-putuo-2024/notice.json", "shanghai-putuo-2024/notice.txt"
LINJIANG, LINJIANG_TEXT = "linjiang-2025/notice.json", "linjiang-2025/notice.txt"
NOTICES, VOCABULARIES, GLOSSARY = "notices.json", "vocabularies.json", "glossary.json"


@dataclass(frozen=True)
class Corruption:
    """An error to be made in a seed folder; `apply` makes it and returns the path at which it must be reported."""

    file: str
    apply: Callable[[Path], str]
    words: str


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def find(content: Any, path: str) -> tuple[Any, Any, str]:
    """Return the container and key of a value, and its exact path; `path` names records: `$.issues[17].topics`."""
    holder, key, exact = None, None, "$"
    for name, record in re.findall(r"\.(\w+)|\[([^\]]+)\]", path):
        holder = content
        key = name or number_of(content, record)
        content = content.get(key) if name else content[key]
        exact += f".{name}" if name else f"[{key}]"
    return holder, key, exact


def number_of(records: list[Any], name: str) -> int:
    """Return the position of the record with an id, number or code; any other number is a position itself."""
    keys = ("id", "number", "code", "metric", "field")
    known = [record if isinstance(record, dict) else {} for record in records]
    names = [next((str(record[key]) for key in keys if key in record), "") for record in known]
    return names.index(name) if name in names else int(name)


def edit(work: Callable[[Any], str], words: str, file: str = PUTUO) -> Corruption:
    """A change of a file's content by `work`, which returns the path to be reported."""

    def apply(seed: Path) -> str:
        content = read(seed / file)
        path = work(content)
        write(seed / file, content)
        return path

    return Corruption(file, apply, words)


def change(path: str, value: object, words: str, /, at: str = "", file: str = PUTUO, **beside: object) -> Corruption:
    """Another value at a path, and in the fields `beside` it."""

    def work(content: Any) -> str:
        exact = find(content, at or path)[2]
        holder, key, _ = find(content, path)
        holder[key] = value
        for name, other in beside.items():
            holder[name] = other
        return exact

    return edit(work, words, file)


def drop(path: str, words: str, at: str, file: str = PUTUO) -> Corruption:
    """A record or a field left out."""

    def work(content: Any) -> str:
        holder, key, _ = find(content, path)
        del holder[key]
        return find(content, at)[2]

    return edit(work, words, file)


def repeat(path: str, words: str, /, at: str, file: str = PUTUO, **fields: object) -> Corruption:
    """A record put in once more behind itself, but for some `fields`."""

    def work(content: Any) -> str:
        records, n, _ = find(content, path)
        records.insert(n + 1, records[n] | fields)
        return find(content, at)[2]

    return edit(work, words, file)


def swap(path: str, other: str, words: str, at: str, file: str = PUTUO) -> Corruption:
    """Two values in each other's place."""

    def work(content: Any) -> str:
        (holder, key, _), (place, name, _) = find(content, path), find(content, other)
        holder[key], place[name] = place[name], holder[key]
        return find(content, at)[2]

    return edit(work, words, file)


def put(path: str, value: object, words: str, file: str = GLOSSARY) -> Corruption:
    """A value alone in a list."""

    def work(content: Any) -> str:
        holder, key, _ = find(content, path)
        holder[key] = [value]
        return find(content, f"{path}[0]")[2]

    return edit(work, words, file)


def rewrite(file: str, old: str | bytes, new: str | bytes, words: str, at: str, in_file: str = "") -> Corruption:
    """Other characters or bytes in a file; `in_file` is the file to be reported, if it is another."""

    def apply(seed: Path) -> str:
        before, after = (text.encode() if isinstance(text, str) else text for text in (old, new))
        raw = (seed / file).read_bytes()
        assert before in raw
        (seed / file).write_bytes(raw.replace(before, after, 1))
        return find(read(seed / in_file), at)[2] if in_file else at

    return Corruption(in_file or file, apply, words)


def remove(file: str) -> Corruption:
    def apply(seed: Path) -> str:
        (seed / file).unlink()
        return "$"

    return Corruption(file, apply, "can't be read")


def read_all(seed: Path) -> None:
    """Read and check every notice."""
    for _ in load_seed(seed).documents():
        pass


def findings(seed: Path) -> list[Finding]:
    """Return what the checks find."""
    try:
        read_all(seed)
    except InvalidSeed as error:
        return error.findings
    return []


def assert_reported(seed: Path, corruption: Corruption) -> None:
    place = (str(seed / corruption.file), corruption.apply(seed))
    found = findings(seed)
    messages = [finding.message for finding in found if (finding.file, finding.path) == place]
    shown = "\n".join([f"{place} {corruption.words!r}", *map(str, found[:20])])
    assert any(corruption.words in message for message in messages), shown


def without_last_clause(content: Any) -> str:
    last = number_of(content["statements"], "m41-15")
    del content["statements"][last]
    return f"$.statements[{last - 1}]"


def without_issue(content: Any) -> str:
    content["issues"] = [issue for issue in content["issues"] if issue["number"] != 14]
    content["statements"] = [clause for clause in content["statements"] if clause["section"] != "s2-1-14"]
    return find(content, "$.sections[s2-1-14].role")[2]


def with_later_clauses_first(content: Any) -> str:
    content["statements"].sort(key=lambda statement: statement["section"] != "s2-1-2")
    return find(content, "$.statements[c-s1-1-1-1]")[2]


def with_last_number_skipped(content: Any) -> str:
    last = content["issues"][-1]["number"]
    content["issues"][-1]["number"] += 1
    return f"$.issues[{last - 1}].number"


def without_next_steps(content: Any) -> str:
    content["statements"] = [clause for clause in content["statements"] if clause["section"] != "s3-4"]
    return "$.statements"


def with_a_late_digit_changed(content: Any) -> str:
    holder, key, path = find(content, "$.sections[s1-2-1].text[0]")
    holder[key] = holder[key].replace("424次", "442次")
    return path


def with_heading_as_text(content: Any) -> str:
    section = content["sections"][number_of(content["sections"], "s2-1-17")]
    n = number_of(content["statements"], "m17-1")
    clause = dict.fromkeys(content["statements"][n]) | {"id": "c17-0", "section": section["id"], "role": "commitment"}
    content["statements"].insert(n, clause | {"quote": section["heading"], "text_en": "No heading."})
    section |= {"marker": None, "heading": None, "title_en": None, "text": [section["heading"], *section["text"]]}
    return find(content, "$.issues[17].problem")[2]


OUTLINE = {
    "a_missing_section": drop("$.sections[s1-2-3]", "left out here: '3.统筹兼顾,确保实效。", "$.sections[s2].heading"),
    "a_missing_section_that_others_name": drop("$.sections[s2-1-1]", "'s2-1-1' does not exist", "$.issues[1].section"),
    "a_missing_last_section": drop("$.sections[s-contact]", "left out here: '联系电话:021", "$.notice.residue[0]"),
    "a_dropped_paragraph": drop(
        "$.sections[s-contact].text[0]", "left out here: '联系电话:021-52564588转1647'", "$.sections[s-contact].text[0]"
    ),
    "a_dropped_last_paragraph": drop(
        "$.sections[s-contact].text[3]", "left out here: '邮政编码:200333", "$.notice.residue[0]"
    ),
    "a_shortened_paragraph": change(
        "$.sections[s-closing].text[0]",
        "欢迎广大干部群众对巡视整改落实情况进行监督。",
        "left out here: '如有意见建议,请及时反映。'",
        at="$.sections[s-contact].text[0]",
    ),
    "two_sections_out_of_order": swap(
        "$.sections[s3-2]", "$.sections[s3-3]", "left out here: '(二)落实长效整改。", "$.sections[s3-3].heading"
    ),
    "a_section_twice": repeat("$.sections[s-closing]", "was not found after", "$.sections[again].text[0]", id="again"),
    "a_digit_changed_late_in_a_paragraph": edit(with_a_late_digit_changed, "442次"),
    "an_altered_heading": change(
        "$.sections[s3].heading", "三、下一步工作打算", "'三、下一步工作打算' was not found after the preceding text"
    ),
    "a_heading_left_out": change(
        "$.sections[s3].heading",
        None,
        "only if, there is a heading",
        at="$.sections[s3].title_en",
    ),
    "a_heading_without_english": change("$.sections[s3].title_en", None, "only if, there is a heading"),
    "english_for_no_heading": change("$.sections[s-preface].title_en", "Preface", "only if, there is a heading"),
    "a_wrong_marker": change("$.sections[s3-2].marker", "(三)", "does not begin with '(三)'"),
    "a_marker_without_heading": change("$.sections[s-preface].marker", "一、", "does not begin with '一、'"),
    "a_marker_left_out": change("$.sections[s3-2].marker", None, "(二)"),
    "a_marker_cut_short": change("$.sections[s3-2].marker", "(二", "(二)"),
    "an_empty_section": change(
        "$.sections[s-closing].text", [], "has neither heading nor text", at="$.sections[s-closing]"
    ),
    "a_parent_below": change("$.sections[s1-1].parent", "s2", "'s2' is not a section above it"),
    "a_parent_that_is_itself": change("$.sections[s1-1].parent", "s1-1", "'s1-1' is not a section above it"),
    "a_parent_that_is_not_there": change("$.sections[s1-1].parent", "s9", "'s9' is not a section above it"),
    "a_parent_that_has_ended": change("$.sections[s1-2-1].parent", "s1-1", "s1-1"),
    "residue_not_declared": change(
        "$.notice.residue", [], "left out here: '分享:\\n\\n特殊稿件右侧区域", at="$.sections"
    ),
    "residue_declared_in_part": drop("$.notice.residue[0]", "left out here: '分享:'", "$.notice.residue[0]"),
    "residue_that_is_not_there": change("$.notice.residue[1]", "打印", "'打印' was not found after"),
}

ISSUES = {
    "an_issue_left_out": drop("$.issues[14]", "but no issue refers to s2-1-14", "$.sections[s2-1-14].role"),
    "an_issue_left_out_with_all_it_says": edit(without_issue, "but no issue refers to s2-1-14"),
    "an_issue_left_out_but_for_what_it_says": drop(
        "$.issues[14]", "no issue refers to s2-1-14", "$.sections[s2-1-14].role"
    ),
    "a_missing_category": drop("$.categories[4]", "4 does not exist", "$.issues[40].category"),
    "a_problem_not_in_its_heading": change(
        "$.issues[17].problem",
        "网络安全意识淡薄",
        "'网络安全意识淡薄' was not found here; nearest: '网络安全意识不足",
    ),
    "a_wrong_category": change("$.issues[17].category", 2, "section s2-1-17 is not under category 2"),
    "an_issue_without_text": change("$.issues[17].section", "s2-1", "s2-1 has no text of its own"),
    "an_issue_in_a_section_that_is_not_there": change("$.issues[17].section", "s9", "'s9' does not exist"),
    "an_issue_of_a_category_that_is_not_there": change("$.issues[17].category", 9, "9 does not exist"),
    "a_category_in_a_section_that_is_not_there": change("$.categories[1].section", "s9", "'s9' does not exist"),
    "no_topic": change("$.issues[17].topics", [], "which only a draft may do"),
    "four_topics": change("$.issues[17].topics", ["land", "housing", "audit", "cadres"], "at most 3 items"),
    "one_topic_twice": change("$.issues[17].topics", ["network_security", "network_security"], "network_security"),
    "two_issues_out_of_order": swap("$.issues[3]", "$.issues[4]", "order", at="$.issues[3]"),
    "two_categories_out_of_order": swap("$.categories[1]", "$.categories[2]", "order", at="$.categories[1]"),
    "a_number_skipped": edit(with_last_number_skipped, "42"),
    "an_issue_without_a_heading": edit(with_heading_as_text, "网络安全意识不足"),
    "an_issue_whose_section_is_none": change("$.sections[s2-1-17].role", "totals", "issue"),
}

STATEMENTS = {
    "a_missing_clause": drop(
        "$.statements[m1-2]", "left out here: '召开十一届区委六次、七次全会", "$.statements[m1-3].quote"
    ),
    "a_missing_first_clause": drop(
        "$.statements[m17-1]", "left out here: '召开网信工作会议", "$.statements[m17-2].quote"
    ),
    "a_missing_last_clause": edit(without_last_clause, "left out here: '推动相关单位堵漏建制"),
    "a_clause_cut_short": change(
        "$.statements[m1-2].quote", "召开十一届区委六次", "left out here: '、七次全会", at="$.statements[m1-3].quote"
    ),
    "a_clause_begun_late": change("$.statements[m1-2].quote", "十一届区委六次、七次全会", "left out here: '召开'"),
    "a_digit_changed_in_a_clause": change(
        "$.statements[o1-1].quote",
        "科创产业类项目达28项",
        "was not found after the preceding text; nearest: '科创产业类项目达23",
    ),
    "a_surplus_clause": repeat("$.statements[m1-2]", "was not found after", "$.statements[m1-9].quote", id="m1-9"),
    "a_clause_that_is_only_a_mark": repeat("$.statements[m1-2]", ",", "$.statements[m1-9].quote", id="m1-9", quote=","),
    "a_clause_with_its_mark": change("$.statements[m1-2].quote", "召开十一届区委六次、七次全会,", "全会,"),
    "swapped_quotes": swap(
        "$.statements[m1-2].quote", "$.statements[m1-4].quote", "left out here", at="$.statements[m1-2].quote"
    ),
    "two_clauses_out_of_order": swap(
        "$.statements[m1-2]", "$.statements[m1-3]", "was not found after", at="$.statements[m1-2].quote"
    ),
    "a_clause_in_the_wrong_section": change(
        "$.statements[m1-2].section", "s2-1-2", "was not found", at="$.statements[m1-2].quote"
    ),
    "a_clause_of_a_section_that_is_not_there": change("$.statements[m1-2].section", "s9", "'s9' does not exist"),
    "a_clause_missing_on_leadership": drop(
        "$.statements[m-s1-2-2-1]", "left out here: '", "$.statements[m-s1-2-2-2].quote"
    ),
    "a_clause_missing_on_common_issues": drop(
        "$.statements[m-s2-5-3]", "left out here: '定期在区委常委会", "$.statements[m-s2-5-4].quote"
    ),
    "a_clause_missing_of_the_totals": drop(
        "$.statements[o-s2-totals-7]", "left out here: '", "$.statements[o-s2-totals-6]"
    ),
    "no_clause_of_the_next_steps": edit(without_next_steps, "left out here: '"),
    "the_clauses_of_two_issues_out_of_order": edit(with_later_clauses_first, "order"),
    "a_measure_without_kind": change("$.statements[m1-2].kind", None, "every measure has one"),
    "a_measure_without_modality": change("$.statements[m1-2].modality", None, "every measure has one"),
    "an_outcome_with_a_kind": change("$.statements[o1-1].kind", "project", "only a measure has one; the role"),
    "a_commitment_with_an_actor": change("$.statements[c1-1].actor", "主题教育", "only a measure has one"),
    "a_commitment_with_a_modality": change("$.statements[c1-1].modality", "ongoing", "only a measure has one"),
    "a_modality_without_its_words": change("$.statements[m3-7].modality_text", None, "only if, the modality is not"),
    "words_of_a_modality_that_is_plainly_reported": change(
        "$.statements[m3-7].modality",
        "reported",
        "only if, the modality is not",
        at="$.statements[m3-7].modality_text",
    ),
    "words_of_a_modality_that_are_not_there": change("$.statements[m3-7].modality_text", "长期", "was not found here"),
    "an_actor_not_in_its_sentence": change(
        "$.statements[m3-3].actor", "区纪委监委", "'区纪委监委' was not found here; nearest:"
    ),
    "a_prompter_not_in_its_sentence": change("$.statements[m3-3].prompted_by", "区纪委监委", "was not found here"),
    "an_actor_that_stands_twice": change(
        "$.statements[m32-4].actor", "党外干部", "is found more than once here: add a prefix or suffix"
    ),
}

DIRECTIVES = {
    "a_directive_that_is_not_printed": change("$.statements[m24-2].directive", "督促", "was not found here"),
    "a_directive_without_its_code": change(
        "$.statements[m24-2].directive_code", None, "must be given if, and only if, there is a directive"
    ),
    "a_code_without_a_directive": change(
        "$.statements[m24-2].directive",
        None,
        "must be given if, and only if, there is a directive",
        at="$.statements[m24-2].directive_code",
    ),
    "a_directive_that_no_word_says": change(
        "$.statements[m24-2].directive_code", "urged", "no word of '推动' says urged"
    ),
    "a_directive_after_the_actor": change(
        "$.statements[m24-2].directive", "开展", "'开展' stands after the actor '区纪委监委'"
    ),
    "an_outcome_with_a_directive": change("$.statements[o1-1].directive", "推动", "was not found here"),
    "a_commitment_with_a_directive_code": change(
        "$.statements[c1-1].directive_code", "urged", "only a measure has one"
    ),
    "a_sanction_that_no_word_says": change(
        "$.statements[m18-1].sanction",
        "case_filed",
        "no word of '区委主要领导对区四套班子领导开展集体约谈' says case_filed",
    ),
    "a_sanction_of_the_clause_before": change(
        "$.statements[m21-12].sanction", "handled_by_rules", "no word of '并制发建议书' says handled_by_rules"
    ),
    "a_sanction_of_a_total_that_it_does_not_print": change(
        "$.statements[o-s2-totals-4].sanction", "organizational_handling", "no word of '党纪政务立案5人' says"
    ),
    "a_plan_without_the_words_of_its_heading": change(
        "$.statements[m-s3-4-1].modality_text", "下一年", "'下一年' was not found here"
    ),
}

DOCUMENTS = {
    "a_document_that_stands_elsewhere": change(
        "$.documents[three-lists-for-rectification].places[0].section",
        "s1-2-1",
        "was not found here",
        at="$.documents[three-lists-for-rectification].places[0].quote",
    ),
    "a_document_in_a_section_that_is_not_there": change(
        "$.documents[three-lists-for-rectification].places[0].section", "s9", "'s9' does not exist"
    ),
    "a_document_by_another_name": change(
        "$.documents[three-lists-for-rectification].name",
        "三张清单",
        "is not what its first place prints: '“三张清单”'",
    ),
    "a_document_that_stands_nowhere": change(
        "$.documents[three-lists-for-rectification].places", [], "a document stands somewhere"
    ),
    "an_issuer_that_is_not_printed": change(
        "$.documents[three-lists-for-rectification].issuer", "区财政局", "'区财政局' is not printed in the notice"
    ),
    "a_document_left_out": drop(
        "$.documents[financial-services-handbook]", "says '修订', but no document stands here", "$.statements[m9-9]"
    ),
    "a_document_id_twice": change(
        "$.documents[supervision-inspection-plan].id", "three-lists-for-rectification", "is used already"
    ),
    "a_measure_without_a_document_and_without_a_reason": drop(
        "$.undocumented[3]", "says '制发', but no document stands here", "$.statements[m20-11]"
    ),
    "a_reason_for_another_verb": change("$.undocumented[3].verb", "修订", "'修订' does not stand in m20-11"),
    "a_reason_for_no_measure": change("$.undocumented[3].statement", "m99-1", "'m99-1' does not exist"),
}

ORGANIZATIONS = {
    "a_body_that_stands_elsewhere": change(
        "$.organizations[putuo-district-party-committee].mentions[0].section",
        "s1-2-1",
        "was not found here",
        at="$.organizations[putuo-district-party-committee].mentions[0].quote",
    ),
    "a_body_by_another_name": change(
        "$.organizations[putuo-district-party-committee].name",
        "中共普陀区委员会",
        "is not '中共普陀区委员会'",
        at="$.organizations[putuo-district-party-committee].mentions[0].quote",
    ),
    "a_body_that_stands_nowhere": change(
        "$.organizations[putuo-district-party-committee].mentions", [], "a body stands somewhere"
    ),
    "a_mention_that_stands_twice": change(
        "$.organizations[municipal-party-committee].mentions[5].quote", "市委", "is found more than once here"
    ),
    "one_place_taken_twice": repeat(
        "$.organizations[municipal-party-committee].mentions[2]",
        "stands at the same place as a mention of municipal-party-committee",
        "$.organizations[municipal-party-committee].mentions[3]",
    ),
    "a_prompter_that_prompts_nobody": change(
        "$.organizations[municipal-party-committee].mentions[2].part", "prompter", "'市委' stands in no `prompted_by`"
    ),
    "an_organization_id_twice": change(
        "$.organizations[municipal-party-committee].id", "putuo-district-party-committee", "is used already"
    ),
}

FIGURES = {
    "a_dropped_digit": change("$.metrics[meetings-units].value", 42, "'424次' says 424, not 42"),
    "a_wrong_digit": change("$.metrics[rd-spending-increase].value", 9.73, "'9.37亿元' says 9.37, not 9.73"),
    "a_point_in_the_wrong_place": change("$.metrics[rd-spending-increase].value", 93.7, "says 9.37, not 93.7"),
    "a_figure_cut_at_its_front": change(
        "$.metrics[meetings-units].value_text", "24次", "contains no numeral", value=24
    ),
    "a_figure_without_its_qualifier_in_front": change(
        "$.metrics[standing-committee-study-frequency].value_text", "一次", "至少", qualifier="exact"
    ),
    "a_figure_without_its_qualifier_behind": change(
        "$.metrics[institute-firm-collaborations].value_text", "40", "余", qualifier="exact", unit=None, unit_code=None
    ),
    "a_figure_without_its_unit": change("$.metrics[issues-total].value_text", "41", "项", unit=None, unit_code=None),
    "a_figure_with_the_verb": change(
        "$.metrics[rd-spending-increase].value_text", "增加9.37亿元", "can't be parsed as one figure"
    ),
    "a_figure_that_is_two": change(
        "$.metrics[action-plans-made].value_text", "2个行动方案和43项", "can't be parsed as one figure"
    ),
    "a_figure_not_in_its_sentence": change("$.metrics[meetings-units].value_text", "425次", "was not found here"),
    "a_figure_counted_twice": repeat(
        "$.metrics[meetings-units]", "meetings-units", at="$.metrics[twin].value_text", id="twin", indicator=None
    ),
    "two_figures_out_of_order": swap(
        "$.metrics[issues-total]", "$.metrics[issues-done]", "order", at="$.metrics[issues-total]"
    ),
    "a_batch_as_one": repeat(
        "$.metrics[star-market-listings]",
        "'批' is no printed form of 'piece'",
        at="$.metrics[batch].unit_code",
        id="batch",
        section="s2-1-7",
        quote="加速重点科创平台产业培育与国际创新合作,累计引进一批高能级企业项目,落地一批知识产权。",
        value_text={"exact": "一批", "suffix": "高能级"},
        value=1,
        unit="批",
        unit_code="piece",
        counted="高能级企业项目",
        period_kind="none",
        period_start=None,
        period_end=None,
        period_text=None,
    ),
    "a_digit_changed_in_a_quote": change(
        "$.metrics[meetings-units].quote",
        "区级层面共召开巡视相关会议31次,各单位共召开会议442次。",
        "was not found here; nearest: '区级层面共召开巡视相关会议31次,各单位共召开会议424次。'",
    ),
    "two_quotes_swapped": swap(
        "$.metrics[rd-spending-increase].quote",
        "$.metrics[star-market-listings].quote",
        "was not found here",
        at="$.metrics[rd-spending-increase].quote",
    ),
    "half_a_sentence": change(
        "$.metrics[meetings-units].quote", "各单位共召开会议424次。", "is not the whole sentence: '区级层面共召开"
    ),
    "a_quote_of_another_section": change(
        "$.metrics[meetings-units].section", "s1-2-2", "was not found", at="$.metrics[meetings-units].quote"
    ),
    "a_wrong_unit": change("$.metrics[issues-total].unit", "条", "'41项' says 项, not 条"),
    "a_unit_left_out": change("$.metrics[issues-total].unit", None, "'41项' says 项, not None"),
    "a_unit_code_that_does_not_fit": change(
        "$.metrics[issues-total].unit_code", "article", "'项' is no printed form of 'article'"
    ),
    "a_unit_without_its_code": change(
        "$.metrics[issues-total].unit_code", None, "must be given if, and only if, a unit is printed"
    ),
    "a_unit_code_without_a_unit": change("$.metrics[key-industries].unit_code", "piece", "only if, a unit is printed"),
    "a_wrong_multiplier": change(
        "$.metrics[rd-spending-increase].multiplier", 10000, "'9.37亿元' says 100000000, not 10000"
    ),
    "a_multiplier_left_out": change(
        "$.metrics[old-housing-comprehensive-repair-area].multiplier", 1, "'34万平方米' says 10000, not 1"
    ),
    "a_wrong_qualifier": change(
        "$.metrics[institute-firm-collaborations].qualifier", "at_least", "'40余项' says more_than, not at_least"
    ),
    "a_qualifier_made_up": change("$.metrics[issues-total].qualifier", "about", "'41项' says exact, not about"),
    "a_qualifier_left_out": change(
        "$.metrics[standing-committee-study-frequency].qualifier", "exact", "'至少一次' says at_least, not exact"
    ),
    "a_fall_recorded_as_a_rise": change(
        "$.metrics[three-public-expenses-budget-change-2023].direction",
        "increase",
        "no word of the sentence says increase",
    ),
    "a_fall_with_a_positive_value": change(
        "$.metrics[three-public-expenses-budget-change-2023].value", 2.3, "'2.3%' says -2.3, not 2.3"
    ),
    "a_rise_with_a_negative_value": change("$.metrics[rd-gdp-share-increase].value", -0.71, "says 0.71, not -0.71"),
    "a_change_without_direction": change("$.metrics[rd-gdp-share-increase].direction", None, "needs a direction"),
    "a_direction_made_up": change(
        "$.metrics[issues-total].direction", "increase", "no word of the sentence says increase"
    ),
    "a_share_that_is_no_percentage": change("$.metrics[issues-total].nature", "share", "share"),
    "a_growth_rate_that_is_no_percentage": change(
        "$.metrics[rd-spending-increase].nature", "growth_rate", "growth_rate"
    ),
    "a_comparison_not_in_the_text": change(
        "$.metrics[rd-spending-increase].comparison_text", "同比", "was not found here"
    ),
    "a_comparison_its_words_do_not_make": change(
        "$.metrics[rd-spending-increase].comparison", "year_on_year", "'较上一年' does not say year_on_year"
    ),
    "a_comparison_without_words": change(
        "$.metrics[rd-spending-increase].comparison_text", None, "must be given if, and only if, there is a comparison"
    ),
    "words_of_no_comparison": change(
        "$.metrics[rd-spending-increase].comparison",
        None,
        "must be given if, and only if, there is a comparison",
        at="$.metrics[rd-spending-increase].comparison_text",
    ),
    "a_wrong_year": change(
        "$.metrics[rd-spending-increase].period_start",
        "2021-01-01",
        "'2022年' says 2022-01-01 to 2022-12-31, not 2021-01-01 to 2021-12-31",
        period_end="2021-12-31",
    ),
    "a_period_too_short": change(
        "$.metrics[rd-spending-increase].period_end",
        "2022-06-30",
        "says 2022-01-01 to 2022-12-31, not 2022-01-01 to 2022-06-30",
        at="$.metrics[rd-spending-increase].period_start",
    ),
    "a_period_left_out": change("$.metrics[rd-spending-increase].period_start", None, "not None to 2022-12-31"),
    "dates_without_words": change(
        "$.metrics[issues-total].period_start", "2024-01-01", "a date without the words that state it"
    ),
    "dates_for_a_year_that_is_not_named": change(
        "$.metrics[group-renting-cases].period_start",
        "2023-01-01",
        "'全年' says no date, not 2023-01-01 to 2023-12-31",
        period_end="2023-12-31",
    ),
    "dates_for_so_far": change(
        "$.metrics[issues-done].period_end", "2024-07-26", "says no date", at="$.metrics[issues-done].period_start"
    ),
    "a_period_kind_without_words": change(
        "$.metrics[issues-total].period_kind",
        "during",
        "must be given if, and only if, there is a period",
        at="$.metrics[issues-total].period_text",
    ),
    "words_of_no_period": change(
        "$.metrics[group-renting-cases].period_kind",
        "none",
        "must be given if, and only if, there is a period",
        at="$.metrics[group-renting-cases].period_text",
    ),
    "since_recorded_as_so_far": change("$.metrics[officials-posted-since-inspection].period_kind", "as_of", "巡视以来"),
    "so_far_recorded_as_since": change("$.metrics[issues-done].period_kind", "since", "截至目前"),
    "a_rate_that_no_word_says": change(
        "$.metrics[standing-committee-study-frequency].per", "month", "no word of the sentence says month"
    ),
    "a_rate_of_what_is_no_frequency": change("$.metrics[meetings-units].per", "year", "only a frequency has one"),
    "a_year_in_a_name_without_its_dates": change(
        "$.metrics[municipal-major-projects].period_start", None, "'2024年' says 2024-01-01 to 2024-12-31"
    ),
    "a_year_in_a_name_that_is_not_printed": change(
        "$.metrics[municipal-major-projects].period_text", "2025年", "was not found here"
    ),
    "something_counted_that_is_not_in_the_sentence": change(
        "$.metrics[issues-total].counted", "难题", "'难题' was not found here"
    ),
    "an_ambiguous_quote": change(
        "$.metrics[issues-broken-down].counted",
        "问题",
        "is found more than once here: add a prefix or suffix",
    ),
    "a_quote_with_the_wrong_prefix": change(
        "$.metrics[issues-broken-down].counted", {"exact": "问题", "prefix": "39项"}, "was not found here"
    ),
    "a_figure_of_an_issue_outside_every_issue": change("$.metrics[issues-total].scope", "issue", "issue"),
}

RELATIONS = {
    **{
        f"a_dangling_{relation}": change(f"$.metrics[issues-done].{relation}", "nothing", "'nothing' does not exist")
        for relation in ("same_as", "part_of", "denominator", "section")
    },
    **{
        f"a_{relation}_itself": change(
            f"$.metrics[issues-done].{relation}", "issues-done", "a metric can't be related to itself"
        )
        for relation in ("same_as", "part_of", "denominator")
    },
    "a_part_above_its_whole": change(
        "$.metrics[measures-total].part_of", "measures-done", "147 is more than the 145 of measures-done"
    ),
    "a_part_that_counts_something_else": change(
        "$.metrics[issues-done].part_of", "measures-total", "counts issue, but measures-total counts measure"
    ),
    "the_same_quantity_with_another_value": change(
        "$.metrics[issues-broken-down].same_as", "issues-done", "41 项 is not the 39 项 of issues-done"
    ),
    "the_same_quantity_in_another_unit": change(
        "$.metrics[landscape-project-special-meetings].same_as", "issues-claimed-personally", "4 次 is not the 4 项"
    ),
    "the_same_quantity_of_something_else": change(
        "$.metrics[issues-broken-down].counted_code", "task", "task", at="$.metrics[issues-broken-down].same_as"
    ),
    "two_figures_each_a_part_of_the_other": change(
        "$.metrics[issues-total].part_of",
        "issues-broken-down",
        "issues-broken-down",
    ),
    "a_denominator_of_what_is_no_share": change(
        "$.metrics[issues-done].denominator", "issues-total", "a level has no denominator"
    ),
    "a_declaration_of_nothing": change("$.reconciliation[issues-total].metric", "nothing", "'nothing' does not exist"),
    "a_declaration_to_be_compared_with_nothing": change("$.reconciliation[issues-done].comparable", True, "counted_as"),
}

IDS = {
    "a_section_id_twice": change("$.sections[s3-2].id", "s3-1", "'s3-1' is used already"),
    "a_category_number_twice": change("$.categories[2].number", 1, "1 is used already"),
    "a_category_section_twice": change("$.categories[2].section", "s2-1", "'s2-1' is used already"),
    "an_issue_number_twice": change("$.issues[2].number", 1, "1 is used already"),
    "an_issue_section_twice": change("$.issues[2].section", "s2-1-1", "'s2-1-1' is used already"),
    "a_statement_id_twice": change("$.statements[m1-2].id", "m1-1", "'m1-1' is used already"),
    "a_metric_id_twice": change("$.metrics[issues-done].id", "issues-total", "'issues-total' is used already"),
    "an_indicator_twice": change("$.metrics[issues-done].indicator", "issues_total", "'issues_total' is used already"),
    "a_numeral_id_twice": change("$.numerals[n2].id", "n1", "'n1' is used already"),
    "a_contact_id_twice": change("$.contact[email].id", "telephone", "'telephone' is used already"),
    "a_declaration_twice": change(
        "$.reconciliation[issues-done].metric", "issues-total", "'issues-total' is used already"
    ),
    **{
        f"the_reserved_id_{word}": change("$.metrics[issues-done].id", word, f"'{word}' is reserved for addresses")
        for word in ("all", "facets", "search", "locate")
    },
    **{
        f"an_id_{flaw}": change("$.metrics[issues-done].id", id, "String should match pattern")
        for flaw, id in {
            "in_capitals": "Issues-done",
            "with_an_underscore": "issues_done",
            "that_is_a_number": "39",
            "with_a_trailing_dash": "issues-",
            "with_a_line_break": "issues\n",
            "in_chinese": "问题",
            "without_a_letter": "",
        }.items()
    },
    "issue_zero": change("$.issues[1].number", 0, "greater than or equal to 1"),
}

CODES = {
    f"an_unknown_{vocabulary}": change(path, "nonesuch", f"'nonesuch' is not in the vocabulary {vocabulary}: ")
    for vocabulary, path in {
        "inspection_type": "$.notice.inspection.type",
        "section_role": "$.sections[s1].role",
        "category_framework": "$.categories[1].framework",
        "topic": "$.issues[1].topics[0]",
        "issue_status": "$.issues[1].status",
        "statement_role": "$.statements[m1-1].role",
        "measure_kind": "$.statements[m1-1].kind",
        "modality": "$.statements[m1-1].modality",
        "direction": "$.metrics[rd-spending-increase].direction",
        "unit": "$.metrics[issues-total].unit_code",
        "comparison": "$.metrics[rd-spending-increase].comparison",
        "period_kind": "$.metrics[issues-done].period_kind",
        "counted": "$.metrics[issues-total].counted_code",
        "scope": "$.metrics[issues-total].scope",
        "indicator": "$.metrics[issues-total].indicator",
        "numeral_class": "$.numerals[n1].class",
        "contact_kind": "$.contact[email].kind",
        "counted_as": "$.reconciliation[issues-total].counted_as",
        "per": "$.metrics[standing-committee-study-frequency].per",
        "directive": "$.statements[m24-2].directive_code",
        "sanction": "$.statements[m18-1].sanction",
        "document_type": "$.documents[three-lists-for-rectification].type",
        "document_act": "$.documents[three-lists-for-rectification].act",
        "undocumented_reason": "$.undocumented[0].reason",
        "organization_type": "$.organizations[municipal-party-committee].type",
        "organization_part": "$.organizations[municipal-party-committee].mentions[0].part",
    }.items()
} | {
    "an_unknown_qualifier": change("$.metrics[issues-total].qualifier", "nonesuch", "Input should be 'exact'"),
    "an_unknown_stage": change("$.notice.stage", "finished", "Input should be 'draft'"),
    "an_unknown_nature": change("$.metrics[issues-total].nature", "nonesuch", "Input should be 'level'"),
}

LANGUAGES = {
    "an_empty_translation": change("$.statements[m1-2].text_en", "", "at least 1 character"),
    "a_blank_translation": change("$.statements[m1-2].text_en", " ", "English is missing: ' '"),
    "a_dash_for_english": change("$.metrics[issues-total].label_en", "—", "English is missing"),
    "a_clause_left_in_chinese": change(
        "$.statements[m1-2].text_en", "召开十一届区委六次、七次全会", "English is missing: '召开十一届区委六次"
    ),
    "a_word_left_in_chinese": change("$.statements[m1-2].text_en", "Held 全会.", "'全' is not English: 'Held 全会.'"),
    "one_chinese_character_in_a_title": change("$.sections[s3].title_en", "Next steps 三", "'三' is not English"),
    "chinese_in_a_gap": change("$.notice.not_stated[issues.status].en", "未说明", "English is missing"),
    "chinese_in_a_vocabulary": change("$.unit.terms[yuan].en", "yuan 元", "'元' is not English", file=VOCABULARIES),
    "an_english_label_for_chinese": change("$.metrics[issues-total].label", "Issues in all", "Issues in all"),
    "a_blank_for_chinese": change("$.metrics[issues-total].label", " ", "' '"),
    "a_note_without_its_translation": change("$.metrics[issues-claimed-personally].note_en", None, "note"),
    "a_translation_of_no_note": change(
        "$.metrics[issues-claimed-personally].note", None, "note", at="$.metrics[issues-claimed-personally].note_en"
    ),
}

NUMERALS = {
    "an_unlisted_numeral": drop("$.numerals[n38]", "s1-2-1 prints '43' in '区涉及整改任务的43家单位", "$.numerals"),
    "a_surplus_numeral": repeat(
        "$.numerals[n38]", "'43' is not printed at this position of s1-2-1", "$.numerals[n38].text", id="n38b"
    ),
    "two_numerals_swapped": swap(
        "$.numerals[n24].text",
        "$.numerals[n25].text",
        "not printed at this position",
        "$.numerals[n24].text",
    ),
    "a_digit_changed_in_a_numeral": change("$.numerals[n38].text", "34", "'34' is not printed at this position"),
    "a_numeral_in_the_wrong_section": change(
        "$.numerals[n38].section", "s1-2-2", "'43' is not printed at this position of s1-2-2", at="$.numerals[n38].text"
    ),
    "a_numeral_in_a_section_that_is_not_there": change("$.numerals[n38].section", "s9", "'s9' does not exist"),
    "a_figure_classed_as_something_else": change(
        "$.numerals[n38].class", "name", "'43' is classed name, but is in a metric's figure"
    ),
    "something_else_classed_as_a_figure": change(
        "$.numerals[n1].class", "metric", "'十二' is classed metric, but is in no metric's figure"
    ),
    "a_figure_without_a_metric": drop(
        "$.metrics[units-with-rectification-tasks]", "'43' is classed metric, but is in no", "$.numerals[n38].class"
    ),
    "numerals_of_two_sections_out_of_order": swap("$.numerals[n17]", "$.numerals[n18]", "order", "$.numerals[n17]"),
}

NOTICE_RECORD = {
    "a_title_not_as_printed": change("$.notice.title", "关于巡视整改的通报", "was not found here; nearest:"),
    "a_date_not_as_printed": change(
        "$.notice.date", "2024-07-25", "'2024-07-26' does not say 2024-07-25", at="$.notice.date_text"
    ),
    "an_inspection_begun_on_another_day": change(
        "$.notice.inspection.start_date",
        "2023-03-27",
        "does not say 2023-03-27 to 2023-06-16",
        at="$.notice.inspection.period_text",
    ),
    "an_inspection_ended_on_another_day": change(
        "$.notice.inspection.end_date",
        "2023-06-17",
        "does not say 2023-03-28 to 2023-06-17",
        at="$.notice.inspection.period_text",
    ),
    "feedback_on_another_day": change(
        "$.notice.inspection.feedback_date",
        "2023-08-30",
        "'2023年8月31日' does not say 2023-08-30",
        at="$.notice.inspection.feedback_text",
    ),
    "a_source_line_that_stands_twice": change("$.notice.source_name", "上海普陀", "is found more than once here"),
    "another_inspected_body": change("$.notice.inspected_body", "中共上海市静安区委员会", "was not found here"),
    "another_team": change("$.notice.inspection.team", 9, "9"),
    "another_round": change("$.notice.inspection.round", 3, "3"),
    "another_committee": change("$.notice.inspection.committee", 11, "11"),
    "another_type_of_inspection": change("$.notice.inspection.type", "xuncha", "xuncha"),
    "a_division_code_too_short": change("$.notice.division_code", "3101", "String should match pattern"),
    "a_checksum_of_another_text": change("$.notice.source_sha256", "0" * 64, "it is not the text that was transcribed"),
    "a_digit_changed_in_the_source": rewrite(
        PUTUO_TEXT,
        "424次",
        "442次",
        "it is not the text that was transcribed",
        "$.notice.source_sha256",
        in_file=PUTUO,
    ),
    "converted_line_ends": rewrite(
        PUTUO_TEXT, "\n", "\r\n", "it is not the text that was transcribed", "$.notice.source_sha256", in_file=PUTUO
    ),
    "a_slug_that_is_not_the_folder": change(
        "$.notice.slug", "shanghai-putuo-2025", "is 'shanghai-putuo-2025', but the folder is 'shanghai-putuo-2024'"
    ),
}

CONTACT = {
    "a_telephone_without_its_extension": change(
        "$.contact[telephone].uri", "tel:+86-21-52564588", "should be 'tel:+86-21-52564588;ext=1647'"
    ),
    "a_digit_changed_in_a_telephone": change(
        "$.contact[telephone].uri", "tel:+86-21-52564589;ext=1647", "should be 'tel:+86-21-52564588;ext=1647'"
    ),
    "a_telephone_with_the_domestic_0": change(
        "$.contact[telephone].uri", "tel:+86-021-52564588;ext=1647", "should be 'tel:+86-21-52564588;ext=1647'"
    ),
    "a_telephone_without_uri": change("$.contact[telephone].uri", None, "should be 'tel:+86-21-52564588;ext=1647'"),
    "a_telephone_of_another_country": change("$.contact[telephone].uri", "tel:+1-21-52564588;ext=1647", "+1"),
    "a_telephone_uri_of_another_scheme": change("$.contact[telephone].uri", "sms:+86-21-52564588;ext=1647", "sms:"),
    "an_extension_run_into_the_number": change("$.contact[telephone].uri", "tel:+86-21-52564588-1647", "1647"),
    "a_letter_changed_in_an_email": change(
        "$.contact[email].uri", "mailto:qwb_dcx@shpt.gov.cn", "should be 'mailto:qwb_dck@shpt.gov.cn'"
    ),
    "an_email_without_its_scheme": change("$.contact[email].uri", "qwb_dck@shpt.gov.cn", "should be 'mailto:"),
    "a_postcode_not_as_printed": change("$.contact[postcode].text", "200332", "'200332' was not found here"),
    "a_label_not_as_printed": change("$.contact[postcode].label", "邮编号码", "was not found here"),
    "a_contact_line_in_a_section_that_is_not_there": change("$.contact[email].section", "s9", "'s9' does not exist"),
    "a_contact_line_left_out": drop("$.contact[email]", "qwb_dck@shpt.gov.cn", "$.contact"),
    "two_contact_lines_out_of_order": swap("$.contact[email]", "$.contact[telephone]", "order", "$.contact[telephone]"),
    "a_telephone_cut_at_its_front": change("$.contact[telephone].text", "21-52564588转1647", "021"),
    "a_postcode_cut_short": change("$.contact[postcode].text", "20033", "200333"),
}

SHAPE = {
    "an_unknown_key": change("$.notice.colour", "red", "Extra inputs are not permitted (got 'red')"),
    "an_unknown_key_of_a_gap": change(
        "$.notice.not_stated[issues.status].fr", "rien", "Extra inputs are not permitted"
    ),
    "an_empty_gap": change("$.notice.not_stated[issues.status].zh", "", "at least 1 character"),
    "half_a_character_in_a_gap": rewrite(
        PUTUO, '"zh": "通报称', '"zh": "\\ud800', "string", "$.notice.not_stated[issues.status].zh", in_file=PUTUO
    ),
    "an_unknown_key_of_a_quote": change(
        "$.metrics[issues-broken-down].counted",
        {"exact": "问题", "before": "41项"},
        "Extra inputs are not permitted",
        at="$.metrics[issues-broken-down].counted.before",
    ),
    "a_missing_key": drop("$.metrics[issues-done].label", "Field required", "$.metrics[issues-done].label"),
    "a_missing_id": drop("$.statements[0].id", "Field required", "$.statements[0].id"),
    "a_missing_list": drop("$.contact", "Field required", "$.contact"),
    "a_number_as_a_string": change("$.metrics[rd-spending-increase].value", "9.37", "expected a number (got '9.37')"),
    "a_number_as_a_truth": change("$.metrics[issues-done].value", True, "expected a number (got True)"),
    "a_number_with_too_many_digits": rewrite(
        PUTUO,
        '"value": 9.37,',
        '"value": 9.370000000000001,',
        "no more than 15 digits",
        "$.metrics[rd-spending-increase].value",
        in_file=PUTUO,
    ),
    "a_whole_number_as_a_string": change("$.metrics[issues-done].multiplier", "1", "valid integer (got '1')"),
    "a_truth_as_a_string": change("$.reconciliation[issues-total].comparable", "yes", "valid boolean"),
    "a_string_as_a_number": change("$.contact[postcode].text", 200333, "valid string"),
    "a_list_as_a_string": change("$.sections[s3-1].text", "牢牢把握", "valid list"),
    "an_empty_quote": change("$.metrics[issues-done].counted", "", "at least 1 character"),
    "a_day_that_never_was": change("$.notice.date", "2024-02-30", "valid date"),
    "a_day_with_a_time": change("$.notice.date", "2024-07-26T00:00:00", "2024-07-26T00:00:00"),
    "a_day_as_a_count_of_seconds": change("$.notice.date", "1795392000", "1795392000"),
    "broken_json": rewrite(PUTUO, '{\n  "notice": {', '{\n  "notice": {,', "is not JSON", "line 2, column 14"),
    "a_slug_without_its_mark": rewrite(NOTICES, '["', "[", "is not JSON", "line 1, column 2"),
    "a_double_key": rewrite(
        PUTUO,
        '"slug": "shanghai-putuo-2024",',
        '"slug": "shanghai-putuo-2024", "slug": "shanghai-putuo-2024",',
        "the key 'slug' is given twice in one object",
        "$",
    ),
    "a_value_that_is_no_number": rewrite(PUTUO, '"value": 9.37,', '"value": NaN,', "NaN is not a JSON number", "$"),
    "an_infinite_value": rewrite(PUTUO, '"value": 9.37,', '"value": Infinity,', "Infinity is not a JSON number", "$"),
    "json_that_is_not_utf_8": rewrite(PUTUO, '{\n  "notice"', b'{\n\xff "notice"', "is not UTF-8", "byte 2"),
    "a_source_that_is_not_utf_8": rewrite(PUTUO_TEXT, "中共", b"\xd6\xd0", "is not UTF-8", "byte 0"),
}

FOLDER = {
    "a_missing_transcription": remove(PUTUO),
    "a_missing_source": remove(PUTUO_TEXT),
    "a_missing_list_of_notices": remove(NOTICES),
    "missing_vocabularies": remove(VOCABULARIES),
    "no_notice_at_all": rewrite(NOTICES, '["shanghai-putuo-2024"]', "[]", "must list at least one notice", "$"),
    "a_notice_twice": rewrite(
        NOTICES, '"]', '", "shanghai-putuo-2024"]', "must list at least one notice, and each once", "$"
    ),
    "a_slug_in_capitals": rewrite(NOTICES, '"shang', '"Shang', "String should match pattern", "$[0]"),
    "a_vocabulary_with_a_code_twice": change(
        "$.unit.terms[article].code", "item", "the code 'item' is given twice", at="$.unit", file=VOCABULARIES
    ),
    "a_vocabulary_without_terms": change("$.scope.terms", [], "at least 1 item", file=VOCABULARIES),
    "a_code_in_capitals": change("$.unit.terms[article].code", "Article", "should match pattern", file=VOCABULARIES),
    "a_qualifier_the_software_cannot_compute": change(
        "$.qualifier.terms[about].code",
        "roughly",
        "the software computes with them",
        at="$.qualifier",
        file=VOCABULARIES,
    ),
    "a_missing_qualifier": drop(
        "$.qualifier.terms[about]", "must be exact, more_than", "$.qualifier", file=VOCABULARIES
    ),
    "a_surplus_nature": repeat(
        "$.nature.terms[share]", "must be level, share", "$.nature", file=VOCABULARIES, code="ratio"
    ),
    "a_missing_vocabulary": drop("$.nature", "must be level, share", "$.nature", file=VOCABULARIES),
}

SECOND = {
    "a_printed_0_as_1": change("$.metrics[problems-found-on-look-back].value", 1, "'0件' says 0, not 1", file=LINJIANG),
    "a_completion_rate_rounded": change(
        "$.metrics[completion-rate].value", 92, "'92.3%' says 92.3, not 92", file=LINJIANG
    ),
    "ten_thousands_taken_for_thousands": change(
        "$.metrics[funds-returned].multiplier", 1000, "'3万余元' says 10000, not 1000", file=LINJIANG
    ),
    "nearly_left_out": change(
        "$.metrics[households-benefiting].qualifier", "exact", "says about, not exact", file=LINJIANG
    ),
    "a_chinese_numeral_misread": change(
        "$.metrics[internal-control-measures].value", 12, "'二十余条' says 20, not 12", file=LINJIANG
    ),
    "a_fall_of_more_than_30_as_a_rise": change(
        "$.metrics[complaints-fall].value", 30, "says -30, not 30", file=LINJIANG
    ),
    "a_month_taken_for_its_year": change(
        "$.metrics[internal-control-measures].period_end",
        "2023-12-31",
        "'2023年3月' says 2023-03-01 to 2023-03-31",
        at="$.metrics[internal-control-measures].period_start",
        file=LINJIANG,
    ),
    "a_unit_of_another_code": change(
        "$.metrics[silt-cleared].unit_code", "mu", "'吨' is no printed form of 'mu'", file=LINJIANG
    ),
    "a_half_width_comma": change(
        "$.statements[m5-2].quote",
        "选派干部35名到重点项目挂职,",
        "was not found after the preceding text",
        file=LINJIANG,
    ),
    "a_half_width_marker": change("$.sections[s2-1-2].marker", "2.", "does not begin with '2.'", file=LINJIANG),
    "a_point_without_its_number": change(
        "$.statements[m1-4].marker", None, "left out here: '二是'", at="$.statements[m1-4].quote", file=LINJIANG
    ),
    "an_ambiguous_town": change("$.statements[m1-4].actor", "各镇", "is found more than once here", file=LINJIANG),
    "an_unlisted_0": drop("$.numerals[n46]", "s2-2-1 prints '0'", "$.numerals", file=LINJIANG),
    "a_telephone_of_the_first_notice": change(
        "$.contact[telephone].uri", "tel:+86-21-52564588;ext=1647", "should be 'tel:+86", file=LINJIANG
    ),
    "a_digit_changed_in_the_source": rewrite(
        LINJIANG_TEXT,
        "查处问题0件",
        "查处问题1件",
        "it is not the text",
        "$.notice.source_sha256",
        in_file=LINJIANG,
    ),
}

ENTRIES = {
    "an_entry_without_definition": drop("$[sifeng].definition", "Field required", "$[sifeng].definition", GLOSSARY),
    "an_entry_with_a_field_of_its_own": change("$[sifeng].source", "x", "Extra inputs", file=GLOSSARY),
    "a_term_explained_twice": repeat(
        "$[sifeng]", "is explained already", at="$[four-winds].term", file=GLOSSARY, id="four-winds"
    ),
    "an_id_given_twice": change("$[xinfang].id", "sifeng", "is used already", file=GLOSSARY),
    "a_form_that_is_another_term": put("$[xunshi].forms", "巡察", "is explained already"),
    "a_reserved_id_of_an_entry": change("$[sifeng].id", "all", "is reserved for addresses", file=GLOSSARY),
    "a_term_that_no_notice_prints": change("$[sifeng].term", "五风", "is printed in no notice", file=GLOSSARY),
    "a_form_that_no_notice_prints": put("$[sifeng].forms", "四种作风", "is printed in no notice"),
    "a_term_that_stands_only_in_a_longer_one": change(
        "$[chengyun-zhongxin].term", "区纪委监", "or only within longer terms", pinyin="qū jìwěi jiān", file=GLOSSARY
    ),
    "a_word_that_does_not_hold_the_term": put("$[quwei].not_in", "区人大", "is not a longer word"),
    "a_term_as_its_own_longer_word": put("$[quwei].not_in", "区委", "is not a longer word"),
    "a_missing_syllable": change("$[sifeng].pinyin", "sì", "has 1 syllables for 2 characters", file=GLOSSARY),
    "a_missing_tone": change("$[sifeng].pinyin", "sìfeng", "has no tone on '风'", file=GLOSSARY),
    "a_tone_on_the_wrong_letter": change("$[xunshi].pinyin", "xúnshii", "is not Hanyu Pinyin", file=GLOSSARY),
    "a_printed_number_left_out": change("$[rexian-12345].pinyin", "rèxiàn", "leaves out '12345'", file=GLOSSARY),
    "an_english_word_for_pinyin": change("$[sifeng].pinyin", "four winds", "is not Hanyu Pinyin", file=GLOSSARY),
    "an_entry_out_of_the_alphabet": swap("$[sifeng]", "$[silian-jizhi]", "in the alphabet", "$[sifeng]", GLOSSARY),
    "a_doubt_without_a_note": change(
        "$[sankua].note", None, "an uncertain entry needs a note", note_en=None, file=GLOSSARY
    ),
    "a_note_in_chinese_only": change(
        "$[sankua].note_en", None, "is given in one language only", at="$[sankua].note", file=GLOSSARY
    ),
    "chinese_in_an_english_definition": change(
        "$[sifeng].definition_en", "The 四 winds.", "is not English", file=GLOSSARY
    ),
    "english_in_place_of_a_definition": change("$[sifeng].definition", "Winds.", "Chinese is missing", file=GLOSSARY),
    "a_rendering_of_blanks": change("$[sifeng].en", " ", "English is missing", file=GLOSSARY),
    "a_missing_glossary": remove(GLOSSARY),
    "a_broken_glossary": rewrite(GLOSSARY, "[", "[,", "is not JSON", "line 1, column 2"),
}

TABLES = (
    OUTLINE, ISSUES, STATEMENTS, DIRECTIVES, DOCUMENTS, ORGANIZATIONS, FIGURES, RELATIONS, IDS, CODES, LANGUAGES,
    NUMERALS, NOTICE_RECORD, CONTACT, SHAPE, FOLDER, ENTRIES,
)  # fmt: skip
CORRUPTIONS = {claim: corruption for table in TABLES for claim, corruption in table.items()}

CONTENTS = {
    "a_label": change("$.metrics[issues-total].label", "问题", ""),
    "a_note": change("$.metrics[issues-total].note", "按所印。", "", note_en="As printed."),
    "a_digit": change("$.metrics[issues-total].value", 42, ""),
    "a_definition": change("$.unit.terms[yuan].definition", "Yuan.", "", file=VOCABULARIES),
    "a_form": change("$.unit.terms[yuan].forms", ["元", "圆"], "", file=VOCABULARIES),
    "an_explanation": change("$[sifeng].definition_en", "Four styles.", "", file=GLOSSARY),
    "the_order_of_codes": swap("$.unit.terms[yuan]", "$.unit.terms[person]", "", "$", file=VOCABULARIES),
    "the_order_of_figures": swap("$.metrics[issues-total]", "$.metrics[issues-done]", "", "$"),
    "the_order_of_notices": swap("$[0]", "$[1]", "", "$", file=NOTICES),
    "a_character_of_the_source": rewrite(PUTUO_TEXT, "424", "425", "", "$"),
    "a_line_end_of_the_second_source": rewrite(LINJIANG_TEXT, "\n", "\r\n", "", "$"),
}


def test_the_seed_passes(seed: Path) -> None:
    assert findings(seed) == []


def test_both_notices_pass(both_notices: Path) -> None:
    documents = load_seed(both_notices).documents()
    assert [document.slug for document in documents] == ["shanghai-putuo-2024", "linjiang-2025"]


@pytest.mark.parametrize("corruption", CORRUPTIONS.values(), ids=CORRUPTIONS)
def test_errors_are_reported(corruption: Corruption, seed: Path) -> None:
    assert_reported(seed, corruption)


@pytest.mark.parametrize("corruption", SECOND.values(), ids=SECOND)
def test_errors_in_the_second_notice_are_reported(corruption: Corruption, both_notices: Path) -> None:
    assert_reported(both_notices, corruption)


def test_one_run_reports_every_error_and_nothing_else(both_notices: Path) -> None:
    corruptions = [
        FIGURES["a_dropped_digit"],
        FIGURES["a_wrong_multiplier"],
        STATEMENTS["a_measure_without_kind"],
        LANGUAGES["a_blank_translation"],
        CODES["an_unknown_topic"],
        CONTACT["a_letter_changed_in_an_email"],
        FOLDER["a_surplus_nature"],
        SECOND["a_printed_0_as_1"],
        SECOND["a_half_width_marker"],
    ]
    places = {(str(both_notices / corruption.file), corruption.apply(both_notices)) for corruption in corruptions}
    assert {(finding.file, finding.path) for finding in findings(both_notices)} == places


def test_an_error_in_the_vocabularies_is_reported_once(seed: Path) -> None:
    corruption = rewrite(VOCABULARIES, "{", "{,", "is not JSON", "line 1, column 2")
    place = (str(seed / VOCABULARIES), corruption.apply(seed))
    assert [(finding.file, finding.path) for finding in findings(seed)] == [place]


@pytest.mark.parametrize("file", [NOTICES, PUTUO, PUTUO_TEXT])
def test_no_term_is_missed_where_a_notice_can_not_be_read(seed: Path, file: str) -> None:
    (seed / file).unlink()
    assert GLOSSARY not in {Path(finding.file).name for finding in findings(seed)}


def test_a_seed_may_explain_nothing(seed: Path) -> None:
    write(seed / GLOSSARY, [])
    assert_loads(seed)


def retype(seed: Path, old: str, new: str, *dropped: str) -> None:
    """The second notice as if printed another way: `new` for `old` in source and transcription, less some records."""
    for name in (LINJIANG_TEXT, LINJIANG):
        text = (seed / name).read_text(encoding="utf-8")
        assert old in text
        (seed / name).write_text(text.replace(old, new), encoding="utf-8")
    content = read(seed / LINJIANG)
    content["notice"]["source_sha256"] = hashlib.sha256((seed / LINJIANG_TEXT).read_bytes()).hexdigest()
    for path in dropped:
        holder, key, _ = find(content, path)
        del holder[key]
    write(seed / LINJIANG, content)


def assert_loads(seed: Path) -> None:
    assert findings(rerelease(seed)) == []
    Database(seed, seed.parent / "var").execute("select slug from notice")


def test_a_figure_may_stand_in_the_first_sentence_under_a_heading_without_a_mark(both_notices: Path) -> None:
    gone = ("$.statements[m2-1]", "$.organizations[district-government]")
    retype(both_notices, "区政府召开专题会议部署污水治理工作。投入", "投入", *gone)
    assert_loads(both_notices)


def test_a_period_may_leave_out_its_second_year(both_notices: Path) -> None:
    retype(both_notices, "2024年4月9日至2024年6月28日", "2024年4月9日至6月28日", "$.numerals[n6]")
    assert_loads(both_notices)


def test_a_date_may_be_printed_in_chinese_numerals(both_notices: Path) -> None:
    retype(both_notices, "2025年3月18日", "二〇二五年三月十八日")
    content = read(both_notices / LINJIANG)
    for numeral, text in zip(content["numerals"][-3:], ("二〇二五", "三", "十八"), strict=True):
        numeral["text"] = text
    write(both_notices / LINJIANG, content)
    assert_loads(both_notices)


def test_a_heading_may_have_no_number(both_notices: Path) -> None:
    heading = "关于“干部队伍结构不够优”问题的整改"
    retype(both_notices, f"1\uff0e{heading}", heading, "$.numerals[n51]")
    change("$.sections[s2-3-1].marker", None, "", file=LINJIANG).apply(both_notices)
    assert_loads(both_notices)


def version(seed: Path) -> str:
    return data_version(seed, read(seed / NOTICES))


def test_layout_leaves_the_data_version_as_it_is(both_notices: Path) -> None:
    before = version(both_notices)
    for file in (NOTICES, VOCABULARIES, GLOSSARY, PUTUO, LINJIANG):
        path = both_notices / file
        path.write_text("\n" + json.dumps(read(path), indent=7), encoding="utf-8")
    assert version(both_notices) == before == load_seed(both_notices).data_version


@pytest.mark.parametrize("corruption", CONTENTS.values(), ids=CONTENTS)
def test_content_changes_the_data_version(corruption: Corruption, both_notices: Path) -> None:
    before = version(both_notices)
    corruption.apply(both_notices)
    assert version(both_notices) != before


def test_one_data_version_has_one_order_of_vocabularies(seed: Path) -> None:
    before, version = load_seed(seed), load_seed(seed).data_version
    write(seed / VOCABULARIES, dict(reversed(read(seed / VOCABULARIES).items())))
    after = load_seed(seed)
    assert (after.data_version == version) == (list(after.vocabularies) == list(before.vocabularies))


def run(seed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NOTICE_SEED": str(seed), "NOTICE_DATABASE": str(seed.parent / "var")}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("corruption", [FIGURES["a_dropped_digit"], SHAPE["broken_json"], FOLDER["a_missing_source"]])
def test_the_command_fails_and_writes_nothing(corruption: Corruption, seed: Path) -> None:
    path = corruption.apply(seed)
    before = contents(seed.parent)
    result = run(seed, "check", str(seed))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{seed / corruption.file}: {path}: {corruption.words}")
    assert result.stderr.endswith("nothing was written\n")
    assert contents(seed.parent) == before


def test_nothing_is_built_from_an_invalid_seed(seed: Path) -> None:
    FIGURES["a_dropped_digit"].apply(seed)
    before = contents(seed.parent)
    result = run(seed, "build")
    assert (result.returncode, result.stdout) == (1, "")
    assert contents(seed.parent) == before


def test_the_command_says_what_it_found_in_order(both_notices: Path) -> None:
    result = run(both_notices, "check", str(both_notices))
    assert (result.returncode, result.stderr) == (0, "")
    assert re.findall(r"^([a-z0-9-]+): .*: no problems$", result.stdout, re.M) == read(both_notices / NOTICES)


def test_a_notice_may_leave_its_inspection_unnumbered_and_undated(both_notices: Path) -> None:
    """What is not printed is null, and what is null must not be printed."""
    path = both_notices / "linjiang-2025" / "notice.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    inspection = content["notice"]["inspection"]
    unsaid = ("team", "team_text", "start_date", "end_date", "period_text", "feedback_date", "feedback_text")
    inspection |= dict.fromkeys(unsaid)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    read_all(rerelease(both_notices))

    for field in ("committee", "round"):
        path.write_text(
            json.dumps(content | {"notice": content["notice"] | {"inspection": inspection | {field: None}}})
        )
        with pytest.raises(InvalidSeed, match=rf"\$\.notice\.inspection\.{field}: "):
            read_all(both_notices)
