"""Where figures stand and where a claim has none: every statement of every issue in its order, a mark each."""

from markupsafe import Markup

from app.pages.plots.data import Cell, Matter, Record, Table
from app.pages.plots.figures import full
from app.pages.plots.svg import Paper, box, dot, link, node, rule, shortened, titled, words

PITCH = 24
_HEADING = 34
ROLES = ("measure", "outcome", "commitment")


def draw(matter: Matter, paper: Paper) -> Markup:
    parts: list[Markup] = [_legend(matter, paper)]
    y = 168.0 if paper.narrow else 64.0
    for category in matter.categories:
        title = matter.pick(category, "title")
        heading = words(0, y + 23, shortened(title, 13, paper.width), "quiet", font_weight="600")
        parts.append(titled(title, rule(0, y, paper.width, y), heading))
        y += _HEADING
        for issue in matter.under(category):
            parts.append(_row(matter, paper, issue, y))
            y += _height(matter, paper, issue)
        y += 10
    return paper.sheet(y, matter.say("strip_title"), matter.lang, *parts)


def _left(paper: Paper) -> float:
    return 24 if paper.narrow else 316


def _across(paper: Paper) -> int:
    """How many marks fit in a line."""
    return int((paper.width - _left(paper)) // PITCH)


def _height(matter: Matter, paper: Paper, issue: Record) -> float:
    lines = -(-len(matter.of(issue)) // _across(paper))
    return lines * PITCH + (26 if paper.narrow else 4)


def _row(matter: Matter, paper: Paper, issue: Record, y: float) -> Markup:
    """An issue's label with the marks of its statements, in as many lines as they need."""
    name = f"{issue['number']} {matter.problem(issue)}"
    room = paper.width - 26 if paper.narrow else _left(paper) - 36
    number = words(20, y + 17, str(issue["number"]), "quiet", text_anchor="end")
    label = words(27, y + 17, shortened(matter.problem(issue), 13, room), "ink")
    width = paper.width if paper.narrow else _left(paper) - 8
    lead = link(matter.to(f"/issues/{issue['number']}"), name, box(0, y, width, PITCH, "room"), number, label)
    top = y + (22 if paper.narrow else 0)
    marks = [_cell(matter, paper, place, statement, top) for place, statement in enumerate(matter.of(issue))]
    return node("g", lead, *marks)


def _cell(matter: Matter, paper: Paper, place: int, statement: Record, top: float) -> Markup:
    line, column = divmod(place, _across(paper))
    x, y = _left(paper) + PITCH * column, top + PITCH * line
    mark = _mark(statement["role"], statement["id"] in matter.figures, x + PITCH / 2, y + PITCH / 2)
    return link(_page(matter, statement), _said(matter, statement), box(x, y, PITCH, PITCH, "room"), mark)


def _mark(role: str, figure: bool, x: float, y: float) -> Markup:
    """A circle for an outcome, a square for a measure, a dash for a commitment; filled where a figure is printed."""
    if role == "outcome":
        return dot(x, y, 8 if figure else 7.2, "first" if figure else "hollow")
    if role == "measure":
        return box(x - 5, y - 5, 10, 10, "third" if figure else "faint", rx=1.5)
    return box(x - 5, y - 1.5, 10, 3, "third" if figure else "plain")


def _page(matter: Matter, statement: Record) -> str:
    return matter.to(f"/issues/{statement['issue_number']}#{statement['id']}")


def _said(matter: Matter, statement: Record) -> str:
    role = matter.term("statement_role", statement["role"])
    figures = matter.say("list_mark").join(full(matter, metric) for metric in matter.figures.get(statement["id"], ()))
    text = matter.pick(statement, "text")
    return matter.say("strip_mark", role=role, text=text, figures=figures or matter.say("strip_none"))


def _legend(matter: Matter, paper: Paper) -> Markup:
    """What the marks mean, with how many there are of each."""
    parts, pairs = [], [(role, figure) for role in ROLES for figure in (True, False)]
    for place, (role, figure) in enumerate(pairs):
        count = sum(1 for s in matter.statements if s["role"] == role and (s["id"] in matter.figures) == figure)
        said = matter.say("strip_with" if figure else "strip_without", role=matter.term("statement_role", role))
        column, line = divmod(place, 6 if paper.narrow else 2)
        x, y = column * paper.width / 3, 14 + line * 26
        parts += [_mark(role, figure, x + 10, y), words(x + 26, y + 5, f"{said} {count}", "ink")]
    return node("g", *parts)


def table(matter: Matter) -> Table:
    """Every statement, with the figures in its clause or none."""
    head = [matter.say(key) for key in ("issue", "strip_role", "strip_text", "strip_figures")]
    return Table(head, [_cells(matter, statement) for statement in matter.statements])


def _cells(matter: Matter, statement: Record) -> list[Cell]:
    found, page = matter.figures.get(statement["id"], []), _page(matter, statement)
    said = matter.say("list_mark").join(full(matter, metric) for metric in found) or matter.say("strip_none")
    leads = matter.to(f"/metrics/{found[0]['id']}") if len(found) == 1 else page if found else None
    issue = (str(statement["issue_number"]), matter.to(f"/issues/{statement['issue_number']}"))
    role = (matter.term("statement_role", statement["role"]), None)
    return [issue, role, (matter.pick(statement, "text"), page), (said, leads)]
