"""The third page: two readings side by side, settled by keyboard."""

import json
import os
from pathlib import Path

from editing import SLUG, Workbench, editing
from playwright.sync_api import Browser, expect

PICTURES = os.environ.get("PICTURES")  # a folder: pictures for the guide are put there


def finish(reader: Workbench) -> None:
    reader.done("accept", records=sorted({guess["record"] for guess in reader.saved_guesses}))
    assert reader.ask("publish").status_code == 200


def test_differences_are_settled_by_keyboard_alone(draft_seed: Path, browser: Browser) -> None:
    first, second = Workbench(draft_seed, "first"), Workbench(draft_seed, "second")
    first.done("set", "statements/m-s1-2", field="kind", value="coordination")
    second.done("set", "statements/m1-1", field="actor", value=None)
    finish(first)
    finish(second)
    with editing(draft_seed, SLUG) as (address, _):
        context = browser.new_context(viewport={"width": 1060, "height": 640}, locale="zh-CN")
        page = context.new_page()
        amiss: list[str] = []
        page.on("console", lambda m: amiss.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(f"{address}settle")
        expect(page.locator(".difference")).to_have_count(2)

        page.keyboard.press("2")
        page.keyboard.insert_text("A meeting is held, nobody is coordinated.")
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / "settle.png")
        page.keyboard.press("Enter")
        expect(page.locator(".difference.done")).to_have_count(1)
        page.keyboard.press("1")
        page.keyboard.insert_text("The actor is printed in the clause.")
        page.keyboard.press("Enter")
        expect(page.locator("#saved")).to_have_text("2 of 2 settled")
        context.close()
    assert amiss == []
    entries = json.loads((draft_seed / SLUG / "readings/differences.json").read_text(encoding="utf-8"))
    assert [(e["field"], e["settled"]) for e in entries] == [
        ("clause: kind", "meeting"),
        ("statement: actor", "区委常委会"),
    ]
