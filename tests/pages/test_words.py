"""What a page says of a notice follows from that notice's data: nothing that holds of another is said of it."""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgi import Client
from conftest import GROUP, HOSPITAL, SCHOOL, SECOND, SHAPES
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.pages.language import MESSAGES
from app.settings import ROOT, Settings

every_language = pytest.mark.parametrize("language", ["zh", "en"])
every_shape = pytest.mark.parametrize("slug", SHAPES)

ONCE = (
    "/", "/issues", "/measures", "/metrics", "/documents", "/organizations", "/search", "/search?q=整改", "/plots",
    "/source", "/locate", "/locate?text=整改", "/glossary", "/about", "/contact", "/download",
)  # fmt: skip
PLOTS = ("kinds", "directives", "strip", "periods", "declared", "sizes")
RECORDS = (("issues", "number"), ("metrics", "id"), ("documents", "id"), ("organizations", "id"))
# What the real notice alone prints or declares.
ITS_OWN = re.compile(r"普陀|Putuo|(?<![0-9.])(?:41|39|147|145|582)(?![0-9.%])")


@pytest.fixture(scope="module")
def client(shapes_app: FastAPI) -> Iterator[TestClient]:
    with Client(shapes_app) as client:
        yield client


Read = Callable[[str, str, str], str]


@pytest.fixture(scope="module")
def markup(client: TestClient) -> Read:
    """Returns a page in a language, at a path, of a notice."""
    pages: dict[str, str] = {}

    def get(language: str, path: str, slug: str) -> str:
        address = f"/{language}{path}{'&' if '?' in path else '?'}notice={slug}"
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, address
            pages[address] = answer.text
        return pages[address]

    return get


@pytest.fixture(scope="module")
def read(markup: Read) -> Read:
    """Returns the words of a page."""
    return lambda language, path, slug: words(markup(language, path, slug))


def words(page: str) -> str:
    shown = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]+>", " ", page)
    return " ".join(html.unescape(shown).split())


def paths(client: TestClient, slug: str) -> list[str]:
    """The paths of every kind of page that a notice has, with all its records."""
    found = [*ONCE, *(f"/plots/{name}" for name in PLOTS), *(f"/plots/{name}.svg" for name in PLOTS)]
    for collection, key in RECORDS:
        items = client.get(f"/{collection}?notice={slug}&limit=200").json()["items"]
        found += [f"/{collection}/{item[key]}" for item in items]
    return found


@every_shape
@every_language
def test_every_kind_of_page_is_there_and_names_nothing_that_is_null(
    client: TestClient, markup: Read, slug: str, language: str
) -> None:
    for path in paths(client, slug):
        page = re.sub(r"(?s)<script.*?</script>", "", markup(language, path, slug))
        assert not re.search(r"\bNone\b|\bnull\b", html.unescape(page)), path


@pytest.mark.parametrize("slug", [HOSPITAL, GROUP])
@every_language
def test_where_statuses_are_printed_no_page_says_that_they_are_not(
    client: TestClient, read: Read, slug: str, language: str
) -> None:
    keys = ("no_status", "issues_no_status", "about_no_status", "gap_issues.status")
    denials = [MESSAGES[language][key].strip() for key in keys]

    for path in paths(client, slug):
        assert not any(denial in read(language, path, slug) for denial in denials), path


@pytest.mark.parametrize(
    ("slug", "number", "status", "printed"),
    [
        (HOSPITAL, 1, "done", ["已完成", "2024年3月底", "医务部"]),
        (HOSPITAL, 2, "ongoing", ["持续推进", "药学部、纪检监察室"]),
        (GROUP, 4, "long_term", ["长期坚持", "党群部"]),
    ],
)
@every_language
def test_a_printed_status_is_shown_with_its_words(
    client: TestClient, read: Read, markup: Read, slug: str, number: int, status: str, printed: list[str], language: str
) -> None:
    terms = client.get("/vocabularies").json()["vocabularies"]["issue_status"]["terms"]
    (term,) = (term for term in terms if term["code"] == status)
    page = read(language, f"/issues/{number}", slug)

    assert all(text in page for text in [term[language], *printed])
    assert f"status={status}" in markup(language, "/issues", slug)
    found = client.get(f"/issues?notice={slug}&status={status}").json()["items"]
    assert [issue["number"] for issue in found] == [number]


@every_language
def test_where_no_status_is_printed_that_is_said_and_none_is_shown(read: Read, language: str) -> None:
    page = read(language, "/issues/1", SCHOOL)

    assert MESSAGES[language]["no_status"].strip() in page
    assert MESSAGES[language]["issue_printed"] not in page


@pytest.mark.parametrize("slug", [HOSPITAL, SCHOOL])
@every_language
def test_where_there_are_no_categories_no_page_speaks_of_them(
    client: TestClient, markup: Read, slug: str, language: str
) -> None:
    # Files hold all notices, so that the page of the files speaks of all.
    for path in set(paths(client, slug)) - {"/download"}:
        main = markup(language, path, slug).partition("<main")[2].partition("</main>")[0]
        assert not re.search("""[?&;]category=|name=.category["']""", html.unescape(main)), path
        assert not re.search(rf">\s*{MESSAGES[language]['filter_category']}\s*<", main), path


@every_language
def test_where_no_date_is_printed_no_page_gives_one(read: Read, markup: Read, language: str) -> None:
    terms = [f"<dt>{MESSAGES[language][key]}</dt>" for key in ("about_published", "about_source_line")]
    assert [term in markup(language, "/about", HOSPITAL) for term in terms] == [False, False]
    assert [term in markup(language, "/about", GROUP) for term in terms] == [True, True]
    sentence = MESSAGES[language]["overview_lede_undated"].partition("{count}")[2].partition("。")[0].partition(".")[0]
    assert sentence in read(language, "/", HOSPITAL)


