"""Plots draw to scale: within a group every length, area or number of squares is the value times one number."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import isclose, sqrt
from urllib.parse import urlsplit

import pytest
from asgi import Client
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

SVG = "{http://www.w3.org/2000/svg}"
every_language = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module")
def client(both_app: FastAPI) -> Iterator[TestClient]:
    with Client(both_app) as client:
        yield client


def drawings(client: TestClient, name: str, language: str) -> Iterator[tuple[str, ET.Element]]:
    """The wide and the narrow drawing of a plot, of either notice."""
    for notice in ("shanghai-putuo-2024", SECOND):
        page = client.get(f"/{language}/plots/{name}", params={"notice": notice}).text
        found = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
        assert len(found) == 2
        yield from ((notice, ET.fromstring(svg)) for svg in found)


def links(drawing: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    return ((link.attrib["href"], link) for link in drawing.iter(f"{SVG}a"))


def length(link: ET.Element) -> float | None:
    """How long the bar of a figure is; None where it has none."""
    for part in link.iter():
        look, path = part.get("class"), part.get("d", "")
        if part.tag == f"{SVG}rect" and look == "p-first":
            return float(part.attrib["width"])
        if outline := re.match(r"M([\d.]+) [\d.]+H([\d.]+)v", path):
            return float(outline[1]) - float(outline[2])
    return None


@every_language
def test_a_bar_is_as_long_as_its_value_times_the_scale_of_its_group(client: TestClient, language: str) -> None:
    for notice, drawing in drawings(client, "sizes", language):
        metrics = {m["id"]: m for m in everything(client, "/metrics", {"notice": notice})}
        for panel in drawing.findall(f"{SVG}g"):
            bars = [(metrics[urlsplit(href).path.rpartition("/")[2]], length(link)) for href, link in links(panel)]
            pairs = [(abs(metric["normalized_value"]), long) for metric, long in bars if long is not None]
            greatest, longest = max(pairs, default=(1, 1))
            for value, long in pairs:
                assert isclose(long, value * longest / greatest, abs_tol=0.02), (notice, value)


@every_language
@pytest.mark.parametrize("name", ["kinds", "directives"])
def test_a_dot_is_as_large_as_the_number_of_measures(client: TestClient, name: str, language: str) -> None:
    for _, drawing in drawings(client, name, language):
        scales = set()
        for group in drawing.iter():
            title = group.findtext(f"{SVG}title") or ""
            count = re.search(r"(?:measures: (\d+)\)|：(\d+)条举措)$", title)
            dots = [part for part in group if part.tag == f"{SVG}circle"]
            if count and dots:
                scales.add(round(float(dots[0].attrib["r"]) / sqrt(int(count[1] or count[2])), 1))
        assert len(scales) == 1


@every_language
def test_a_square_is_as_large_as_any_other(client: TestClient, language: str) -> None:
    for _, drawing in drawings(client, "declared", language):
        squares = [
            square
            for path in drawing.iter(f"{SVG}path")
            for square in re.findall(r"h([\d.]+)v([\d.]+)h-", path.attrib["d"])
        ]
        assert squares
        assert {(side, height) for side, height in squares if float(side) >= 6} == {("6", "6")}


@every_language
def test_where_nothing_is_measured_marks_of_one_look_are_of_one_size(client: TestClient, language: str) -> None:
    for _, drawing in drawings(client, "strip", language):
        sizes: dict[str, set[str]] = {}
        for part in drawing.iter():
            look = part.get("class", "")
            if part.tag == f"{SVG}circle":
                sizes.setdefault(look, set()).add(part.attrib["r"])
            if part.tag == f"{SVG}rect" and look != "p-room" and "rx" in part.attrib:
                sizes.setdefault(look, set()).add(part.attrib["height"])
        assert sizes
        assert {look: found for look, found in sizes.items() if len(found) > 1} == {}
