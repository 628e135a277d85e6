"""What is drafted passes the checks of a draft and is served as one; lexicons are data of editors, not of readers."""

import json
from pathlib import Path

import pytest
from asgi import Client

from app.main import create_app
from app.settings import ROOT, Settings
from app.transcription.canonical import format_notice
from app.transcription.draft.folder import write_draft
from app.transcription.findings import InvalidSeed
from app.transcription.seed import check_folder, load_seed

NOTICES = Path(__file__).parent / "notices"
TEXTS = {
    "shanghai-putuo-2024": ROOT / "seed" / "shanghai-putuo-2024",
    **{folder.name: folder for folder in sorted((ROOT / "tests" / "notices").iterdir())},
    **{folder.name: folder for folder in sorted(NOTICES.iterdir())},
}


@pytest.mark.parametrize("source", TEXTS.values(), ids=TEXTS)
def test_a_drafted_notice_has_nothing_that_the_checks_of_drafts_find(seed: Path, source: Path) -> None:
    folder, draft = write_draft(seed, source / "notice.txt", "drafted", "https://example.org/notice.html")

    document, findings = check_folder(folder, load_seed(seed).vocabularies)

    assert findings == []
    assert document
    assert document.is_draft
    assert (folder / "notice.txt").read_bytes() == (source / "notice.txt").read_bytes()
    assert not format_notice(folder / "notice.json"), "it is in its canonical form"
    assert len(draft.guesses) > 7 * len(document.transcription.statements)


ODD = {
    "headings-alone": "整改情况通报巡视\n一、\n二、问题整改情况\n（一）问题不实\n1.整改不够扎实的问题\n三、下一步",
    "one-line": "中共甲县委员会关于巡察整改的通报" + "完成整改问题3个，修订制度2项，" * 40,
    "marks": "，，，。。。；；\n" * 12 + "整改情况通报巡视整改情况通报巡视巡察整改情况通报",
    "numbers-first": "1.2023年完成整改5项。\n2.2024年完成，\n3.百分之九十以上到位，近万人受益，选派3-5名。",
    "empty-frames": "甲局党组关于巡察整改的通报\n一、问题整改\n1.关于“”问题的整改\n2.关于问题\n完成。\n（电话：）",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_is_drafted_and_has_the_layout_of_a_draft(seed: Path, text: str) -> None:
    (seed.parent / "odd.txt").write_text(text, encoding="utf-8")

    folder, _ = write_draft(seed, seed.parent / "odd.txt", "drafted", None)

    document, findings = check_folder(folder, load_seed(seed).vocabularies)
    assert document, findings


@pytest.mark.parametrize("length", [100, 700, 2900, 5300])
def test_a_text_that_breaks_off_anywhere_is_drafted(seed: Path, length: int) -> None:
    whole = (ROOT / "seed" / "shanghai-putuo-2024" / "notice.txt").read_text(encoding="utf-8")
    (seed.parent / "part.txt").write_text(whole[:length], encoding="utf-8")

    folder, _ = write_draft(seed, seed.parent / "part.txt", "drafted", None)

    document, findings = check_folder(folder, load_seed(seed).vocabularies)
    assert document, findings
    assert findings == []


def test_a_drafted_notice_is_served_where_drafts_are_wanted(seed: Path, tmp_path: Path) -> None:
    write_draft(seed, TEXTS["shanghai-putuo-2024"] / "notice.txt", "drafted", None)
    client = Client(create_app(Settings(seed=seed, database=tmp_path / "var", drafts=True)))

    issues = client.get("/issues?notice=drafted&limit=1").json()
    measures = client.get("/measures?notice=drafted&limit=1").json()

    assert issues["total"] == client.get("/issues?limit=1").json()["total"]
    assert measures["items"][0]["quote" if "quote" in measures["items"][0] else "text"]
    assert measures["total"] > 400


def test_every_guess_says_how_sure_it_is_and_which_rule_made_it(seed: Path) -> None:
    folder, _ = write_draft(seed, TEXTS["heshan-health-2024"] / "notice.txt", "drafted", None)

    guesses = json.loads((folder / "guesses.json").read_bytes())["guesses"]

    assert all(0 < guess["confidence"] < 1 and guess["rule"] for guess in guesses)
    kinds = [guess for guess in guesses if guess["field"] == "kind" and guess["record"].startswith("statements/")]
    assert kinds
    assert all(len({guess["value"], *guess["alternatives"]}) == 3 for guess in kinds)


def test_a_word_that_an_editor_adds_to_a_lexicon_changes_the_draft_and_not_the_data(seed: Path) -> None:
    (seed.parent / "text.txt").write_text(
        "中共甲县委员会关于巡察整改情况的通报\n一、问题整改情况\n1.关于“不实”问题\n掼蛋比武全镇老宅。", encoding="utf-8"
    )
    path, before = seed / "lexicons" / "kinds.json", load_seed(seed).data_version
    lexicons = json.loads(path.read_bytes())
    lexicons["verbs"]["publicity"].append("掼蛋比武")
    path.write_text(json.dumps(lexicons, ensure_ascii=False), encoding="utf-8")

    _, draft = write_draft(seed, seed.parent / "text.txt", "drafted", None)

    assert draft.notice["statements"][0]["kind"] == "publicity"
    assert load_seed(seed).data_version == before


@pytest.mark.parametrize("content", [None, "{", '{"verbs": ["a word"]}'])
def test_a_lexicon_that_can_not_be_read_is_named(seed: Path, content: str | None) -> None:
    path = seed / "lexicons" / "kinds.json"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(InvalidSeed, match=r"lexicons/kinds\.json"):
        write_draft(seed, TEXTS["heshan-health-2024"] / "notice.txt", "drafted", None)
    assert not (seed / "drafted").exists()
