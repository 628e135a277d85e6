"""Compression: of everything that gains by it, as the client can take it, and of no file that is sent in ranges."""

import pytest
from asgi import Client
from fastapi.testclient import TestClient
from operations import OPERATIONS, example, media_types
from zstandard import ZstdDecompressor

DOWNLOAD = "/dataset/{file}"
SMALLEST = 500  # bytes


@pytest.mark.parametrize("path", OPERATIONS)
def test_compression_is_told_only_where_it_happens(client: TestClient, path: str) -> None:
    plain = client.get(example(path), headers={"Accept-Encoding": "identity"})
    is_zip = any("spreadsheet" in media_type for media_type in media_types(path))
    compressible = len(plain.content) >= SMALLEST and path != DOWNLOAD and not is_zip

    for encoding in ("gzip", "br", "zstd"):
        response = client.get(example(path), headers={"Accept-Encoding": encoding})
        # The client undoes the other two by itself.
        by_hand = compressible and encoding == "zstd"
        content = ZstdDecompressor().decompressobj().decompress(response.content) if by_hand else response.content
        assert content == plain.content
        assert response.headers.get("content-encoding") == (encoding if compressible else None)
        assert response.headers.get("etag") == plain.headers.get("etag")
        if compressible:
            assert "Accept-Encoding" in response.headers["vary"]
        assert response.headers.get("vary") == plain.headers.get("vary"), "caches have to know of the other encodings"
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("url", ["/zh/issues", "/openapi.json", "/metrics?nonsense=1", "/nope"])
def test_pages_and_problems_are_compressed_too(client: TestClient, url: str) -> None:
    response = client.get(url, headers={"Accept-Encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("zstd;q=0, br;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
        ("", None),
        ("nonsense", None),
        ("gzip;q=nonsense", None),
        ("*;q=0", None),
        ("GZIP", "gzip"),
    ],
)
def test_an_encoding_that_is_not_accepted_is_not_used(client: TestClient, accepted: str, encoding: str | None) -> None:
    response = client.get("/issues", headers={"Accept-Encoding": accepted})

    assert response.headers.get("content-encoding") == encoding
    assert response.json()["items"]


def test_a_mounted_download_is_sent_as_it_is(client: TestClient) -> None:
    mounted = Client(client.app, root_path="/open")

    response = mounted.get("/dataset/metrics.csv", headers={"Accept-Encoding": "gzip"})

    assert "content-encoding" not in response.headers
    assert response.headers["etag"].startswith('"')
