"""Lists, facets, a record, pages, a file and an error, with httpx alone."""

import sys
from typing import Any

import httpx


class Refused(Exception):
    """The problem document of an answer that is an error."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem


def get(client: httpx.Client, path: str, **query: str | int | list[str]) -> httpx.Response:
    response = client.get(path, params=query)
    if response.is_error:
        raise Refused(response.json())
    return response


def main(base: str) -> None:
    with httpx.Client(base_url=base) as client:
        # A list, filtered by a code of a vocabulary.
        issues = get(client, "/issues", topic="innovation", limit=200).json()
        print(f"{issues['total']} issues about innovation, first: {issues['items'][0]['title']}")

        # A facet's value is a value of the filter that has its name.
        counts = get(client, "/measures/facets", topic="innovation").json()
        kind, count = (counts["facets"]["kind"][0][name] for name in ("value", "count"))
        measures = get(client, "/measures", topic="innovation", kind=kind).json()
        print(f"commonest kind of their measures: {kind}, counted {count}, listed {measures['total']}")

        # One record, with its figures.
        for metric in get(client, "/issues/8").json()["metrics"]:
            print(f"{metric['value_text']}: {metric['label_en']} ({metric['start']}–{metric['end']})")

        # A list page by page.
        unbounded: list[str] = []
        offset: int | None = 0
        while offset is not None:
            page = get(client, "/metrics", limit=25, offset=offset).json()
            unbounded += [m["value_text"] for m in page["items"] if m["upper"] is None and m["lower"] is not None]
            offset = None if page["next"] is None else offset + page["limit"]
        print(f"figures without an upper bound: {', '.join(unbounded)}")

        # A file.
        file = get(client, "/issues.csv", topic="innovation", fields=["number", "title_en"]).text
        print(f"columns: {file.splitlines()[0]}")

        # An error.
        try:
            get(client, "/issues", limit=0)
        except Refused as refused:
            first = refused.problem["errors"][0]
            print(f"{refused.problem['status']}: {first['name']} allows {', '.join(first['allowed'])}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
