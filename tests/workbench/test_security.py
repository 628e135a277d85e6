"""No other page of the same browser, and no other machine, reads or writes what the workbench edits."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from editing import HOST, SLUG, Workbench, editing, make_seed
from playwright.sync_api import Browser

SET = {"do": "set", "record": "statements/c-s1-1", "field": "role", "value": "outcome"}


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A workbench that no test of these changes."""
    return Workbench(make_seed(tmp_path_factory.mktemp("shared") / "seed"))


def unchanged(workbench: Workbench) -> bool:
    return bool(workbench.get("notice").json()["version"] == workbench.view["version"])


def body(workbench: Workbench) -> dict[str, object]:
    return {"base": workbench.view["version"], "edit": SET}


@pytest.mark.parametrize("path", ["/", "/notice", "/wrong/notice", "/static/main.js", "/%00/notice"])
def test_without_the_token_there_is_nothing(workbench: Workbench, path: str) -> None:
    assert workbench.client.get(path).status_code == 404


def test_every_address_has_a_token_of_its_own(draft_seed: Path) -> None:
    tokens = {Workbench(draft_seed).token for _ in range(3)}

    assert len(tokens) == 3
    assert all(len(token) >= 32 for token in tokens)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8123", "localhost:8123", "127.0.0.1", "127.0.0.1:80"])
def test_a_name_that_points_here_is_refused(workbench: Workbench, host: str) -> None:
    assert workbench.get("notice", headers={"Host": host}).status_code == 421
    assert workbench.post("edits", body(workbench), Host=host).status_code == 421
    assert unchanged(workbench)


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", f"https://{HOST}", "null", ""])
def test_another_origin_writes_nothing(workbench: Workbench, origin: str) -> None:
    assert workbench.post("edits", body(workbench), Origin=origin).status_code == 403
    assert unchanged(workbench)


def test_a_write_without_origin_is_refused(workbench: Workbench) -> None:
    answer = workbench.client.post(f"/{workbench.token}/edits", json=body(workbench))

    assert answer.status_code == 403
    assert unchanged(workbench)


@pytest.mark.parametrize("type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_is_refused(workbench: Workbench, type: str) -> None:
    assert workbench.post("edits", body(workbench), **{"Content-Type": type}).status_code == 415
    assert unchanged(workbench)


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE"])
def test_other_methods_and_preflights_are_refused(workbench: Workbench, method: str) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}

    assert workbench.client.request(method, f"/{workbench.token}/edits", headers=headers).status_code == 405


def test_another_page_may_not_even_embed_or_read(workbench: Workbench) -> None:
    assert workbench.get("notice", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert workbench.get("notice", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("path", ["", "notice", "static/main.js", "nothing", "../wrong"])
def test_every_answer_closes_the_page(workbench: Workbench, path: str) -> None:
    headers = workbench.get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert not [name for name in headers if name.lower().startswith("access-control")]


ATTACK = """async ([address, body]) => {
  const tries = [
    fetch(address + "edits", {method: "POST", body, headers: {"Content-Type": "application/json"}}),
    fetch(address + "edits", {method: "POST", body, mode: "no-cors"}),
    fetch(address + "edits", {method: "POST", body, mode: "no-cors", credentials: "include"}),
    fetch(address + "notice").then((answer) => answer.text()),
  ];
  const done = await Promise.allSettled(tries);
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: address + "edits", enctype: "text/plain", target: "frame"});
  const field = document.createElement("input");
  Object.assign(field, {name: body, value: ""});
  form.append(field);
  document.body.append(form);
  form.submit();
  return [done[0].status, done[3].status];
}"""


def test_other_machines_and_pages_that_know_the_address_can_not_write(draft_seed: Path, browser: Browser) -> None:
    before = (draft_seed / SLUG / "notice.json").read_bytes()
    base = Workbench(draft_seed).view["version"]
    body = f'{{"base": "{base}", "edit": {{"do": "remove", "record": "statements/c-s1-1"}}}}'
    with editing(draft_seed, SLUG) as (address, _):
        assert urlsplit(address).hostname == "127.0.0.1"
        with pytest.raises(ConnectionRefusedError):  # Whoever listens on all addresses listens on this one too.
            socket.create_connection(("127.0.0.2", urlsplit(address).port), timeout=5)
        context = browser.new_context()
        page = context.new_page()
        page.route("http://evil.example/", lambda route: route.fulfill(body="<iframe name=frame></iframe>"))
        page.goto("http://evil.example/")

        assert page.evaluate(ATTACK, [address, body]) == ["rejected", "rejected"]
        page.wait_for_timeout(300)
        context.close()
    assert (draft_seed / SLUG / "notice.json").read_bytes() == before
