"""Lists, facets, a record, an iteration, a file and an error; then the same list asynchronously."""

import asyncio
import sys

from zhenggai_client import AsyncClient, Client, ProblemError


def main(base: str) -> None:
    with Client(base) as zhenggai:
        # A list, filtered by a code of a vocabulary.
        issues = zhenggai.list_issues(topic=["innovation"], limit=200)
        print(f"{issues['total']} issues about innovation, first: {issues['items'][0]['title']}")

        # A facet's value is a value of the filter that has its name.
        commonest = zhenggai.count_measures(topic=["innovation"])["facets"]["kind"][0]
        measures = zhenggai.list_measures(topic=["innovation"], kind=[commonest["value"]])
        counts = f"counted {commonest['count']}, listed {measures['total']}"
        print(f"commonest kind of their measures: {commonest['value']}, {counts}")

        # One record, with its figures.
        for metric in zhenggai.get_issue(8)["metrics"]:
            print(f"{metric['value_text']}: {metric['label_en']} ({metric['start']}–{metric['end']})")

        # A list, page by page.
        figures = zhenggai.iterate_metrics()
        unbounded = [m["value_text"] for m in figures if m["upper"] is None and m["lower"] is not None]
        print(f"figures without an upper bound: {', '.join(unbounded)}")

        # A file.
        file = zhenggai.export_issues_csv(topic=["innovation"], fields=["number", "title_en"])
        print(f"columns: {file.splitlines()[0]}")

        # An error.
        try:
            zhenggai.list_issues(topic=["innovatoin"])  # type: ignore[list-item]
        except ProblemError as error:
            print(f"{error.status}: did you mean {error.suggestion}?")

    print(asyncio.run(count(base)))


async def count(base: str) -> int:
    async with AsyncClient(base) as zhenggai:
        return len([numeral["text"] async for numeral in zhenggai.iterate_numerals()])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
