"""Every record says how its English came about, and a record without English says nothing."""

import pytest
from asgi import Client
from fastapi import FastAPI
from paging import everything

ENGLISH = {
    "notices": "title_en",
    "sections": "title_en",
    "categories": "title_en",
    "issues": "title_en",
    "statements": "text_en",
    "measures": "text_en",
    "metrics": "label_en",
    "documents": "name_en",
    "organizations": "name_en",
}
HOW = {"shanghai-putuo-2024": "reviewed", "liushan-hospital-2024": "machine", "qianyuan-group-2025": None}


@pytest.mark.parametrize("notice", HOW)
@pytest.mark.parametrize("collection", ENGLISH)
def test_records_say_what_their_notice_says_of_its_english(shapes_app: FastAPI, collection: str, notice: str) -> None:
    records = everything(Client(shapes_app), f"/{collection}", {} if collection == "notices" else {"notice": notice})

    for record in records:
        expected = HOW[notice] if record[ENGLISH[collection]] else None
        assert record["notice"] != notice or record["translation"] == expected


@pytest.mark.parametrize("notice", HOW)
def test_contact_lines_say_it_too(shapes_app: FastAPI, notice: str) -> None:
    for line in Client(shapes_app).get("/contact", params={"notice": notice}).json()["lines"]:
        assert line["translation"] == (HOW[notice] if line["text_en"] or line["label_en"] else None)