@every_language
def test_where_a_month_is_printed_it_stays_a_month(read: Read, language: str) -> None:
    about = read(language, "/about", GROUP)

    assert "2025年3月" in about
    assert "2025-03" not in about


@every_language
def test_two_bodies_are_both_named(markup: Read, language: str) -> None:
    heading = re.search("(?s)<h1>.*?</h1>", markup(language, "/", GROUP))

    assert heading
    names = ("黔原集团", "黔原建设") if language == "zh" else ("Qianyuan Group", "Qianyuan Construction")
    assert all(name in words(heading[0]) for name in names)


@every_shape
@every_language
def test_only_what_was_read_twice_is_said_to_be(client: TestClient, read: Read, slug: str, language: str) -> None:
    claims = [re.split("[，,]", MESSAGES[language][f"about_made_{key}"])[0] for key in ("2", "agreement")]
    real = words(client.get(f"/{language}/about").text)

    assert not any(claim in read(language, "/about", slug) for claim in claims)
    assert all(claim in real for claim in claims)


@every_language
def test_lines_in_grey_are_spoken_of_where_there_are_some(read: Read, markup: Read, language: str) -> None:
    sentence = MESSAGES[language]["source_residue"].strip()

    assert sentence in read(language, "/source", HOSPITAL)
    assert sentence not in read(language, "/source", SCHOOL)
    residue = re.findall('<div class="residue"[^>]*>(.*?)</div>', markup(language, "/source", HOSPITAL))
    assert [words(line)[:4] for line in residue] == ["首页 >", "分享到", "微信", "打印本页"]


@every_language
def test_a_range_is_shown_with_both_ends(read: Read, language: str) -> None:
    page = read(language, "/metrics/envoys", GROUP)

    assert "3-5名" in page
    assert ("3 至 5" if language == "zh" else "3 to 5") in page


def test_no_sentence_of_the_software_has_words_or_numbers_of_the_real_notice() -> None:
    texts = {f"{language}: {key}": text for language in MESSAGES for key, text in MESSAGES[language].items()}
    files = ("app/routers/*.md", "app/release/*.md", "app/pages/templates/*.html", "app/http/messages.py")
    texts |= {path.name: path.read_text(encoding="utf-8") for pattern in files for path in ROOT.glob(pattern)}

    assert {name: found[0] for name, text in texts.items() if (found := ITS_OWN.search(text))} == {}


def test_no_description_of_the_api_has_words_or_numbers_of_the_real_notice(client: TestClient) -> None:
    assert [text for text in descriptions(client.get("/openapi.json").json()) if ITS_OWN.search(text)] == []


def descriptions(value: Any) -> Iterator[str]:
    """Every description and summary of a document, but those in examples."""
    if isinstance(value, dict):
        yield from (text for key in ("description", "summary") if isinstance(text := value.get(key), str))
        for key, item in value.items():
            yield from descriptions(item) if key not in ("example", "examples") else ()
    elif isinstance(value, list):
        for item in value:
            yield from descriptions(item)


def text_for_programs(app: FastAPI, slug: str) -> str:
    """`/llms.txt` where a notice is the default one."""
    database = app.state.database
    settings = Settings(seed=database.seed, database=database.place, drafts=True, default=slug)
    with Client(create_app(settings)) as client:
        return client.get("/llms.txt").text


@every_shape
def test_the_page_for_programs_speaks_of_its_notice(shapes_app: FastAPI, client: TestClient, slug: str) -> None:
    text = text_for_programs(shapes_app, slug)

    assert client.get(f"/notice?notice={slug}").json()["title"] in text
    assert not re.search(r"\bNone\b|, [,.]|\(\)", text)
    assert "It is a draft" not in text
    assert "It is a draft" in text_for_programs(shapes_app, SECOND)


def test_the_files_say_of_each_notice_what_it_states(client: TestClient) -> None:
    files = {name: client.get(f"/dataset{name}").text for name in ("/README.md", ".jsonld", "/datapackage.json")}

    assert [name for name, text in files.items() if re.search(r"\bNone\b|: \"\"", text)] == []
    listed = {slug: line for line in files["/README.md"].splitlines() for slug in ("柳山", "临江") if slug in line}
    assert "draft, not reviewed" in listed["临江"]
    assert "draft" not in listed["柳山"]
    sources = json.loads(files[".jsonld"])["prov:wasDerivedFrom"]
    assert sum(source.get("schema:creativeWorkStatus") == "Draft" for source in sources) == 1


@every_language
def test_every_page_of_a_draft_says_so_and_no_other_does(client: TestClient, read: Read, language: str) -> None:
    sentence = MESSAGES[language]["draft"]
    for path in ONCE:
        assert sentence in read(language, path, SECOND), path
        assert sentence not in read(language, path, SCHOOL), path
    assert MESSAGES[language]["draft_some"] in words(client.get(f"/{language}/issues?notice=all").text)


@every_language
def test_totals_are_set_beside_the_text_where_some_are_declared(read: Read, language: str) -> None:
    heading = MESSAGES[language]["about_declared"]

    assert [heading in read(language, "/about", slug) for slug in (HOSPITAL, GROUP, SCHOOL)] == [False, True, False]


def test_a_translation_is_spoken_of_where_there_is_one(client: TestClient, read: Read) -> None:
    sentence = MESSAGES["en"]["issue_text_translated"].strip()

    assert sentence in words(client.get("/en/issues/1").text)
    assert sentence not in read("en", "/issues/1", SCHOOL)


def test_an_apostrophe_is_escaped_once(read: Read) -> None:
    assert "Liushan People's Hospital" in read("en", "/", HOSPITAL)
