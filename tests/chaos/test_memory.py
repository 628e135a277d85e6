"""Memory: what a process holds after many questions of every kind is what it held after fewer of them."""

import asyncio
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from bench.addresses import Asker
from fastapi import FastAPI
from running import Running, running

BEFORE, REQUESTS, ADDRESSES = 50_000, 200_000, 20_000
GROWTH = 24 * 2**20  # bytes


async def ask(server: Running, urls: list[str], count: int) -> Counter[int]:
    """Ask for addresses over and over by a few connections; how often each status was answered."""
    statuses, numbers = Counter[int](), iter(range(count))

    async def client() -> None:
        reader, writer = await asyncio.open_connection(server.host, server.port, limit=2**24)
        for number in numbers:
            writer.write(f"GET {urls[number % len(urls)]} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: ([0-9]+)", head)
            await (reader.readexactly(int(length[1])) if length else reader.readuntil(b"\r\n0\r\n\r\n"))
            statuses[int(head[9:12])] += 1
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(client() for _ in range(4)))
    return statuses


def addresses() -> list[str]:
    """Return as many addresses as are wanted, of lists and searches, and here and there of pages, files and texts."""
    asker = Asker()
    urls = asker.take(ADDRESSES)
    for n, word in enumerate(asker.words[:300]):
        others = (
            f"/zh/measures?q={{}}&limit={n % 20 + 1}",
            f"/measures.csv?q={{}}&limit={n % 20 + 1}",
            "/locate?text={}",
        )
        urls[n * 60] = others[n % 3].format(quote(word))
    return urls


@pytest.mark.proof
def test_memory_stays_level_over_many_questions(seed_app: FastAPI, tmp_path: Path) -> None:
    urls = addresses()
    with running(seed_app, tmp_path / "log") as server:
        statuses = asyncio.run(ask(server, urls, BEFORE))
        before = server.resident()
        statuses += asyncio.run(ask(server, urls, REQUESTS - BEFORE))
        after = server.resident()

    print(f"{dict(statuses)}; {before / 2**20:.0f} MB after {BEFORE}, {after / 2**20:.0f} MB after {REQUESTS}")
    assert len(set(urls)) == ADDRESSES
    assert statuses == {200: REQUESTS}
    assert after - before < GROWTH
