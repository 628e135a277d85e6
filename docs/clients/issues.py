"""Lists issues, opens one, pages through the metrics, and catches a refusal by its problem document."""

import sys
from typing import Any

import httpx


class Refused(Exception):
    """The problem document of an answer that is an error."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem


def get(client: httpx.Client, path: str, **query: str | int) -> Any:
    response = client.get(path, params=query)
    if response.is_error:
        raise Refused(response.json())
    return response.json()


def main(base: str) -> None:
    with httpx.Client(base_url=base) as client:
        issues = get(client, "/issues", topic="innovation", limit=200)
        print(f"{issues['total']} issues are about innovation")

        for metric in get(client, "/issues/8")["metrics"]:
            print(f"{metric['value_text']}: {metric['label_en']} ({metric['start']}–{metric['end']})")

        at_least, offset = [], 0
        while True:
            page = get(client, "/metrics", limit=25, offset=offset)
            at_least += [m["value_text"] for m in page["items"] if m["upper"] is None and m["lower"] is not None]
            if page["next"] is None:
                break
            offset += page["limit"]
        print(f"figures without an upper bound: {', '.join(at_least)}")

        try:
            get(client, "/issues", limit=0)
        except Refused as refused:
            slip = refused.problem["errors"][0]
            print(f"{refused.problem['status']}: {slip['name']} allows {', '.join(slip['allowed'])}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
