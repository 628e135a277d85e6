"""A draft: written down in part, completed by `format`, served only where that is wanted, never passed as published."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from asgi import Client
from conftest import HERE, SECOND, add_second, rerelease
from fastapi.testclient import TestClient
from test_checks import Corruption, assert_reported, change, findings, read, run, write

from app.main import create_app
from app.settings import Settings
from app.transcription.canonical import format_notice
from app.transcription.findings import InvalidSeed
from app.transcription.seed import load_seed

DRAFT = f"{SECOND}/notice.json"
GUESSES = f"{SECOND}/guesses.json"
GUESS = {
    "record": "statements/m1-1",
    "field": "kind",
    "value": "meeting",
    "confidence": 0.62,
    "rule": "lexicon:verb",
    "alternatives": ["training"],
}


@pytest.fixture
def draft(seed: Path) -> Path:
    """A seed in which the second notice is a draft: unlisted, its nulls, its English and some ids left out."""
    add_second(seed)
    write(seed / "notices.json", read(seed / "notices.json")[:-1])
    content = read(seed / DRAFT)
    content["notice"]["stage"] = "draft"
    for record in [*content["statements"], *content["numerals"]]:
        del record["id"]
    write(seed / DRAFT, without_nulls(without_english(content)))
    write(seed / GUESSES, {"guesses": [GUESS]})
    return rerelease(seed)


def without_english(value: Any) -> Any:
    """Return content without any English."""
    if isinstance(value, list):
        return [without_english(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: without_english(item) for key, item in value.items() if key != "en" and not key.endswith("_en")}


def without_nulls(value: Any) -> Any:
    """Return content without keys that are null."""
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: without_nulls(item) for key, item in value.items() if item is not None}


def client_of(seed: Path, folder: Path, drafts: bool) -> TestClient:
    return Client(create_app(Settings(seed=seed, database=folder / "var", drafts=drafts)))


@pytest.mark.parametrize("path", [HERE.parent / "seed/shanghai-putuo-2024", HERE / "notices" / SECOND], ids=str)
def test_notices_are_in_their_canonical_form(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(path / "notice.json", tmp_path / "notice.json"))

    assert not format_notice(copy)


def test_the_canonical_form_has_every_id_and_is_stable(draft: Path) -> None:
    before = read(HERE / "notices" / SECOND / "notice.json")

    assert format_notice(draft / DRAFT)
    content = read(draft / DRAFT)
    assert [clause["id"] for clause in content["statements"]] == [clause["id"] for clause in before["statements"]]
    assert [numeral["id"] for numeral in content["numerals"]] == [numeral["id"] for numeral in before["numerals"]]
    assert list(content["metrics"][0]) == list(before["metrics"][0])
    assert not format_notice(draft / DRAFT)


def test_an_id_that_is_there_is_never_given_again(draft: Path) -> None:
    content = read(draft / DRAFT)
    content["statements"][0]["id"] = "m-s1-2"
    write(draft / DRAFT, content)

    format_notice(draft / DRAFT)

    ids = [clause["id"] for clause in read(draft / DRAFT)["statements"]]
    assert ids[0] == "m-s1-2"
    assert len(set(ids)) == len(ids)


def test_the_command_formats_a_notice(draft: Path) -> None:
    done = run(draft, "format", SECOND)

    assert (done.returncode, "put into its canonical form" in done.stdout) == (0, True), done.stderr
    assert "is in its canonical form" in run(draft, "format", SECOND).stdout


def test_the_command_leaves_a_file_that_is_no_transcription_alone(draft: Path) -> None:
    (draft / DRAFT).write_text('{"notice": {}}', encoding="utf-8")

    done = run(draft, "format", SECOND)

    assert done.returncode == 1
    assert "$.notice.slug" in done.stderr
    assert (draft / DRAFT).read_text(encoding="utf-8") == '{"notice": {}}'


def test_a_draft_is_not_served_unless_drafts_are_wanted(draft: Path, tmp_path: Path) -> None:
    client = client_of(draft, tmp_path, drafts=False)

    assert SECOND not in client.get("/notices").text
    assert client.get(f"/notice?notice={SECOND}").status_code == 422


def test_a_draft_is_served_as_a_draft_where_that_is_wanted(draft: Path, tmp_path: Path) -> None:
    client = client_of(draft, tmp_path, drafts=True)

    first, second = client.get("/notices").json()["items"]
    assert (first["stage"], second["stage"], second["title_en"]) == ("published", "draft", None)
    notice = client.get(f"/notice?notice={SECOND}").json()
    assert "草稿" in notice["citation"]
    assert "draft" in notice["citation_en"]
    assert "draft" not in client.get("/notice").json()["citation_en"]
    issue = client.get(f"/issues/1?notice={SECOND}").json()
    assert (issue["title_en"], issue["measures"][0]["text_en"]) == (None, None)


def test_drafts_need_no_release_and_do_not_change_what_is_published(draft: Path) -> None:
    published, served = load_seed(draft), load_seed(draft, drafts=True)

    assert (published.drafts, published.slugs, served.slugs[-1]) == ([SECOND], served.slugs[:-1], SECOND)
    assert published.data_version == served.published_version != served.data_version
    assert len(list(served.documents())) == 2


def test_the_check_says_what_drafts_there_are(draft: Path) -> None:
    done = run(draft, "check")

    assert done.returncode == 0, done.stderr
    assert f"{SECOND}: draft, 1 guesses, 0 problems" in done.stdout


@pytest.fixture
def published(draft: Path) -> Path:
    """The same seed with that draft published as it is."""
    write(draft / "notices.json", [*read(draft / "notices.json"), SECOND])
    format_notice(draft / DRAFT)
    content = read(draft / DRAFT)
    content["notice"]["stage"] = "published"
    write(draft / DRAFT, content)
    return rerelease(draft)


def test_what_is_published_has_no_open_guess(published: Path) -> None:
    found = findings(published)

    assert ("$.guesses", "has 1 that nobody has looked at") in [(f.path, f.message.split(":")[0]) for f in found]


@pytest.mark.parametrize("path", ["$.notice.title_en", "$.metrics[0].label_en", "$.issues[0].topics"])
def test_what_is_published_has_all_that_a_draft_may_lack(published: Path, path: str) -> None:
    content = read(published / DRAFT)
    content["issues"][0]["topics"] = []
    write(published / DRAFT, content)

    assert path in [f.path for f in findings(published) if "only a draft may" in f.message]


def test_what_is_published_leaves_only_clauses_untranslated(both_notices: Path) -> None:
    content = read(both_notices / DRAFT)
    for clause in content["statements"]:
        clause["text_en"] = None
    write(both_notices / DRAFT, content)
    rerelease(both_notices)

    assert findings(both_notices) == []


@pytest.mark.parametrize(
    "corruption",
    [
        change("$.notice.rights", "TODO：权利说明", "says TODO", file=DRAFT),
        change("$.metrics[0].note", "TODO，请核对", "says TODO", file=DRAFT, note_en="TODO, to be checked"),
    ],
    ids=["notice", "metric"],
)
def test_what_is_published_says_nowhere_that_something_is_to_do(corruption: Corruption, both_notices: Path) -> None:
    assert_reported(both_notices, corruption)


@pytest.mark.parametrize(
    ("guess", "path"),
    [
        ({"record": "statements/m99-1"}, "$.guesses[0].record"),
        ({"field": "weather"}, "$.guesses[0].field"),
        ({"confidence": 1.5}, "$.guesses[0].confidence"),
        ({"record": "m1-1"}, "$.guesses[0].record"),
    ],
    ids=str,
)
def test_a_guess_is_of_a_field_that_there_is(draft: Path, guess: dict[str, Any], path: str) -> None:
    write(draft / GUESSES, {"guesses": [GUESS | guess]})

    with pytest.raises(InvalidSeed) as refused:
        list(load_seed(draft, drafts=True).documents())
    assert [(Path(f.file).name, f.path) for f in refused.value.findings] == [("guesses.json", path)]


def test_a_notice_that_is_not_listed_is_a_draft_or_reported(both_notices: Path) -> None:
    write(both_notices / "notices.json", read(both_notices / "notices.json")[:-1])
    rerelease(both_notices)

    assert [f.message for f in findings(both_notices) if f.file.endswith("notices.json")] == [
        f"does not list '{SECOND}', which is no draft: list it, or set its stage to 'draft'"
    ]


def test_a_notice_may_name_its_schema(both_notices: Path) -> None:
    content = read(both_notices / DRAFT)
    write(both_notices / DRAFT, {"$schema": "../schema.json"} | content)
    rerelease(both_notices)

    assert findings(both_notices) == []
    assert json.loads((both_notices / DRAFT).read_text(encoding="utf-8"))["$schema"] == "../schema.json"
