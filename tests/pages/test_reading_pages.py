"""The pages for reading and looking, with axe: in both languages, light and dark, on a phone and on wide screens."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

PATHS = [
    "plots",
    *(f"plots/{name}" for name in ("kinds", "directives", "strip", "periods", "declared", "sizes")),
    "source",
    "locate?text=%E5%B7%B2%E7%BB%8F%E5%AE%8C%E6%88%90146%E6%9D%A1",
    "about",
]
SCREENS = [pytest.param("zh", "light", 1440, marks=pytest.mark.proof), ("en", "dark", 375)]


COLLIDING = """() => {
  // In the drawing that is shown, if there is one: labels that overlap, or stand out of it.
  const svg = [...document.querySelectorAll('svg.plot')].find(one => one.getBoundingClientRect().width > 0);
  if (!svg) return [];
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const found = boxes.filter(([, a]) => a.left < frame.left - 1 || a.right > frame.right + 1).map(([text]) => text);
  boxes.forEach(([text, a], n) => boxes.slice(n + 1).forEach(([other, b]) => over(a, b) && found.push([text, other])));
  const chips = [...svg.querySelectorAll('a')].filter(one => one.querySelector('rect.p-band'));
  const full = chips.filter(one => one.querySelector('text').getBoundingClientRect().right
    > one.querySelector('rect').getBoundingClientRect().right - 2);
  return [...found, ...full.map(one => one.textContent)];
}"""


@pytest.mark.parametrize(("language", "scheme", "width"), SCREENS)
def test_axe_finds_nothing_and_no_two_labels_collide(
    open_page: Any, axe: Callable[[Page], list[str]], language: str, scheme: str, width: int
) -> None:
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
        for path in PATHS:
            page.goto(f"/{language}/{path}")

            assert axe(page) == [], path
            assert page.evaluate(COLLIDING) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
