"""The seed folder: the transcriptions of all notices, what they share, and the releases of it all."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.transcription.canonical import with_ids
from app.transcription.checks import CHECKS
from app.transcription.checks.glossary import check_glossary, check_occurrences
from app.transcription.checks.readings import check_readings
from app.transcription.checks.releases import ReleaseCheck, check_releases
from app.transcription.checks.stage import check_guesses
from app.transcription.checks.vocabulary import check_vocabularies
from app.transcription.document import SourceDocument
from app.transcription.files import read_bytes, read_json
from app.transcription.findings import Finding, Findings, InvalidSeed
from app.transcription.guesses import GUESSES
from app.transcription.layout.glossary import GlossaryEntry
from app.transcription.layout.notice import Transcription
from app.transcription.layout.releases import Release
from app.transcription.layout.types import Id
from app.transcription.layout.vocabulary import Code, Vocabulary
from app.transcription.readings import READINGS
from app.transcription.source import Source

_SLUGS, _TRANSCRIPTION = TypeAdapter(list[Id]), TypeAdapter(Transcription)
_VOCABULARIES, _GLOSSARY = TypeAdapter(dict[Code, Vocabulary]), TypeAdapter(list[GlossaryEntry])
_RELEASES = TypeAdapter(list[Release])

RELEASES, NOTICE, SOURCE = "releases.json", "notice.json", "notice.txt"


@dataclass(frozen=True)
class Seed:
    """A seed folder. `findings` are those of the files that all notices share.

    `slugs` are the notices that are served, of which the drafts come last; `drafts` are all drafts, served or not.
    `data_version` is the hash of what is served, `published_version` that of the same without drafts.
    """

    folder: Path
    slugs: list[str]
    drafts: list[str]
    vocabularies: dict[str, Vocabulary]
    glossary: list[GlossaryEntry]
    releases: list[Release]
    findings: list[Finding]
    data_version: str
    published_version: str

    def documents(self) -> Iterator[SourceDocument]:
        """Read, check and yield each notice in order, one at a time.

        From the first finding on no document is yielded, but every notice is still checked. At the end raise
        `InvalidSeed` with all findings, if there are any.
        """
        release_findings = Findings(self.folder / RELEASES)
        check_releases(self.releases, release_findings)
        findings, printed, readable = [*self.findings, *release_findings], set[str](), 0
        release = ReleaseCheck(self.releases, self.published_version, Findings(self.folder / RELEASES))
        for slug in self.slugs:
            document, found = check_folder(self.folder / slug, self.vocabularies)
            findings += found
            if document:
                readable += 1
                printed |= {document.source[span] for span, _ in document.find_terms(self.glossary)}
            if document and not findings:
                release.check_notice(document)
                if not release.findings:
                    yield document
        # A notice that can't be read may be the only one to print a term.
        if readable and readable == len(self.slugs):
            glossary_findings = Findings(self.folder / "glossary.json")
            check_occurrences(self.glossary, printed, glossary_findings)
            findings += glossary_findings
        # Every error changes the data, so what the releases say of them is checked where there is no other error.
        if not findings:
            release.check_shared(self.vocabularies, self.glossary)
        if findings or release.findings:
            raise InvalidSeed(findings or release.findings)


def load_seed(folder: Path, drafts: bool = False) -> Seed:
    """Read and check the shared files of a seed folder; notices and releases are checked by `Seed.documents`.

    A draft is a folder that `notices.json` does not list; with `drafts` they are served behind those that it does.
    Raise `InvalidSeed` if the vocabularies can't be read: without them every code of every notice would be reported.
    """
    slug_findings, vocabulary_findings, glossary_findings, release_findings = (
        Findings(folder / name) for name in ("notices.json", "vocabularies.json", "glossary.json", RELEASES)
    )
    slugs = read_json(folder / "notices.json", _SLUGS, slug_findings) or []
    vocabularies = read_json(folder / "vocabularies.json", _VOCABULARIES, vocabulary_findings)
    if vocabularies is None:
        raise InvalidSeed([*slug_findings, *vocabulary_findings])
    check_vocabularies(vocabularies, vocabulary_findings)
    glossary = read_json(folder / "glossary.json", _GLOSSARY, glossary_findings) or []
    check_glossary(glossary, glossary_findings)
    if not slug_findings and (not slugs or len(set(slugs)) < len(slugs)):
        slug_findings.add("$", "must list at least one notice, and each once")
    # A new seed has no releases yet; its first one is entered when everything else is right.
    is_new = not (folder / RELEASES).exists()
    releases = None if is_new else read_json(folder / RELEASES, _RELEASES, release_findings)
    found = _find_drafts(folder, slugs, slug_findings)
    served = [*slugs, *(found if drafts else [])]
    return Seed(
        folder=folder,
        slugs=served,
        drafts=found,
        vocabularies=vocabularies,
        glossary=glossary,
        releases=releases or [],
        findings=[*slug_findings, *vocabulary_findings, *glossary_findings, *release_findings],
        data_version=data_version(folder, served),
        published_version=data_version(folder, slugs),
    )


def _find_drafts(folder: Path, slugs: list[str], findings: Findings) -> list[str]:
    """Return the drafts of a seed folder in alphabetical order; report published notices that are not listed."""
    drafts: list[str] = []
    listed = set(slugs)
    for path in sorted(folder.glob(f"*/{NOTICE}")):
        if (slug := path.parent.name) not in listed:
            if is_draft(path):
                drafts.append(slug)
            else:
                findings.add("$", f"does not list {slug!r}, which is no draft: list it, or set its stage to 'draft'")
    return drafts


def is_draft(path: Path) -> bool:
    """Return whether a `notice.json` says that it is a draft; one that can't be read says nothing."""
    try:
        return bool(json.loads(path.read_bytes())["notice"]["stage"] == "draft")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def check_folder(folder: Path, vocabularies: dict[str, Vocabulary]) -> tuple[SourceDocument | None, list[Finding]]:
    """Read and check the folder of one notice; return the document, if both files could be read, and all findings."""
    text_findings, findings = Findings(folder / SOURCE), Findings(folder / NOTICE)
    raw = read_bytes(folder / SOURCE, text_findings)
    # The ids of a draft may be left to the program; those of a published notice were decided once.
    complete = with_ids if is_draft(folder / NOTICE) else _as_it_is
    transcription = read_json(folder / NOTICE, _TRANSCRIPTION, findings, prepare=complete)
    if raw is None or transcription is None:
        return None, [*text_findings, *findings]
    document = SourceDocument(Source(raw), transcription, vocabularies, findings)
    if document.slug != folder.name:
        document.report("$.notice.slug", f"is {document.slug!r}, but the folder is {folder.name!r}")
    for check in CHECKS:
        check(document)
    document.read_twice = (folder / READINGS).is_dir()
    found = [*findings, *check_guesses(document, folder / GUESSES)]
    return document, found or check_readings(document, folder / READINGS)


def _as_it_is(content: Any) -> Any:
    return content


def data_version(folder: Path, slugs: list[str]) -> str:
    """Return the hash of all loaded data: the bytes of the sources and the JSON content, whatever its white space.

    `releases.json` is left out, since it states the hash, and so are the readings, which are not served.
    """
    content = hashlib.sha256()
    for name in ("notices.json", "vocabularies.json", "glossary.json", *(f"{slug}/{NOTICE}" for slug in slugs)):
        content.update(_canonical(_read(folder / name)))
    for slug in slugs:
        content.update(_read(folder / slug / SOURCE))
    return content.hexdigest()[:16]


def _canonical(raw: bytes) -> bytes:
    """Return JSON without optional white space; bytes that are not JSON, or are nested too deeply, as they are."""
    try:
        return json.dumps(json.loads(raw, parse_float=str), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return raw


def _read(path: Path) -> bytes:
    """Return the bytes of a file; none if it can't be read, which the checks report."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
