"""Changes: no data go out without a release, no correction says what the data do not, and readers learn of both."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from asgi import Client
from conftest import rerelease, write
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import ROOT, Settings
from app.transcription.data_version import data_version
from app.transcription.findings import Finding, InvalidSeed
from app.transcription.releases import enter_release
from app.transcription.seed import RELEASES, load_seed

PUTUO = "shanghai-putuo-2024"
ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = {"day": "2026-11-23", "data_version": "acc49c887aa1b6fa"}
WHY = {"day": "2026-11-24", "why": "抄录时看错。", "why_en": "Misread <when> copied."}
# A field of each kind of record and of each kind of value, with what was published before.
CORRECTED: list[tuple[str, str, Any]] = [
    (PUTUO, "division_code", "310105"),
    (f"{PUTUO}/sections/s2-1-8", "title_en", "Heading"),
    (f"{PUTUO}/categories/1", "framework", "governance"),
    (f"{PUTUO}/issues/8", "topics", ["housing"]),
    (f"{PUTUO}/statements/m14-3", "text_en", None),
    (f"{PUTUO}/measures/m14-3", "kind", "meeting"),
    (f"{PUTUO}/metrics/rd-spending-increase", "value", Decimal("9.73")),
    (f"{PUTUO}/metrics/rd-spending-increase", "period_start", "2021-01-01"),
    (f"{PUTUO}/metrics/issues-done", "denominator", "measures-total"),
    (f"{PUTUO}/numerals/n1", "class", "name"),
    (f"{PUTUO}/contact/telephone", "uri", "tel:+86-21-1"),
    (f"{PUTUO}/reconciliation/issues-total", "comparable", False),
    ("glossary/sifeng", "uncertain", True),
]


@pytest.fixture
def corrected(seed: Path, client: TestClient) -> Path:
    """A copy of the seed whose last release corrects something in every kind of record and withdraws a metric."""
    corrections = []
    for uid, field, old in CORRECTED:
        new = record(client, address(uid), uid)[field]
        corrections.append({"uid": uid, "field": field, "old": old, "new": new, **WHY})
    corrections.append({"uid": f"{PUTUO}/metrics/never-printed", "field": None, "old": "40项", "new": None, **WHY})
    return with_corrections(seed, corrections)


def address(uid: str) -> str:
    """Where a record is to be found."""
    first, *rest = uid.split("/")
    if first == "glossary":
        return f"/{uid}"
    path = "notice" if not rest else rest[0] if rest[0] in ("contact", "reconciliation") else "/".join(rest)
    return f"/{path}?notice={first}"


def record(client: TestClient, url: str, uid: str) -> dict[str, Any]:
    """The record with a uid, at an address that may hold all of its kind."""
    body: dict[str, Any] = client.get(url).raise_for_status().json()
    key = uid.rpartition("/")[2]
    nested = body.get("lines") or body.get("declarations") or []
    return next((item for item in nested if key in (item.get("id"), item.get("metric_id"))), body)


def with_corrections(seed: Path, corrections: list[dict[str, Any]]) -> Path:
    """Put corrections into the last release, which follows the first one on the day of the corrections."""
    releases = read(seed)
    first = {**releases[0], **FIRST}
    numbers = json.loads(json.dumps(corrections, default=float))
    write(seed / RELEASES, [first, {**releases[-1], "day": "2026-11-24", "corrections": numbers}])
    return seed


def read(seed: Path) -> list[dict[str, Any]]:
    releases: list[dict[str, Any]] = json.loads((seed / RELEASES).read_text(encoding="utf-8"))
    return releases


def findings(seed: Path) -> list[Finding]:
    try:
        list(load_seed(seed).documents())
    except InvalidSeed as error:
        return error.findings
    return []


def serve(seed: Path, **settings: Any) -> TestClient:
    return Client(create_app(Settings(seed=seed, database=seed.parent / "var", **settings)))


def relabel(seed: Path) -> None:
    """Change the data, rightly."""
    path = seed / PUTUO / "notice.json"
    path.write_text(path.read_text().replace("Held a special meeting.", "Held one special meeting."))


def test_the_newest_release_is_what_is_served(client: TestClient) -> None:
    newest, notice = client.get("/changes").json()["items"][0], client.get("/notice").json()

    assert (newest["day"], newest["data_version"]) == (notice["released"], notice["data_version"])
    assert client.get("/dataset").json()["released"] == newest["day"]


def test_releases_are_listed_newest_first_down_to_the_first(client: TestClient) -> None:
    items = client.get("/changes").json()["items"]

    assert [item["day"] for item in items] == sorted((item["day"] for item in items), reverse=True)
    assert items[-1].items() >= FIRST.items()
    assert client.get("/changes?limit=1&offset=1").json()["items"] == items[1:2]


def test_every_answer_was_modified_on_the_day_of_the_last_release(client: TestClient) -> None:
    day = datetime.fromisoformat(client.get("/changes").json()["items"][0]["day"])
    since = f"{day:%a, %d %b %Y} 00:00:00 GMT"

    assert client.get("/issues").headers["last-modified"] == since
    assert client.get("/issues", headers={"If-Modified-Since": since}).status_code == 304


def test_whoever_holds_the_release_before_gets_the_new_one(client: TestClient) -> None:
    day = datetime.fromisoformat(client.get("/changes").json()["items"][1]["day"])
    since = f"{day:%a, %d %b %Y} 00:00:00 GMT"

    assert client.get("/issues", headers={"If-Modified-Since": since}).status_code == 200


def test_a_correction_leads_to_the_record_that_has_the_new_value(corrected: Path) -> None:
    client = serve(corrected)

    *corrections, withdrawn = client.get("/changes").json()["items"][0]["corrections"]

    assert [(c["uid"], c["field"]) for c in corrections] == [(uid, field) for uid, field, _ in CORRECTED]
    for correction in corrections:
        found = record(client, correction["url"], correction["uid"])[correction["field"]]
        assert (found, type(found)) == (correction["new"], type(correction["new"])), correction["uid"]
    assert list(withdrawn) == ["uid", "url", "field", "old", "new", "day", "why", "why_en"]
    assert (withdrawn["url"], withdrawn["field"], withdrawn["new"]) == (None, None, None)


def test_figures_in_corrections_are_exact_numbers(corrected: Path) -> None:
    assert '"old":9.73,"new":9.37,' in serve(corrected).get("/changes").text


def test_addresses_in_corrections_are_under_the_mount(corrected: Path) -> None:
    mounted = Client(serve(corrected).app, root_path="/open")

    assert mounted.get("/changes").json()["items"][0]["corrections"][3]["url"] == f"/open/issues/8?notice={PUTUO}"


def entries(client: TestClient) -> list[ElementTree.Element]:
    answer = client.get("/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def links(client: TestClient) -> list[str | None]:
    feed = ElementTree.fromstring(client.get("/changes.atom").content)
    return [link.get("href") for link in feed.iter(f"{ATOM}link")]


def test_the_feed_has_what_a_reader_needs(client: TestClient) -> None:
    feed = ElementTree.fromstring(client.get("/changes.atom").content)
    items = client.get("/changes").json()["items"]

    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert text(element, "id").startswith("tag:")
        assert text(element, "title")
        datetime.fromisoformat(text(element, "updated"))
    assert text(feed, "updated") == f"{items[0]['day']}T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [text(entry, "updated")[:10] for entry in entries(client)] == [item["day"] for item in items]


def test_an_entry_of_the_feed_says_in_both_languages_what_changed(corrected: Path) -> None:
    client = serve(corrected)
    content = text(entries(client)[0], "content")
    newest = client.get("/changes").json()["items"][0]

    for shown in (newest["summary"], newest["summary_en"], newest["data_version"], WHY["why"], "撤回", "withdrawn"):
        assert shown in content
    assert "Misread &lt;when&gt; copied." in content
    assert f'<a href="/metrics/rd-spending-increase?notice={PUTUO}">' in content
    assert "<del>9.73</del> → <ins>9.37</ins>" in content


def test_the_feed_is_absolute_where_the_address_is_known_and_its_ids_are_the_same_everywhere(seed: Path) -> None:
    here = Client(serve(seed).app, root_path="/open")
    public = serve(seed, public_url="https://data.example/zhenggai/")

    base = "https://data.example/zhenggai"
    assert links(here)[:2] == ["/open/changes.atom", "/open/changes"]
    assert links(public)[:2] == [f"{base}/changes.atom", f"{base}/changes"]
    assert [text(entry, "id") for entry in entries(here)] == [text(entry, "id") for entry in entries(public)]


DATA = [f"{PUTUO}/notice.json", "vocabularies.json", "glossary.json"]


@pytest.mark.parametrize("file", DATA)
def test_changed_data_need_a_release(seed: Path, file: str) -> None:
    content = json.loads((seed / file).read_text())
    holder = {
        # No correction says what this one's label is now.
        DATA[0]: lambda: next(m for m in content["metrics"] if m["id"] == "meetings-district-level"),
        DATA[1]: lambda: content["unit"]["terms"][0],
        DATA[2]: lambda: content[0],
    }[file]()
    holder["label_en" if file == DATA[0] else "en"] = "Another word"
    write(seed / file, content)

    (finding,) = findings(seed)

    assert finding.file == str(seed / RELEASES)
    assert finding.path == f"$[{len(read(seed)) - 1}].data_version"
    assert "python -m app release" in finding.message
    assert findings(rerelease(seed)) == []


def test_a_missing_release_is_told_only_where_nothing_else_is_wrong(seed: Path) -> None:
    path = seed / PUTUO / "notice.json"
    path.write_text(path.read_text().replace('"9.37亿元"', '"9.73亿元"'))

    assert {finding.file for finding in findings(seed)} == {str(path)}


def test_the_hash_of_the_data_leaves_out_the_releases_that_state_it(seed: Path) -> None:
    before = data_version(seed, [PUTUO])
    (seed / RELEASES).unlink()

    assert data_version(seed, [PUTUO]) == before


def tomorrow() -> str:
    return str(datetime.now(UTC).date() + timedelta(days=1))


Change = Callable[[list[dict[str, Any]]], Any]
# Changes of the releases of `corrected`, with the place and the words of the finding.
WRONG: dict[str, tuple[Change, str, str]] = {
    "a_release_in_the_future": (lambda r: r[1].update(day=tomorrow()), "$[1].day", "is in the future"),
    "releases_out_of_order": (lambda r: r[0].update(day="2026-11-25"), "$[1].day", "does not follow 2026-11-25"),
    "two_releases_of_one_day": (lambda r: r[0].update(day="2026-11-24"), "$[1].day", "does not follow 2026-11-24"),
    "a_release_of_nothing": (
        lambda r: r[0].update(data_version=r[1]["data_version"]),
        "$[1].data_version",
        "nothing has changed",
    ),
    "a_hash_of_other_data": (
        lambda r: r[1].update(data_version="0" * 16),
        "$[1].data_version",
        "is not that of the data",
    ),
    "no_release": (lambda r: r.clear(), "$", "there is no release"),
    "a_hash_that_is_none": (lambda r: r[0].update(data_version="x"), "$[0].data_version", "should match pattern"),
    "a_summary_in_the_wrong_language": (lambda r: r[0].update(summary="First."), "$[0].summary", "Chinese is missing"),
    "a_reason_in_the_wrong_language": (
        lambda r: r[1]["corrections"][0].update(why_en="看错"),
        "$[1].corrections[0].why_en",
        "English is missing",
    ),
    "a_field_of_its_own": (lambda r: r[0].update(author="x"), "$[0].author", "Extra inputs"),
    "a_correction_of_the_first_release": (
        lambda r: r[0]["corrections"].append(r[1]["corrections"].pop()),
        "$[0].corrections[0]",
        "has nothing to correct",
    ),
    "a_correction_before_the_error": (
        lambda r: r[1]["corrections"][0].update(day="2026-11-22"),
        "$[1].corrections[0].day",
        "2026-11-22 is not between the releases of 2026-11-23 and 2026-11-24",
    ),
    "a_correction_after_its_release": (
        lambda r: r[1]["corrections"][0].update(day="2026-11-25"),
        "$[1].corrections[0].day",
        "is not between",
    ),
    "a_correction_that_changes_nothing": (
        lambda r: r[1]["corrections"][0].update(old="310107"),
        "$[1].corrections[0].new",
        "is the old value",
    ),
    "a_withdrawal_with_a_new_value": (
        lambda r: r[1]["corrections"][-1].update(new="40余项"),
        "$[1].corrections[13].new",
        "must be null",
    ),
    "a_withdrawal_of_what_is_there": (
        lambda r: r[1]["corrections"][-1].update(uid=f"{PUTUO}/metrics/issues-done"),
        "$[1].corrections[13].field",
        "was not withdrawn",
    ),
    "an_unknown_notice": (
        lambda r: r[1]["corrections"][3].update(uid="putuo/issues/8"),
        "$[1].corrections[3].uid",
        "'putuo/issues/8' is no record of the data; expected {notice}/{collection}/{id}",
    ),
    "an_unknown_record": (
        lambda r: r[1]["corrections"][3].update(uid=f"{PUTUO}/issues/42"),
        "$[1].corrections[3].uid",
        "is no record of the data",
    ),
    "a_statement_that_is_no_measure": (
        lambda r: r[1]["corrections"][5].update(uid=f"{PUTUO}/measures/c1-1"),
        "$[1].corrections[5].uid",
        "is no record of the data",
    ),
    "an_unknown_entry": (
        lambda r: r[1]["corrections"][12].update(uid="glossary/sifen"),
        "$[1].corrections[12].uid",
        "is no record of the data",
    ),
    "an_unknown_field": (
        lambda r: r[1]["corrections"][5].update(field="quote"),
        "$[1].corrections[5].field",
        "has no field 'quote', only ",
    ),
    "a_new_value_that_the_data_do_not_have": (
        lambda r: r[1]["corrections"][6].update(new=9.38),
        "$[1].corrections[6].new",
        "9.38 is not what the data say: 9.37",
    ),
    "a_number_as_a_string": (
        lambda r: r[1]["corrections"][6].update(new="9.37"),
        "$[1].corrections[6].new",
        '"9.37" is not what the data say: 9.37',
    ),
    "a_truth_as_a_number": (
        lambda r: r[1]["corrections"][11].update(new=1),
        "$[1].corrections[11].new",
        "1 is not what the data say: true",
    ),
    "a_list_cut_short": (
        lambda r: r[1]["corrections"][3].update(new=[]),
        "$[1].corrections[3].new",
        "[] is not what the data say: [",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "path", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_release_is_refused(corrected: Path, change: Change, path: str, words: str) -> None:
    releases = read(corrected)
    change(releases)
    write(corrected / RELEASES, releases)

    found = [finding for finding in findings(corrected) if finding.path == path]

    assert [finding.file for finding in found] == [str(corrected / RELEASES)]
    assert words in found[0].message


def twice(seed: Path, first_new: Any) -> list[Finding]:
    """What is found where a figure was corrected to some value, and from 9.73 to the right one a day later."""
    uid = f"{PUTUO}/metrics/rd-spending-increase"
    releases = read(seed)
    first = {"uid": uid, "field": "value", "old": 9.0, "new": first_new, **WHY}
    second = {"uid": uid, "field": "value", "old": 9.73, "new": 9.370, **WHY, "day": "2026-11-25"}
    middle = {**releases[0], "day": "2026-11-24", "data_version": "0" * 16, "corrections": [first]}
    write(seed / RELEASES, [releases[0] | FIRST, middle, releases[-1] | {"day": "2026-11-25", "corrections": [second]}])
    return findings(seed)


def test_of_several_corrections_of_a_field_the_last_is_held_to_the_data(seed: Path) -> None:
    assert twice(seed, 9.73) == []


def test_a_correction_starts_from_where_the_one_before_ended(seed: Path) -> None:
    (finding,) = twice(seed, 9.7)

    assert finding.path == "$[2].corrections[0].old"
    assert finding.message == "9.73 is not the new value of the correction of 2026-11-24, 9.7"


def test_a_withdrawal_settles_the_earlier_corrections_of_the_record(corrected: Path) -> None:
    releases = read(corrected)
    withdrawn = releases[1]["corrections"][-1]
    earlier = {**withdrawn, "field": "value", "old": 4, "new": 40}
    releases[1]["corrections"].insert(0, earlier)
    write(corrected / RELEASES, releases)

    corrections = serve(corrected).get("/changes").json()["items"][0]["corrections"]

    assert [correction["url"] for correction in (corrections[0], corrections[-1])] == [None, None]


def release(seed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    summaries = ("--summary", "Reworded.", "--summary-zh", "改写。")
    environment = os.environ | {"NOTICE_SEED": str(seed)}
    command = [sys.executable, "-m", "app", "release", *summaries, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_command_enters_the_data_as_todays_release(seed: Path) -> None:
    before = read(seed)[:1]
    write(seed / RELEASES, before)
    relabel(seed)

    done = release(seed)

    *earlier, last = read(seed)
    assert (done.returncode, done.stderr) == (0, "")
    assert earlier == before
    assert last == {
        "day": str(datetime.now(UTC).date()),
        "data_version": data_version(seed, [PUTUO]),
        "summary": "改写。",
        "summary_en": "Reworded.",
        "corrections": [],
    }
    assert last["data_version"] in done.stdout
    assert findings(seed) == []


def test_the_command_writes_nothing_where_anything_else_is_wrong(seed: Path) -> None:
    path = seed / PUTUO / "notice.json"
    path.write_text(path.read_text().replace('"9.37亿元"', '"9.73亿元"'))
    before = {file: file.read_bytes() for file in seed.rglob("*") if file.is_file()}

    done = release(seed)

    assert done.returncode == 1
    assert "9.73亿元" in done.stderr
    assert RELEASES not in done.stderr
    assert {file: file.read_bytes() for file in seed.rglob("*") if file.is_file()} == before


def correction(new: str, **other: Any) -> dict[str, Any]:
    """A correction, made today, of a label of `issues-done`."""
    today = {"day": str(datetime.now(UTC).date())}
    return {"uid": f"{PUTUO}/metrics/issues-done", "field": "label_en", "old": "Old", "new": new} | WHY | today | other


def issues_done(seed: Path) -> dict[str, Any]:
    metrics: list[dict[str, Any]] = json.loads((seed / PUTUO / "notice.json").read_text())["metrics"]
    return next(metric for metric in metrics if metric["id"] == "issues-done")


def test_corrections_come_from_a_file_and_are_held_to_the_data(seed: Path, tmp_path: Path) -> None:
    write(seed / RELEASES, read(seed)[:1])
    label = issues_done(seed)["label_en"]
    for name, new in (("right", label), ("wrong", "Another")):
        write(tmp_path / f"{name}.json", [correction(new)])

    wrong = release(seed, "--corrections", str(tmp_path / "wrong.json"))
    right = release(seed, "--corrections", str(tmp_path / "right.json"))

    assert '"Another" is not what the data say' in wrong.stderr
    assert (wrong.returncode, right.returncode) == (1, 0)
    assert read(seed)[-1]["corrections"] == [correction(label)]


def test_a_file_of_corrections_that_cannot_be_read_is_named(seed: Path, tmp_path: Path) -> None:
    done = release(seed, "--corrections", str(tmp_path / "none.json"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{tmp_path / 'none.json'}: $: can't be read")


def test_a_second_release_of_a_day_replaces_the_first_and_keeps_its_corrections(seed: Path, tmp_path: Path) -> None:
    write(seed / RELEASES, read(seed)[:1])
    enter_release(seed, "改写。", "Reworded.")
    releases = read(seed)
    metric = issues_done(seed)
    by_hand = [correction(metric["label"], field="label"), correction(metric["label_en"], old="Typing error")]
    write(seed / RELEASES, [releases[0], releases[1] | {"corrections": by_hand}])
    write(tmp_path / "more.json", [correction(metric["label_en"])])
    relabel(seed)

    enter_release(seed, "再次改写。", "Reworded again.", tmp_path / "more.json")

    first, last = read(seed)
    assert first == releases[0]
    assert (last["summary_en"], last["data_version"]) == ("Reworded again.", data_version(seed, [PUTUO]))
    assert last["corrections"] == [by_hand[0], correction(metric["label_en"])]


def test_data_that_have_not_changed_are_not_released_again(seed: Path) -> None:
    releases = read(seed)
    write(seed / RELEASES, [{**releases[-1], "day": "2026-11-20", "corrections": []}])

    with pytest.raises(InvalidSeed, match="nothing has changed"):
        enter_release(seed, "没有变化。", "Nothing.")


def test_the_first_release_of_a_new_seed_is_entered_too(seed: Path) -> None:
    (seed / RELEASES).unlink()

    assert [finding.path for finding in findings(seed)] == ["$"]
    assert enter_release(seed, "首次发布。", "First release.").data_version == data_version(seed, [PUTUO])
    assert [item["summary_en"] for item in serve(seed).get("/changes").json()["items"]] == ["First release."]


@pytest.mark.parametrize("summary", ["", " ", "two\nlines"])
def test_a_summary_is_one_line(seed: Path, summary: str) -> None:
    done = release(seed, "--summary", summary)

    assert done.returncode == 2
    assert "expected one line of text" in done.stderr
