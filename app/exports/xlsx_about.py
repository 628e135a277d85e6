"""The second sheet of a workbook: where the records come from, under which terms, and what each column is called."""

from collections.abc import Iterator

from app.exports.table import Language, NoticeSource, Table
from app.models.notice import license_url

Row = list[str]
_WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "name": "Zhenggai 整改数据",
        "what": "通报说了什么，就照录什么；通报没有说的，一概不填。",
        "english": "英文译文、主题、类型和名称由本数据编写，非官方。",
        "version": "数据版本",
        "address": "查询地址",
        "notice": "通报",
        "stage": "阶段",
        "draft": "草稿：其中有程序的推测，还没有人逐项核对。",
        "date": "发布日期",
        "source": "来源",
        "rights": "通报权利说明",
        "license": "转写许可",
        "column": "列",
        "field": "字段",
    },
    "en": {
        "name": "Zhenggai 整改数据",
        "what": "It says what the notice says, and never what it does not say.",
        "english": "English texts, topics, kinds and labels are ours and unofficial.",
        "version": "Data version",
        "address": "Query",
        "notice": "Notice",
        "stage": "Stage",
        "draft": "Draft: a program's guesses are in it that nobody has looked at.",
        "date": "Date",
        "source": "Source",
        "rights": "Rights in the notice",
        "license": "Licence of the transcription",
        "column": "Column",
        "field": "Field",
    },
}


def about_rows(table: Table, language: Language) -> Iterator[Row]:
    """Yield the sheet's rows, of one to three cells."""
    words = _WORDS[language]
    yield [words["name"]]
    yield [words["what"]]
    yield [words["english"]]
    yield [words["version"], table.about.data_version]
    yield [words["address"], table.about.url]
    for notice in table.about.notices:
        yield []
        yield from _notice_rows(notice, language)
    yield []
    yield [words["column"], words["field"]]
    for column in table.columns:
        yield [column.label(language), column.name]


def _notice_rows(notice: NoticeSource, language: Language) -> Iterator[Row]:
    words = _WORDS[language]
    yield [words["notice"], notice.title] + ([notice.title_en] if language == "en" and notice.title_en else [])
    if notice.stage == "draft":
        yield [words["stage"], words["draft"]]
    if notice.date:
        yield [words["date"], notice.date]
    if notice.source_name or notice.source_url:
        yield [words["source"], notice.source_name, notice.source_url]
    yield [words["rights"], notice.rights if language == "zh" else notice.rights_en or notice.rights]
    yield [words["license"], notice.transcription_license, license_url(notice.transcription_license)]
