"""A draft is published when nothing in it is left to decide, and is then listed as any other notice."""

from editing import SLUG, Workbench

from app.transcription.seed import load_seed


def accept_all(workbench: Workbench) -> None:
    workbench.done("accept", records=sorted({guess["record"] for guess in workbench.saved_guesses}))


def test_a_guess_that_is_left_refuses_it(workbench: Workbench) -> None:
    accept_all(workbench)
    workbench.ask("undo")
    workbench.done("accept", records=[g["record"] for g in workbench.saved_guesses if g["record"] != "numerals/n1"])

    answer = workbench.ask("publish")

    assert (answer.status_code, answer.json()["detail"]) == (422, "1 guesses are still to be decided")
    assert workbench.saved["notice"]["stage"] == "draft"


def test_a_todo_refuses_it(workbench: Workbench) -> None:
    accept_all(workbench)
    workbench.done("set", "notice", field="title_en", value="TODO: a title")

    assert workbench.ask("publish").json()["detail"] == "a text still says TODO"
    assert workbench.saved["notice"]["stage"] == "draft"


def test_what_only_a_draft_may_lack_refuses_it(workbench: Workbench) -> None:
    accept_all(workbench)
    workbench.done("set", "notice", field="title_en", value=None)
    assert workbench.findings() == []

    answer = workbench.ask("publish")

    assert answer.status_code == 422
    assert "only a draft may" in answer.json()["detail"]
    assert load_seed(workbench.home.parent).drafts == [SLUG]


def test_the_last_decision_removes_the_file_of_guesses(workbench: Workbench) -> None:
    accept_all(workbench)

    assert not (workbench.home / "guesses.json").exists()


def test_a_published_notice_is_listed(workbench: Workbench) -> None:
    accept_all(workbench)

    assert workbench.ask("publish").status_code == 200

    seed = load_seed(workbench.home.parent)
    assert (SLUG in seed.slugs, seed.drafts) == (True, [])
    assert workbench.saved["notice"].get("stage", "published") == "published"


def test_what_publication_still_lacks_is_asked_for(workbench: Workbench) -> None:
    workbench.done("set", "notice", field="title_en", value=None)
    workbench.done("set", "sections/s1", field="title_en", value=None)

    missing = workbench.get("missing").json()

    assert {(one["record"], one["field"]) for one in missing} == {("notice", "title_en"), ("sections/s1", "title_en")}
