"""What a workbook's second sheet says: whence the records, under which terms, and what each column is called."""

from collections.abc import Iterator

from app.exports.licenses import license_address
from app.exports.table import Origin, Table

Row = list[str]
_TEXTS = {
    "zh": {
        "name": "Zhenggai 整改数据",
        "what": "通报说了什么，就照录什么；通报没有说的，一概不填。",
        "english": "英文译文、主题、类型和名称由本数据编写，非官方。",
        "version": "数据版本",
        "address": "查询地址",
        "notice": "通报",
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
        "date": "Date",
        "source": "Source",
        "rights": "Rights in the notice",
        "license": "Licence of the transcription",
        "column": "Column",
        "field": "Field",
    },
}


def origin_rows(table: Table) -> Iterator[Row]:
    """The sheet's rows, of one to three cells."""
    says = _TEXTS[table.language]
    yield [says["name"]]
    yield [says["what"]]
    yield [says["english"]]
    yield [says["version"], table.about.data_version]
    yield [says["address"], table.about.address]
    for origin in table.about.origins:
        yield []
        yield from _origin_rows(origin, table.language)
    yield []
    yield [says["column"], says["field"]]
    for column in table.columns:
        yield [column.heading(table.language), column.name]


def _origin_rows(origin: Origin, language: str) -> Iterator[Row]:
    says = _TEXTS[language]
    yield [says["notice"], origin.title] + ([origin.title_en] if language == "en" else [])
    yield [says["date"], origin.date]
    yield [says["source"], origin.source_name, origin.source_url]
    yield [says["rights"], origin.rights if language == "zh" else origin.rights_en]
    yield [says["license"], origin.transcription_license, license_address(origin.transcription_license)]
