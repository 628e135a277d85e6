"""An edition: all notices of a seed folder with their vocabularies, read, checked and ready to load."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from app.transcription.checks.contact import check_contact
from app.transcription.checks.glossary import Entry, check_glossary, check_printed, standing
from app.transcription.checks.identity import check_identity
from app.transcription.checks.metrics import check_metrics
from app.transcription.checks.notice import check_notice
from app.transcription.checks.numerals import check_numerals
from app.transcription.checks.order import check_order
from app.transcription.checks.outline import check_outline
from app.transcription.checks.relations import check_relations
from app.transcription.checks.roles import check_roles
from app.transcription.checks.statements import check_issues
from app.transcription.checks.vocabulary import check_vocabularies, check_words
from app.transcription.document import SourceDocument
from app.transcription.files import read_bytes, read_json
from app.transcription.findings import Finding, Findings, InvalidSeed
from app.transcription.layout.notice import Transcription
from app.transcription.layout.types import Id
from app.transcription.layout.vocabulary import Code, Vocabulary
from app.transcription.source import Source

# The outline comes first: everything else is found within its sections; the order last: by then all has its place.
CHECKS = (
    check_notice,
    check_outline,
    check_identity,
    check_roles,
    check_issues,
    check_metrics,
    check_relations,
    check_numerals,
    check_contact,
    check_order,
)

_SLUGS, _VOCABULARIES = TypeAdapter(list[Id]), TypeAdapter(dict[Code, Vocabulary])
_TRANSCRIPTION, _GLOSSARY = TypeAdapter(Transcription), TypeAdapter(list[Entry])


@dataclass(frozen=True)
class Seed:
    """What a seed folder holds. `problems` are those of the files that all notices share.

    `data_version` is the hash of all that is loaded.
    """

    folder: Path
    slugs: list[str]
    vocabularies: dict[str, Vocabulary]
    glossary: list[Entry]
    problems: list[Finding]
    data_version: str

    def documents(self) -> Iterator[SourceDocument]:
        """Each notice, read and checked, in order, one at a time; `InvalidSeed` at the end with every problem of all.

        After a slip no document is handed out any more, but the others are checked all the same.
        """
        problems, printed, read = list(self.problems), set[str](), 0
        for slug in self.slugs:
            document, found = check_folder(self.folder / slug, self.vocabularies)
            problems += found
            if document:
                printed |= {document.source[span] for span, _ in standing(document, self.glossary)}
                read += 1
            if document and not problems:
                yield document
        # Where a notice can't be read, a term that stands in it alone would be told as standing nowhere.
        if read and read == len(self.slugs):
            problems += check_printed(self.glossary, printed, Findings(self.folder / "glossary.json")).problems
        if problems:
            raise InvalidSeed(problems)


def load_seed(folder: Path) -> Seed:
    """Read a seed folder, each notice when it is asked for; `InvalidSeed` where no notice can be checked at all."""
    slugs_report, terms_report = Findings(folder / "notices.json"), Findings(folder / "vocabularies.json")
    glossary_report = Findings(folder / "glossary.json")
    slugs = read_json(folder / "notices.json", _SLUGS, slugs_report) or []
    vocabularies = read_json(folder / "vocabularies.json", _VOCABULARIES, terms_report)
    if vocabularies is None:
        # Without them, every code of every notice would be told as unknown.
        raise InvalidSeed(slugs_report.problems + terms_report.problems)
    check_vocabularies(vocabularies, terms_report)
    glossary = read_json(folder / "glossary.json", _GLOSSARY, glossary_report) or []
    check_glossary(glossary, glossary_report)
    if not slugs_report and (not slugs or len(set(slugs)) < len(slugs)):
        slugs_report.say("$", "must list at least one notice, and each once")
    problems = slugs_report.problems + terms_report.problems + glossary_report.problems
    return Seed(folder, slugs, vocabularies, glossary, problems, data_version(folder, slugs))


def check_folder(folder: Path, vocabularies: dict[str, Vocabulary]) -> tuple[SourceDocument | None, list[Finding]]:
    """Check one notice's folder; the document, if its files could be read at all, and every problem."""
    text_report, report = Findings(folder / "notice.txt"), Findings(folder / "notice.json")
    raw = read_bytes(folder / "notice.txt", text_report)
    transcription = read_json(folder / "notice.json", _TRANSCRIPTION, report)
    if raw is None or transcription is None:
        return None, text_report.problems + report.problems
    document = SourceDocument(Source(raw), transcription, vocabularies, report)
    if transcription.notice.slug != folder.name:
        report.say("$.notice.slug", f"is {transcription.notice.slug!r}, but the folder is {folder.name!r}")
    for check in CHECKS:
        check(document)
    check_words(transcription, vocabularies, report)
    return document, report.problems


def data_version(folder: Path, slugs: list[str]) -> str:
    """Hash of what is loaded: the content of every JSON file, however it is laid out, and the bytes of every source."""
    content = hashlib.sha256()
    for name in ("notices.json", "vocabularies.json", "glossary.json", *(f"{slug}/notice.json" for slug in slugs)):
        content.update(_without_layout(_content(folder / name)))
    for slug in slugs:
        content.update(_content(folder / slug / "notice.txt"))
    return content.hexdigest()[:16]


def _without_layout(raw: bytes) -> bytes:
    try:
        return json.dumps(json.loads(raw, parse_float=str), ensure_ascii=False).encode()
    except ValueError:
        return raw


def _content(path: Path) -> bytes:
    """The bytes of a file; none of what can't be read, since the check tells of that."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
