"""The hash of a notice's data: by what its JSON says, whoever reads it."""

import json
import shutil
from pathlib import Path

import pytest

from app.settings import ROOT
from app.transcription.data_version import notice_digest
from app.transcription.seed import load_seed

SLUG = "shanghai-putuo-2024"
FIGURE = '"value": 9.37,'


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "seed", tmp_path / "seed"))


def rewrite(seed: Path, before: str, after: str) -> None:
    path = seed / SLUG / "notice.json"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("written", ["9.37", "9.370", "0.937e1", "0.00000937E+6"])
def test_checking_a_notice_finds_the_hash_of_its_files(seed: Path, written: str) -> None:
    rewrite(seed, FIGURE, f'"value": {written},')

    examined = load_seed(seed).examine(0, lambda document, _: document)

    assert examined.findings == []
    assert examined.digest == notice_digest(seed / SLUG)


def test_the_hash_tells_how_a_number_is_written(seed: Path) -> None:
    before = notice_digest(seed / SLUG)
    rewrite(seed, FIGURE, '"value": 9.370,')

    assert notice_digest(seed / SLUG) != before


def test_the_hash_does_not_depend_on_white_space(seed: Path) -> None:
    before = notice_digest(seed / SLUG)
    path = seed / SLUG / "notice.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False), encoding="utf-8")

    assert load_seed(seed).examine(0, lambda document, _: document).digest == before


def test_a_draft_has_the_hash_of_its_files_though_its_ids_are_filled_in(seed: Path) -> None:
    draft = Path(shutil.copytree(seed / SLUG, seed / "a-draft"))
    content = json.loads((draft / "notice.json").read_text(encoding="utf-8").replace(SLUG, "a-draft"))
    content["notice"]["stage"] = "draft"
    for statement in content["statements"]:
        del statement["id"]
    (draft / "notice.json").write_text(json.dumps(content), encoding="utf-8")

    examined = load_seed(seed, drafts=True).examine(1, lambda document, _: document)

    assert (examined.slug, examined.is_readable) == ("a-draft", True)
    assert examined.digest == notice_digest(draft)
