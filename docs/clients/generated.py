"""Lists, facets, a record, pages, a file and an error, with the client that openapi-python-client generates."""

import sys

from zhenggai_client import Client
from zhenggai_client.api.issues import export_issues_csv, get_issue, list_issues
from zhenggai_client.api.measures import count_measures, list_measures
from zhenggai_client.api.metrics import list_metrics
from zhenggai_client.models import (
    CitedIssueField,
    IssueDetail,
    IssuePage,
    MeasureFacets,
    MeasurePage,
    MetricPage,
    Problem,
    Topic,
)

client = Client(base_url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

# A list, filtered by a code of a vocabulary.
issues = list_issues.sync(client=client, topic=[Topic.INNOVATION], limit=200)
assert isinstance(issues, IssuePage), issues
print(f"{issues.total} issues about innovation, first: {issues.items[0].title}")

# A facet's value is a value of the filter that has its name.
counts = count_measures.sync(client=client, topic=[Topic.INNOVATION])
assert isinstance(counts, MeasureFacets), counts
commonest = counts.facets.kind[0]
measures = list_measures.sync(client=client, topic=[Topic.INNOVATION], kind=[commonest.value])
assert isinstance(measures, MeasurePage), measures
print(f"commonest kind of their measures: {commonest.value}, counted {commonest.count}, listed {measures.total}")

# One record, with its figures.
issue = get_issue.sync(8, client=client)
assert isinstance(issue, IssueDetail), issue
for metric in issue.metrics:
    print(f"{metric.value_text}: {metric.label_en} ({metric.start}–{metric.end})")

# A list page by page.
unbounded: list[str] = []
offset: int | None = 0
while offset is not None:
    page = list_metrics.sync(client=client, limit=25, offset=offset)
    assert isinstance(page, MetricPage), page
    unbounded += [metric.value_text for metric in page.items if metric.upper is None and metric.lower is not None]
    offset = None if page.next_ is None else offset + page.limit
print(f"figures without an upper bound: {', '.join(unbounded)}")

# A file.
file = export_issues_csv.sync(
    client=client, topic=[Topic.INNOVATION], fields=[CitedIssueField.NUMBER, CitedIssueField.TITLE_EN]
)
assert isinstance(file, str), file
print(f"columns: {file.splitlines()[0]}")

# An error.
refused = list_issues.sync(client=client, limit=0)
assert isinstance(refused, Problem), refused
first = refused.errors[0]
print(f"{refused.status}: {first.name} allows {', '.join(first.allowed or [])}")
