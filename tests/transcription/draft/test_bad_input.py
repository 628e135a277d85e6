"""A file that can't be drafted as it is gets a clear word, and nothing is written over."""

import os
import sys
from pathlib import Path

import pytest

from app.__main__ import main

NOTICE = (Path(__file__).parent / "notices" / "heshan-health-2024" / "notice.txt").read_text(encoding="utf-8")


@pytest.fixture
def draft(seed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Draft":
    """Drafts bytes into a copy of the seed."""
    monkeypatch.setenv("NOTICE_SEED", str(seed))
    return Draft(seed, monkeypatch, capsys)


class Draft:
    def __init__(self, seed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.seed, self.monkeypatch, self.capsys = seed, monkeypatch, capsys

    def __call__(self, raw: bytes, slug: str = "drafted-2024") -> str:
        """Run the command on a file of these bytes; what it prints."""
        file = self.seed.parent / "copied.txt"
        file.write_bytes(raw)
        return self.run(str(file), "--slug", slug)

    def run(self, *arguments: str) -> str:
        self.monkeypatch.setattr(sys, "argv", ["app", "draft", *arguments])
        main()
        return self.capsys.readouterr().out

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.seed.rglob("*")) if path.is_file()}

    @property
    def text(self) -> bytes:
        return (self.seed / "drafted-2024" / "notice.txt").read_bytes()


DECODED = {
    "gbk": (NOTICE.encode("gb18030"), "the file was GBK, and is written as UTF-8"),
    "utf-16": (NOTICE.encode("utf-16"), "the file was UTF-16, and is written as UTF-8"),
    "utf-16-be": (b"\xfe\xff" + NOTICE.encode("utf-16-be"), "the file was UTF-16, and is written as UTF-8"),
    "utf-16-without-mark": (NOTICE.encode("utf-16-le"), "the file was UTF-16, and is written as UTF-8"),
    "byte-order-mark": (NOTICE.encode("utf-8-sig"), "the file was UTF-8 with a byte order mark"),
    "windows": (NOTICE.replace("\n", "\r\n").encode(), "line breaks (CR LF) were changed to LF"),
    "old-macintosh": (NOTICE.replace("\n", "\r").encode(), "line breaks (CR) were changed to LF"),
    "word": (NOTICE.replace("\n", "\x0b").encode(), "line breaks (Word's line break) were changed to LF"),
    "line-separator": (NOTICE.replace("\n", "\u2028").encode(), "line breaks (U+2028) were changed to LF"),
}


@pytest.mark.parametrize(("raw", "word"), DECODED.values(), ids=DECODED)
def test_another_encoding_is_decoded_and_the_editor_is_told(draft: Draft, raw: bytes, word: str) -> None:
    assert word in draft(raw)
    assert draft.text == NOTICE.encode()


REFUSED = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n \n", "the file is empty"),
    "five-megabytes": (NOTICE.encode() * 1500, "a notice has at most"),
    "html": (f"<p>{NOTICE}</p>".encode(), "the file holds HTML"),
    "entities": (NOTICE.replace("。", "&nbsp;").encode(), "the file holds HTML"),
    "a-picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "in no encoding that is known here"),
    "control-characters": (NOTICE.replace("。", "\x00").encode(), "control characters"),
    "broken-utf-16": (b"\xff\xfe" + NOTICE.encode("utf-16-le") + b"\x00", "begins as UTF-16 and is not"),
    "english": (b"A notice in English is drafted by nobody.", "hardly any Chinese text"),
}


@pytest.mark.parametrize(("raw", "word"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_of_a_notice_is_refused_and_nothing_is_written(draft: Draft, raw: bytes, word: str) -> None:
    before = draft.files()

    with pytest.raises(SystemExit) as refused:
        draft(raw)

    assert word in str(refused.value.code)
    assert draft.files() == before


def test_a_notice_that_is_no_notice_is_left_in_one_section_and_that_is_said(draft: Draft) -> None:
    printed = draft("明月几时有，把酒问青天。不知天上宫阙，今夕是何年。\n".encode())

    assert "no title was found: is this a notice of rectification?" in printed
    assert "no headings were found: the whole text is left in one section" in printed
    assert "1 sections, 0 issues" in printed


def test_a_folder_that_is_there_is_refused_whatever_is_in_it(draft: Draft) -> None:
    (draft.seed / "drafted-2024").mkdir()
    before = draft.files()

    for slug in ("drafted-2024", "shanghai-putuo-2024", "lexicons"):
        with pytest.raises(SystemExit) as refused:
            draft(NOTICE.encode(), slug)
        assert "is there already, and is left as it is" in str(refused.value.code)

    assert draft.files() == before


@pytest.mark.parametrize("slug", ["../elsewhere", "Drafted", "2024", "a b", ""])
def test_a_slug_that_can_be_no_address_is_refused(draft: Draft, slug: str) -> None:
    with pytest.raises(SystemExit) as refused:
        draft(NOTICE.encode(), slug)

    assert "must be small letters and digits joined by hyphens" in str(refused.value.code)


def test_a_file_that_is_not_there_is_told(draft: Draft) -> None:
    with pytest.raises(SystemExit) as refused:
        draft.run("nowhere.txt", "--slug", "drafted-2024")

    assert refused.value.code == "nowhere.txt can't be read: No such file or directory"


def test_a_command_without_a_file_says_what_it_needs(draft: Draft) -> None:
    with pytest.raises(SystemExit) as refused:
        draft.run()

    assert refused.value.code == "give the file with the notice's text and its --slug, or --measure"


def test_a_folder_that_can_not_be_written_whole_is_not_written_at_all(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(draft.seed.iterdir())
    monkeypatch.setattr(os, "rename", fail)

    with pytest.raises(SystemExit) as refused:
        draft(NOTICE.encode())

    assert "No space left on device" in str(refused.value.code)
    assert sorted(draft.seed.iterdir()) == before
