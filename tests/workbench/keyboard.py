"""An editor who has no mouse: presses keys, counts them, and waits until what they did is saved."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

SAVED = "body[data-ready] #saved:not([data-version=''])"
OF_THE_CARET = ("ArrowLeft", "ArrowRight", "Shift+ArrowLeft", "Shift+ArrowRight")


class Keyboard:
    """The keys of a page of the workbench. `pressed` counts them, `typed` counts characters of text."""

    def __init__(self, page: Page, address: str, home: Path) -> None:
        self.page, self.home = page, home
        self.text = (home / "notice.txt").read_text(encoding="utf-8")
        self.pressed, self.typed = Counter[str](), 0
        page.goto(address)
        self.wait()

    def wait(self) -> None:
        """Wait until everything that was pressed is saved."""
        expect(self.page.locator(SAVED)).to_have_count(1)

    def check(self) -> list[str]:
        """Wait until the checker has spoken of what is saved; what it says beside the source."""
        self.wait()
        version = self.page.locator("#saved").get_attribute("data-version") or ""
        expect(self.page.locator("#saved")).to_have_attribute("data-checked", version)
        return self.page.locator(".source .finding").all_inner_texts()

    @property
    def current(self) -> str:
        return self.page.locator("#record").get_attribute("data-record") or ""

    @property
    def step(self) -> str:
        return re.sub(r"[^A-Za-z]", "", self.page.locator(".step.on").inner_text())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed[key] += 1
        if not set(keys) <= set(OF_THE_CARET):
            self.wait()

    def type(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.typed += len(words)

    def select(self, words: str, near: str | None = None) -> None:
        """Select words with the arrows, the first after others, from wherever the caret is."""
        start = self.text.index(words, self.text.index(near) if near else 0)
        self.page.keyboard.press("Home")
        caret = self.page.evaluate("window.workbench.caret.focus")
        self.press(*["ArrowRight" if start > caret else "ArrowLeft"] * abs(start - caret))
        self.press(*["Shift+ArrowRight"] * len(words))

    def go(self, record: str) -> None:
        """Go to a record of the step with the arrows."""
        for key in ("ArrowDown", "ArrowUp"):
            for _ in range(200):
                before = self.current
                if before == record:
                    return
                self.press(key)
                if self.current == before:
                    break
        raise AssertionError(f"the arrows don't reach {record}")

    def tab_to(self, name: str) -> None:
        """Go to a field of the form."""
        for _ in range(80):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"Tab does not reach {name}")

    def fill_missing(self, words: dict[str, str]) -> None:
        """Write a text into every field that publication still lacks."""
        self.press("l")
        for _ in range(200):
            if re.search("No text is missing", self.page.locator("#alert").inner_text()):
                return
            name: Any = self.page.evaluate("document.activeElement.name")
            self.type(words.get(name, words["*"]))
            self.press("Enter")
        raise AssertionError("there is always one more text missing")
