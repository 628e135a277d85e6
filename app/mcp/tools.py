"""The tools: each is one request of the API, described with what must not be concluded from its result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import BaseModel

from app.database.catalog import Catalog
from app.http.errors import RequestError, invalid_parameters
from app.http.messages import Message
from app.mcp.results import COLLECTIONS, Cut, cut, cut_gaps, cut_hit, cut_list, cut_location
from app.queries.hits import SearchQuery
from app.queries.measures import MeasureQuery
from app.queries.metrics import MetricQuery
from app.queries.query import NoticeQuery
from app.routers.locate import LocateQuery

INSTRUCTIONS = """\
Chinese notices on rectification after Party inspections (巡视, 巡察), as citable data: what a notice says, and no more.
Every result quotes the notice in `quote`, with its place (`start`, `end`: half-open ranges of code points in the source
text) and the address of the record. Every number in a result stands in one of its quotes, except places, `number`,
`issue_number` and `category_number`, which are names. Answer with the Chinese quote. English texts, labels, topics and
kinds are unofficial. What is null is not stated: say so, and infer nothing. A notice says what its authors report; this
service checks words, not truth. Before you repeat a figure or a quotation from elsewhere, use `locate_quotation`.
"""
LIMIT = 20  # items of a list, unless a tool is called with another limit

_PAGED = "`more` says whether a greater `offset` gives further ones."
_SEARCH = f"""\
Find words anywhere in the notice: Chinese (from one character on, as they stand) or English (in the unofficial
translations). Returns passages and the records in them. {_PAGED}
Nothing found means that these words do not stand there, not that the matter is absent: try other words. How often a
word is found says nothing about what was done.
"""
_RECORD = f"""\
Get one record by the `uid` that other results give: {{notice}}/{{collection}}/{{id}}, or the notice's slug alone.
Collections: {", ".join(name for name in COLLECTIONS if name != "notices")}.
An issue comes with its text, measures and figures. A status that is absent or null is not stated, and must not be
inferred from the text, from the tense or from the notice's totals.
"""
_METRICS = f"""\
List figures that the notice prints: what is counted, value, unit, bounds, period, and the sentence. {_PAGED}
Never give a value without its unit and what it counts. `more_than` and `at_least` have no upper bound: null is not
known. Figures of different units (人 persons, 人次 person-times) or natures must not be added, nor one to another that
it is `same_as` or `part_of`. A declared total is the notice's own claim, and does not say which items it counts.
"""
_MEASURES = f"""\
List acts that the notice reports, clause by clause: the text, its kind, who acts. {_PAGED}
`directive` is a verb such as 督促 (urged) or 推动 (prompted): the actor was told to act, which does not mean that it
has acted. A null `actor` is not named in the clause. `planned` and `ongoing` acts are not done. The clauses are divided
by us and are another unit than the measures that a notice declares: their number says nothing, and none has a status.
"""
_LOCATE = """\
Check whether a quotation or a figure stands in the notice. Give Chinese words; they are not translated.
`exact` and `equivalent`: they stand there. `near`: they do not; `differences` shows what stands there instead.
`absent`: nothing like them does. This is about words, not about truth; the sentence around them may qualify or deny
them, so read `quote`.
"""
_GAPS = """\
What the notice does not state, as far as its transcribers list it, for example which issues are done, names, dates.
Where a question is about one of these, this is the answer: do not estimate, and do not fill it in from elsewhere. The
list is not complete: what is missing from it need not be stated.
"""

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Tool:
    """A tool. Its arguments are `parameters` of `query`, the query of the operation at `path`."""

    name: str
    title: str
    description: str
    path: str
    query: type[BaseModel]
    parameters: str
    cut: Cut

    def url(self, arguments: Arguments) -> str:
        """Return the address to be requested. What the arguments hold is validated there."""
        return f"{self.path}?{_encode({**self.defaults, **arguments})}"

    @property
    def defaults(self) -> Arguments:
        """What is requested where an argument is absent."""
        return {"limit": LIMIT} if "limit" in self.parameters.split() else {}

    def input_schema(self, catalog: Catalog) -> dict[str, Any]:
        """Return the JSON Schema of the arguments, with the codes of the vocabularies."""
        schema = self.query.model_json_schema()
        names = [name for name in self.parameters.split() if name in schema["properties"]]
        properties = {name: _property(schema["properties"][name], catalog) for name in names}
        for name, value in self.defaults.items():
            properties[name]["default"] = value
        required = [name for name in schema.get("required", ()) if name in names]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


class RecordTool(Tool):
    """The tool that gets one record of any collection."""

    def url(self, arguments: Arguments) -> str:
        uid = str(arguments.get("uid", ""))
        notice, *key = uid.split("/")
        if not notice or len(key) not in (0, 2) or (key and key[0] not in COLLECTIONS):
            allowed = ["{notice}", *(f"{{notice}}/{name}/{{id}}" for name in COLLECTIONS if name != "notices")]
            raise invalid_parameters(
                [RequestError("query", "uid", Message("value", {"name": "uid", "value": uid}), allowed)]
            )
        others = {name: value for name, value in arguments.items() if name != "uid"}
        if not key:
            return f"/notices/{quote(notice, safe='')}?{_encode(others)}"
        return f"/{key[0]}/{quote(key[1], safe='')}?{_encode({**others, 'notice': notice})}"

    def input_schema(self, catalog: Catalog) -> dict[str, Any]:
        uid = {"type": "string", "description": "`uid` of a record.", "examples": [f"{catalog.default}/issues/1"]}
        return {"type": "object", "properties": {"uid": uid}, "required": ["uid"], "additionalProperties": False}


def _cut_record(record: dict[str, Any]) -> dict[str, Any]:
    parts = record["uid"].split("/")
    return cut(parts[1] if len(parts) > 1 else "notices", record)


def _items(collection: str) -> Callable[[Any], dict[str, Any]]:
    return cut_list(partial(cut, collection))


TOOLS = (
    Tool("search", "Find words", _SEARCH, "/search", SearchQuery, "q type notice limit offset", cut_list(cut_hit)),
    RecordTool("get_record", "Get one record", _RECORD, "", NoticeQuery, "", _cut_record),
    Tool("list_metrics", "List figures", _METRICS, "/metrics", MetricQuery,
         "q id issue unit indicator counted nature qualifier scope year notice limit offset", _items("metrics")),
    Tool("list_measures", "List acts that are reported", _MEASURES, "/measures", MeasureQuery,
         "q id issue kind topic actor directive modality sanction organization notice limit offset",
         _items("measures")),
    Tool("locate_quotation", "Check a quotation or a figure", _LOCATE, "/locate", LocateQuery, "text notice",
         cut_location),
    Tool("not_stated", "What the notice does not state", _GAPS, "/notice", NoticeQuery, "notice", cut_gaps),
)  # fmt: skip


def _encode(arguments: Arguments) -> str:
    """Return arguments as a query: arrays repeated, null left out."""
    pairs = [
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, given in arguments.items()
        if given is not None
        for value in (given if isinstance(given, list) else [given])
    ]
    return urlencode(pairs, quote_via=quote)


def _property(schema: Any, catalog: Catalog) -> Any:
    """Return the schema of a parameter with the codes of its vocabulary, and without null, which is left out."""
    if isinstance(schema, list):
        return [_property(part, catalog) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _property(part, catalog) for name, part in schema.items() if not name.startswith(("x-", "title"))}
    for alternative in found.pop("anyOf", ()):
        if alternative.get("type") != "null":
            found |= {name: part for name, part in alternative.items() if name not in found}
    if found.get("default", "") in (None, []):
        del found["default"]
    if vocabulary := schema.get("x-vocabulary"):
        labels = catalog.labels[vocabulary]
        found |= {"enum": list(labels), "description": "; ".join(f"{code} {zh}" for code, (zh, _) in labels.items())}
    return found
