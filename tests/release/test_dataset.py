"""The release over HTTP: files listed with size and hash, downloaded whole or in ranges, described as linked data."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rdflib import DCAT, DCTERMS, PROV, RDF, Graph, Namespace, URIRef

from app.main import create_app
from app.settings import Settings

SPDX = Namespace("http://spdx.org/rdf/terms#")
SCHEMA = Namespace("https://schema.org/")
# Its JSON-LD parser uses a class of its own that it has deprecated.
rdflib_warns = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture
def dataset(client: TestClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/dataset").json()
    return body


def test_every_file_weighs_what_is_told(client: TestClient, dataset: dict[str, Any]) -> None:
    for file in dataset["files"]:
        answer = client.get(file["url"])
        assert answer.status_code == 200
        assert answer.headers["content-type"] == file["media_type"]
        assert len(answer.content) == int(answer.headers["content-length"]) == file["bytes"]
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert answer.headers["etag"] == f'"{file["sha256"][:32]}"'
    assert dataset["total"] == len(dataset["files"])


def test_the_archive_holds_every_other_file(client: TestClient, dataset: dict[str, Any]) -> None:
    folder = f"zhenggai-{dataset['data_version']}"
    assert dataset["archive"] == f"/dataset/{folder}.zip" == dataset["files"][-1]["url"]

    with zipfile.ZipFile(io.BytesIO(client.get(dataset["archive"]).content)) as archive:
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}

    assert found == {f"{folder}/{file['name']}": file["sha256"] for file in dataset["files"][:-1]}


def test_the_version_is_that_of_the_data(client: TestClient, dataset: dict[str, Any]) -> None:
    notice = client.get("/notice").json()

    assert {name: dataset[name] for name in ("data_version", "api_version", "released")} == {
        name: notice[name] for name in ("data_version", "api_version", "released")
    }


def test_a_broken_download_is_taken_up_again(client: TestClient, dataset: dict[str, Any]) -> None:
    url = dataset["archive"]
    whole = client.get(url)
    size = len(whole.content)

    first = client.get(url, headers={"Range": "bytes=0-99999"})
    rest = client.get(url, headers={"Range": "bytes=100000-", "If-Range": whole.headers["etag"]})

    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest.headers["content-range"] == f"bytes 100000-{size - 1}/{size}"
    assert first.content + rest.content == whole.content


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
def test_a_file_is_sent_as_it_is_whatever_the_client_could_unpack(client: TestClient, encoding: str) -> None:
    answer = client.get("/dataset/metrics.csv", headers={"Accept-Encoding": encoding})

    assert "content-encoding" not in answer.headers
    assert "no-transform" in answer.headers["cache-control"]


def test_head_tells_the_size_without_the_bytes(client: TestClient) -> None:
    answer = client.head("/dataset/zhenggai.sqlite3")

    assert answer.content == b""
    assert answer.headers["accept-ranges"] == "bytes"
    assert int(answer.headers["content-length"]) > 100_000


def test_an_unknown_file_is_told_what_there_is(client: TestClient, dataset: dict[str, Any]) -> None:
    answer = client.get("/dataset/metric.csv")

    error = answer.json()["errors"][0]
    assert answer.status_code == 404
    assert error["suggestion"] == "metrics.csv"
    assert error["allowed"] == [file["name"] for file in dataset["files"]]


@pytest.mark.parametrize("name", [".manifest.json", "..%2fnotices", "%2e%2e", "metrics.csv%00"])
def test_nothing_but_the_files_can_be_had(client: TestClient, name: str) -> None:
    assert client.get(f"/dataset/{name}").status_code == 404


def linked(client: TestClient, base: str) -> tuple[Graph, URIRef]:
    graph = Graph().parse(data=client.get("/dataset.jsonld").text, format="json-ld", publicID=f"{base}/dataset.jsonld")
    return graph, URIRef(f"{base}/dataset")


@rdflib_warns
def test_linked_data_tells_every_file_with_its_checksum(client: TestClient, dataset: dict[str, Any]) -> None:
    graph, node = linked(client, "https://example.org")

    assert (node, RDF.type, DCAT.Dataset) in graph
    assert (node, RDF.type, SCHEMA.Dataset) in graph
    files = {
        str(graph.value(found, DCAT.downloadURL)): (
            graph.value(found, DCAT.byteSize).toPython(),  # type: ignore[union-attr]
            str(graph.value(graph.value(found, SPDX.checksum), SPDX.checksumValue)),
        )
        for found in graph.objects(node, DCAT.distribution)
        if graph.value(found, DCAT.downloadURL)
    }
    assert files == {f"https://example.org{file['url']}": (file["bytes"], file["sha256"]) for file in dataset["files"]}
    assert set(graph.objects(node, SCHEMA.distribution)) <= set(graph.objects(node, DCAT.distribution))


@rdflib_warns
def test_linked_data_is_exact_about_rights(client: TestClient) -> None:
    graph, node = linked(client, "https://example.org")
    notice = client.get("/notice").json()

    by = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert set(graph.objects(node, DCTERMS.license)) == {by}
    assert {str(text) for text in graph.objects(node, DCTERMS.rights)} == {notice["rights"], notice["rights_en"]}
    assert set(graph.objects(node, PROV.wasDerivedFrom)) == {URIRef(notice["source_url"])}
    source = URIRef(f"https://example.org/dataset/{notice['notice']}.txt")
    assert list(graph.objects(source, DCTERMS.license)) == []
    assert list(graph.objects(URIRef(notice["source_url"]), DCTERMS.license)) == []
    assert (URIRef("https://example.org/dataset/metrics.csv"), DCTERMS.license, by) in graph


@rdflib_warns
def test_linked_data_tells_of_every_table_as_a_part(client: TestClient) -> None:
    graph, node = linked(client, "https://example.org")

    parts = {str(graph.value(part, DCTERMS.identifier)): part for part in graph.objects(node, DCTERMS.hasPart)}
    assert {"issues", "metrics", "documents", "organizations", "releases", "corrections"} <= parts.keys()
    files = set(graph.objects(node, DCAT.distribution))
    for part in parts.values():
        assert (part, RDF.type, DCAT.Dataset) in graph
        assert len(set(graph.objects(part, DCAT.distribution)) & files) == 2
        assert graph.value(part, DCTERMS.description)
    assert (node, DCTERMS.provenance, URIRef("https://example.org/changes")) in graph


def test_addresses_are_absolute_only_where_the_public_one_is_known(seed_app: FastAPI, tmp_path: Path) -> None:
    relative = Client(seed_app, root_path="/open").get("/dataset.jsonld", headers={"Host": "evil.example"})
    public = Client(create_app(Settings(database=tmp_path, public_url="https://data.example/open/")))

    assert relative.json()["@id"] == "/open/dataset"
    assert "evil.example" not in relative.text
    assert json.loads(public.get("/dataset.jsonld").text)["@id"] == "https://data.example/open/dataset"


def test_the_files_are_the_same_wherever_the_service_is(dataset: dict[str, Any], tmp_path: Path) -> None:
    public = Client(create_app(Settings(database=tmp_path, public_url="https://data.example/open")), root_path="/a")

    sums = [file["sha256"] for file in public.get("/dataset").json()["files"]]

    assert sums == [file["sha256"] for file in dataset["files"]]
