"""A whole small notice, from a program's draft with its mistakes to a served notice, by keyboard alone."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from editing import editing, make_seed
from fastapi.testclient import TestClient
from keyboard import Keyboard
from playwright.sync_api import Browser, Page

from app.main import create_app
from app.settings import Settings
from app.transcription.releases import enter_release
from app.transcription.seed import load_seed

SHITAN = "shitan-2025"
HERE = Path(__file__).resolve().parent
PICTURES = os.environ.get("PICTURES")  # a folder: pictures for the guide are put there
ENGLISH = {"*": "An English text of ours."}


def saved(keyboard: Keyboard, name: str) -> list[dict[str, Any]]:
    content: dict[str, Any] = json.loads((keyboard.home / "notice.json").read_text(encoding="utf-8"))
    return content[name]  # type: ignore[no-any-return]


def take(page: Page, name: str) -> None:
    if PICTURES:
        page.wait_for_timeout(600)
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def shitan(tmp_path: Path) -> Path:
    """A seed whose only notice is the draft of a small invented one, with mistakes of many kinds."""
    seed = make_seed(tmp_path / "seed")
    shutil.rmtree(seed / "linjiang-2025")
    shutil.copytree(HERE / "notices" / SHITAN, seed / SHITAN)
    (seed / "notices.json").write_text("[]\n", encoding="utf-8")
    return seed


def outline(keys: Keyboard) -> None:
    assert (keys.current, keys.step) == ("notice", "Notice")
    take(keys.page, "notice")
    keys.press("Shift+Enter")
    assert keys.step == "Outline"
    keys.press("Shift+Enter")
    assert keys.step == "Issues"
    keys.press("Enter", "Enter")
    assert keys.step == "Clauses"


def clauses(keys: Keyboard) -> None:
    keys.press("Enter")
    keys.press(*["ArrowRight"] * len("召开专题会议4次"), "s")  # two clauses that the draft took for one
    assert keys.current == "statements/m-s1-2"
    keys.press("3", "Enter")
    keys.select("各村")
    take(keys.page, "clause")
    keys.press("a")
    keys.select("督促")
    keys.press("d")
    keys.select("镇党委", near="镇党委督促")
    keys.press("p", "Enter")
    keys.press("Shift+Digit2")
    keys.select("各村")
    keys.press("a", "Enter")
    keys.select("各村")
    keys.press("a", "Enter")
    keys.press("o", "Enter")  # 群众出行更加安全 reports no act
    keys.press("Enter")
    take(keys.page, "finding")
    keys.press("j", "Enter")  # one clause that the draft took for two
    keys.press("Enter", "Enter")
    assert keys.step == "Numbers"


def figures(keys: Keyboard) -> None:
    while keys.step == "Numbers":
        keys.press("Shift+Enter")
    keys.press("Enter", "Enter", "Enter")
    keys.press("8", "Enter")  # an inspection is a task here, no meeting
    keys.press("[")
    keys.go("metrics/figure-s2-2-2-1")
    keys.select("3人")
    keys.press("v")  # a figure that the draft has missed
    keys.select("批评教育")
    keys.press("n", "5", "Enter")
    keys.press("f")
    take(keys.page, "figures")
    keys.tab_to("metrics/figure-s1-1 indicator")
    for _ in range(10):
        keys.press("ArrowDown")
    keys.press("Escape")


def documents_and_bodies(keys: Keyboard) -> None:
    while keys.step != "Clauses":
        keys.press("[")
    keys.go("statements/m2-1")
    keys.select("采购管理办法")
    keys.press("t", "2", "Enter")  # a document that the draft has missed
    keys.press("Enter")
    while keys.step != "Bodies":
        keys.press("]")
    keys.go("organizations/organization-4")
    keys.press("x")  # 镇党委督促各村 is no body
    keys.go("organizations/organization-5")
    keys.select("各村")
    keys.press("b")
    keys.press(*["Shift+Digit2"])
    keys.tab_to("named")
    keys.press("Space", "Control+Enter")
    keys.select("镇党委", near="镇党委督促")
    keys.press("b")
    while keys.step == "Bodies" and keys.page.locator(".step.on.done").count() == 0:
        keys.press("Enter")
    while keys.page.locator(".step:not(.done)").count():
        keys.press("Enter")


def test_a_draft_becomes_a_served_notice_by_keyboard_alone(
    shitan: Path, browser: Browser, axe: Callable[..., list[str]]
) -> None:
    with editing(shitan, SHITAN) as (address, _):
        context = browser.new_context(viewport={"width": 1060, "height": 640}, locale="zh-CN")
        page = context.new_page()
        amiss: list[str] = []
        page.on("console", lambda m: amiss.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: amiss.append(str(error)))
        keys = Keyboard(page, address, shitan / SHITAN)

        outline(keys)
        clauses(keys)
        figures(keys)
        documents_and_bodies(keys)
        assert keys.check() == []
        assert axe(page) == []
        keys.fill_missing(ENGLISH)
        keys.press("Shift+P")

        context.close()
    assert amiss == []
    assert load_seed(shitan).drafts == []
    _compare(keys)
    _serve(shitan)


def _compare(keys: Keyboard) -> None:
    assert [(s["quote"], s["role"], s["kind"], s["actor"]) for s in saved(keys, "statements")] == [
        ("镇党委扛起巡察整改主体责任", "commitment", None, None),
        ("召开专题会议4次", "measure", "meeting", "镇党委"),
        ("制定整改工作方案", "measure", "rule_made", "镇党委"),
        ("镇党委督促各村开展排查", "measure", "inspection_campaign", "各村"),
        ("修补路面12公里", "measure", "project", "各村"),
        ("新增路灯30个", "measure", "project", "各村"),
        ("群众出行更加安全", "outcome", None, None),
        ("镇纪委修订采购管理办法", "measure", "rule_revised", "镇纪委"),
        ("开展专项检查2次", "measure", "inspection_campaign", "镇纪委"),
        ("批评教育3人", "measure", "accountability", "镇纪委"),
    ]
    first = saved(keys, "statements")[3]
    assert (first["directive"], first["directive_code"], first["prompted_by"]) == ("督促", "urged", "镇党委")
    assert [(m["value"], m["counted"], m["counted_code"], m["indicator"]) for m in saved(keys, "metrics")] == [
        (4, "专题会议", "meeting", "meetings_leading_body"),
        (12, "修补路面", "utility_line", None),
        (30, "路灯", "task", None),
        (2, "专项检查", "task", None),
        (3, "批评教育", "person", None),
    ]
    assert [(d["name"], d["type"], d["act"]) for d in saved(keys, "documents")] == [
        ("整改工作方案", "scheme", "made"),
        ("采购管理办法", "rule", "revised"),
    ]
    bodies = {b["name"]: (b["named"], [m["part"] for m in b["mentions"]]) for b in saved(keys, "organizations")}
    assert bodies["各村"] == (False, ["actor"])
    assert bodies["镇党委"] == (True, ["actor", "prompter"])
    assert "镇党委督促各村" not in bodies


def _serve(seed: Path) -> None:
    enter_release(seed, "首次发布。", "First release.")
    with TestClient(create_app(Settings(seed=seed, database=seed.parent / "var"))) as client:
        measures = client.get("/measures", params={"actor": "各村"}).json()["items"]

    assert [(m["text"], m["directive"], m["directive_code"]) for m in measures][:1] == [
        ("镇党委督促各村开展排查", "督促", "urged")
    ]
