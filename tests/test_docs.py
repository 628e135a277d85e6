"""What README and the decisions say is so: requests are run, settings and files exist, links lead somewhere."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

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
REQUEST = re.compile(r"^\$ curl -s '([^']+)'\n((?:(?!\$ |```).*\n)+)", re.MULTILINE)
REQUESTS = [found for text in READMES.values() for found in REQUEST.findall(text)]
every_readme = pytest.mark.parametrize("readme", READMES.values(), ids=READMES)


def shown(answer: str) -> re.Pattern[str]:
    """A pattern of an answer in which `…` stands for anything, and blanks for none."""
    compact = re.sub(r"\s*\n\s*", "", answer.strip())
    compact = re.sub(r"([,:]) ", r"\1", compact)
    return re.compile(".*".join(re.escape(part) for part in compact.split("…")), re.DOTALL)


@pytest.mark.parametrize(("url", "answer"), REQUESTS, ids=[url for url, _ in REQUESTS])
def test_a_request_shown_in_the_readme_gets_the_answer_shown(client: TestClient, url: str, answer: str) -> None:
    parts = urlsplit(url)

    found = client.get(f"{parts.path}?{parts.query}").text

    assert shown(answer).fullmatch(found)


def test_the_two_readmes_show_the_same_requests_and_answers() -> None:
    english, chinese = (REQUEST.findall(text) for text in READMES.values())

    assert english == chinese
    assert len(english) >= 5


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

    assert {path for path in paths if f"`{path}" not in readme} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_makefile_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()

    for target in re.findall(r"^make ([a-z]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
