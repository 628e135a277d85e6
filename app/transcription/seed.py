"""The seed folder: the transcriptions of all notices, what they share, and the releases of it all."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from app.transcription.canonical import with_ids
from app.transcription.checks import CHECKS
from app.transcription.checks.glossary import check_glossary, check_occurrences
from app.transcription.checks.readings import check_readings
from app.transcription.checks.releases import ReleaseCheck, check_releases
from app.transcription.checks.stage import check_guesses
from app.transcription.checks.vocabulary import check_vocabularies
from app.transcription.data_version import NOTICE, SOURCE, content_digest, data_version, notice_digest
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

T = TypeVar("T")

_SLUGS, _TRANSCRIPTION = TypeAdapter(list[Id]), TypeAdapter(Transcription)
_VOCABULARIES, _GLOSSARY = TypeAdapter(dict[Code, Vocabulary]), TypeAdapter(list[GlossaryEntry])
_RELEASES = TypeAdapter(list[Release])

RELEASES = "releases.json"


@dataclass(frozen=True)
class Examined(Generic[T]):
    """What the examination of one notice has found; `result` is what is made of it, None where anything was found.

    `digest` is the hash of its data, `printed` the terms of the glossary as it prints them.
    """

    slug: str
    digest: str
    is_readable: bool
    findings: list[Finding]
    release_findings: list[Finding]
    printed: frozenset[str]
    result: T | None


@dataclass(frozen=True)
class Seed:
    """A seed folder. `findings` are those of the files that all notices share.

    `slugs` are the notices that are served, of which the drafts come last; `drafts` are all drafts, served or not.
    `digests` are the hashes of those notices that have been examined.
    """

    folder: Path
    slugs: list[str]
    drafts: list[str]
    vocabularies: dict[str, Vocabulary]
    glossary: list[GlossaryEntry]
    releases: list[Release]
    findings: list[Finding]
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def data_version(self) -> str:
        """The hash of all that is served."""
        return data_version(self.folder, self.slugs, self.digests)

    @property
    def published_version(self) -> str:
        """The same without drafts."""
        return data_version(self.folder, [slug for slug in self.slugs if slug not in self.drafts], self.digests)

    @cached_property
    def release_check(self) -> ReleaseCheck:
        """What compares the releases with the data."""
        return ReleaseCheck(self.releases, self.folder / RELEASES)

    def documents(self) -> Iterator[SourceDocument]:
        """Read, check and yield each notice in order, one at a time; see `settle`."""
        return self.settle(self.examine(n, lambda document, _: document) for n in range(len(self.slugs)))

    def examine(self, position: int, use: Callable[[SourceDocument, int], T]) -> Examined[T]:
        """Read and check the notice at a position; if nothing is found, make of its document what is wanted."""
        slug = self.slugs[position]
        folder = self.folder / slug
        document, findings = check_folder(folder, self.vocabularies)
        if document:
            document.terms = document.find_terms(self.glossary)
        good = document if not findings else None
        release_findings = self.release_check.check_notice(good) if good else []
        return Examined(
            slug=slug,
            digest=document.digest if document else notice_digest(folder),
            is_readable=document is not None,
            findings=findings,
            release_findings=release_findings,
            printed=frozenset(document.source[span] for span, _ in document.terms) if document else frozenset(),
            result=use(good, position) if good and not release_findings else None,
        )

    def settle(self, examined: Iterable[Examined[T]]) -> Iterator[T]:
        """Yield what was made of each notice, in order.

        From the first finding on nothing is yielded, but every notice is still examined. At the end raise `InvalidSeed`
        with all findings, if there are any.
        """
        of_releases = Findings(self.folder / RELEASES)
        check_releases(self.releases, of_releases)
        findings, printed, readable = [*self.findings, *of_releases], set[str](), 0
        release_findings = [*self.release_check.findings]
        for each in examined:
            self.digests[each.slug] = each.digest
            findings += each.findings
            release_findings += each.release_findings
            readable += each.is_readable
            printed |= each.printed
            if each.result is not None and not findings and not release_findings:
                yield each.result
        # A notice that can't be read may be the only one to print a term.
        if readable and readable == len(self.slugs):
            glossary_findings = Findings(self.folder / "glossary.json")
            check_occurrences(self.glossary, printed, glossary_findings)
            findings += glossary_findings
        # Every error changes the data, so what the releases say of them is checked where there is no other error.
        if not findings:
            release_findings += self.release_check.check_version(self.published_version)
            release_findings += self.release_check.check_shared(self.slugs, self.vocabularies, self.glossary)
        if findings or release_findings:
            raise InvalidSeed(findings or release_findings)


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
    )


def _find_drafts(folder: Path, slugs: list[str], findings: Findings) -> list[str]:
    """Return the drafts of a seed folder in alphabetical order; report published notices that are not listed."""
    drafts: list[str] = []
    listed = set(slugs)
    for path in sorted(folder.glob(f"*/{NOTICE}")):
        if (slug := path.parent.name) not in listed:
            if _is_draft(_parse(path)):
                drafts.append(slug)
            else:
                findings.add("$", f"does not list {slug!r}, which is no draft: list it, or set its stage to 'draft'")
    return drafts


def _parse(path: Path) -> Any:
    """Return the content of a JSON file; None if it can't be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _is_draft(content: Any) -> bool:
    """Return whether the content of a `notice.json` says that it is a draft."""
    try:
        return bool(content["notice"]["stage"] == "draft")
    except (KeyError, TypeError):
        return False


def check_folder(folder: Path, vocabularies: dict[str, Vocabulary]) -> tuple[SourceDocument | None, list[Finding]]:
    """Read and check the folder of one notice; return the document, if both files could be read, and all findings."""
    text_findings, findings = Findings(folder / SOURCE), Findings(folder / NOTICE)
    raw, digest = read_bytes(folder / SOURCE, text_findings), ""

    def prepare(content: Any) -> Any:
        nonlocal digest
        digest = content_digest(content, raw or b"")
        # The ids of a draft may be left to the program; those of a published notice were decided once.
        return with_ids(content) if _is_draft(content) else content

    transcription = read_json(folder / NOTICE, _TRANSCRIPTION, findings, prepare)
    if raw is None or transcription is None:
        return None, [*text_findings, *findings]
    document = SourceDocument(Source(raw), transcription, digest, vocabularies, findings)
    if document.slug != folder.name:
        document.report("$.notice.slug", f"is {document.slug!r}, but the folder is {folder.name!r}")
    for check in CHECKS:
        check(document)
    document.read_twice = (folder / READINGS).is_dir()
    found = [*findings, *check_guesses(document, folder / GUESSES)]
    return document, found or check_readings(document, folder / READINGS)
