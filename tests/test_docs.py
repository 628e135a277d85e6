"""What the documents say is so: requests and recipes are run, settings and files exist, links lead somewhere."""

import re
import runpy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from test_architecture import ROOMS

from app.main import app
from app.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
READMES = {name: (ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md")}
README = READMES["README.md"]
PAGES = [
    *(ROOT / name for name in READMES),
    ROOT / "CHANGELOG.md",
    ROOT / "seed/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
GUIDES = {name: (ROOT / "docs" / name).read_text() for name in ("api.md", "api.zh-CN.md")}
GUIDE = GUIDES["api.md"]
HOST = "http://127.0.0.1:8000"
# A request by curl, with what is shown of its answer.
REQUEST = re.compile(r"^\$ curl (-s[iIG]*)((?: -[\w-]+ '[^']*')*) '([^']+)'\n((?:(?!\$ |```).*\n)+)", re.MULTILINE)
REQUESTS = list(dict.fromkeys(found for text in (README, GUIDE) for found in REQUEST.findall(text)))
# A block of code, with what it is shown to print.
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(GUIDE)
LINES = "items => items.map(item => `${item.value}. ${item.textContent}\n`).join('')"
every_readme = pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
every_guide = pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)


def compact(text: str) -> str:
    """A text without what separates for the eye alone."""
    return re.sub(r"([,:]) ", r"\1", re.sub(r"\s*\n\s*", "", text.strip()))


def shown(answer: str) -> re.Pattern[str]:
    """A pattern of an answer in which `…` stands for anything, and blanks for none."""
    return re.compile(".*".join(re.escape(part) for part in compact(answer).split("…")), re.DOTALL)


def curl(client: TestClient, flags: str, options: str, url: str) -> str:
    """What curl would print."""
    given = re.findall(r"-([\w-]+) '([^']*)'", options)
    headers = dict(value.split(": ", 1) for name, value in given if name == "H")
    query = dict(value.split("=", 1) for name, value in given if name == "-data-urlencode")
    method = "HEAD" if "I" in flags else "GET"
    answer = client.request(method, url.removeprefix(HOST), headers=headers, params=query or None)
    head = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}", *map(": ".join, answer.headers.items()), ""]
    return "\n".join([*(head if {"i", "I"} & set(flags) else []), answer.text])


def rooms(page: str) -> list[str]:
    """What the code consists of, in the order of its listing."""
    (listing,) = re.findall(r"^```\n(app/__main__\.py.*?)^```", page, re.MULTILINE | re.DOTALL)
    return re.findall(r"^app/(\w+)(?:/|\.py) ", listing, re.MULTILINE)


def code(language: str) -> pytest.MarkDecorator:
    """The recipes in a language that show what they print, each with that."""
    found = [(text, printed) for name, text, printed in BLOCKS if name == language and printed]
    return pytest.mark.parametrize(("recipe", "printed"), found, ids=map(str, range(len(found))))


@pytest.mark.parametrize(("flags", "options", "url", "answer"), REQUESTS, ids=[url for _, _, url, _ in REQUESTS])
def test_a_request_that_is_shown_gets_the_answer_shown(
    client: TestClient, flags: str, options: str, url: str, answer: str
) -> None:
    found = curl(client, flags, options, url)

    assert shown(answer).fullmatch(compact(found)), found


def test_the_two_readmes_show_the_same_requests_and_answers() -> None:
    english, chinese = (REQUEST.findall(text) for text in READMES.values())

    assert english == chinese
    assert len(english) >= 5


def test_the_two_guides_show_the_same_code_and_answers() -> None:
    english, chinese = (BLOCK.findall(text) for text in GUIDES.values())

    assert english == chinese


@every_guide
def test_a_guide_has_ten_recipes_for_each_of_five_kinds_of_user(guide: str) -> None:
    recipes = [re.findall(r"^\*\*(\d+)\.", section, re.MULTILINE) for section in guide.split("\n## ")]

    assert [found for found in recipes if found] == [[str(n) for n in range(1, 11)]] * 5


def test_the_two_guides_have_the_same_conventions_and_promises() -> None:
    for mark in ("|", "-", "#"):
        counts = [sum(line.startswith(mark) for line in text.splitlines()) for text in GUIDES.values()]
        assert counts[0] == counts[1], mark


@code("python")
def test_a_recipe_in_python_prints_what_is_shown(
    recipe: str, printed: str, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "recipe.py").write_text(recipe.replace(HOST, server))

    # In a thread, since Playwright may run an event loop in this one, and a recipe may run its own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(runpy.run_path, str(tmp_path / "recipe.py")).result()

    assert capsys.readouterr().out == printed


@code("js")
def test_a_recipe_in_javascript_prints_what_is_shown(
    recipe: str, printed: str, server: str, tmp_path: Path, node: Callable[..., str]
) -> None:
    (tmp_path / "recipe.mjs").write_text(recipe.replace(HOST, server))

    assert node(tmp_path / "recipe.mjs") == printed


@code("html")
def test_a_page_shows_what_is_shown(recipe: str, printed: str, server: str, tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "page.html").write_text(recipe.replace(HOST, server))

    with browser.new_page() as page:
        page.goto((tmp_path / "page.html").as_uri())
        page.wait_for_selector("li")
        assert page.locator("li").evaluate_all(LINES) == printed


@every_guide
def test_every_address_of_what_is_not_run_answers(client: TestClient, guide: str) -> None:
    rest = BLOCK.sub(lambda block: "" if block[3] or block[1] == "console" else block[2], guide)
    addresses = re.findall(rf"{HOST}[^\s\"'`)]*", rest)

    assert len(addresses) > 7
    assert {url: client.get(url.removeprefix(HOST)).status_code for url in addresses} == dict.fromkeys(addresses, 200)


@every_readme
def test_the_first_screen_shows_a_request_and_both_commands(readme: str) -> None:
    first = readme.splitlines()[:24]

    assert any("curl" in line for line in first)
    assert any(line.startswith("make serve") for line in first)
    assert any(line.startswith("make test") for line in first)


@every_readme
def test_the_readme_lists_every_setting_and_no_other(readme: str) -> None:
    assert set(re.findall(r"`(NOTICE_[A-Z_]+)`", readme)) == {PREFIX + name.upper() for name in Settings.model_fields}


@every_readme
def test_the_readme_names_every_address(readme: str) -> None:
    paths = {path.partition("/{")[0] for path in app.openapi()["paths"]} - {"/healthz", "/readyz"}
    # The files of one collection stand for those of all.
    paths = {path for path in paths if path.startswith("/issues.") or not path.endswith((".csv", ".xlsx", ".ndjson"))}

    assert {path for path in paths if f"`{path}" not in readme} == set()


@pytest.mark.parametrize("name", [*READMES, "docs/contributing.md"])
def test_the_listing_of_the_house_names_every_part_of_it_in_the_order_of_imports(name: str) -> None:
    listed = rooms((ROOT / name).read_text())
    parts = {path.stem for path in (ROOT / "app").iterdir() if path.name not in ("__init__.py", "__pycache__")}

    assert listed == [room.removeprefix("app.") for room in ROOMS if room != "app"]
    assert set(listed) == parts


def test_the_decisions_are_listed_each_with_its_title() -> None:
    folder = ROOT / "docs/decisions"
    files = [path for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
    titles = [path.read_text().splitlines()[0].removeprefix("# ").partition(". ") for path in files]

    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(), re.MULTILINE)

    assert listed == [(number, title, path.name) for (number, _, title), path in zip(titles, files, strict=True)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_makefile_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()

    for target in re.findall(r"^make ([a-z]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
