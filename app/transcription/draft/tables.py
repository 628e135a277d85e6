"""Tables as a browser copies them: a line for a row, with tabs or wide spaces in it, or a line for a cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.lines import Line
from app.transcription.source import Span

# Between cells of one line: tabs if there are any, else wide spaces.
_TAB, _SPACES = re.compile(r"[ \u3000]*\t[ \u3000]*"), re.compile(r"\u3000+|[ \u2002\u2003]{2,}")
_NUMBER = re.compile("[0-9]{1,3}[.、]?")
_LEAST_COLUMNS = 3


@dataclass(frozen=True)
class Row:
    """A row with its lines; `cells` by what their columns hold, none where they are not as many as the columns.

    What the lexicon does not know, or a second column of the same, is `further-3`, by its place.
    """

    lines: tuple[Span, ...]
    cells: dict[str, Span]


@dataclass(frozen=True)
class Table:
    """A table from the line `first` to before `end`."""

    first: int
    end: int
    header: tuple[Span, ...]
    rows: tuple[Row, ...]


def find_tables(text: str, lines: list[Line], lexicons: Lexicons) -> list[Table]:
    """Return the tables whose columns are named by words of the lexicon and whose rows are numbered."""
    columns = {word: code for code, words in lexicons.table("outline.columns").items() for word in words}
    found: list[Table] = []
    for n, line in enumerate(lines):
        if found and n < found[-1].end:
            continue
        table = _by_lines(text, lines, n, columns) or _by_cells(lines, n, columns)
        if table and table.rows and line.span:
            found.append(table)
    return found


def _codes(cells: list[str], columns: dict[str, str]) -> list[str]:
    """Return what the columns hold; nothing unless the cells name columns."""
    codes = [columns.get(re.sub(r"\s", "", cell), "") for cell in cells]
    known = [code for code in codes if code]
    is_header = len(codes) >= _LEAST_COLUMNS and len(known) * 3 >= len(codes) * 2
    return codes if is_header and codes[0] in ("number", "problem") else []


def _by_lines(text: str, lines: list[Line], n: int, columns: dict[str, str]) -> Table | None:
    """Return the table whose header is the line `n`. A cell may go on over several lines."""
    separator = _TAB if "\t" in lines[n].text else _SPACES
    codes = _codes(separator.split(lines[n].text), columns)
    if not codes:
        return None
    rows: list[Row] = []
    end = n + 1
    while end < len(lines):
        first = end
        while end < len(lines) and (end == first or not _begins_row(lines[end].text, separator, codes)):
            end += 1
            cells = _cells(text, lines[first].span, lines[end - 1].span, separator)
            if len(cells) >= len(codes):
                break
        if not _begins_row(lines[first].text, separator, codes) or len(cells) < _LEAST_COLUMNS:
            end = first
            break
        rows.append(Row(tuple(line.span for line in lines[first:end]), _by_code(codes, cells)))
    return Table(n, end, (lines[n].span,), tuple(rows))


def _begins_row(words: str, separator: re.Pattern[str], codes: list[str]) -> bool:
    cells = separator.split(words)
    return bool(_NUMBER.fullmatch(cells[0])) if codes[0] == "number" else len(cells) == len(codes)


def _cells(text: str, first: Span, last: Span, separator: re.Pattern[str]) -> list[Span]:
    """Return the cells between two lines; empty cells at the end of the last line are cells too."""
    end = text.find("\n", last.end)
    end = (end if end >= 0 else len(text)) if separator is _TAB else last.end
    cells, start = list[Span](), first.start
    for match in separator.finditer(text, first.start, end):
        cells.append(Span(start, match.start()))
        start = match.end()
    return [*cells, Span(start, start + len(text[start:end].rstrip()))]


def _by_code(codes: list[str], cells: list[Span]) -> dict[str, Span]:
    """Return the cells that say something; of two columns that hold the same the first counts."""
    found: dict[str, Span] = {}
    for n, (code, cell) in enumerate(zip(codes, cells, strict=True) if len(codes) == len(cells) else ()):
        if cell:
            found[code if code and code not in found else f"further-{n}"] = cell
    return found


def _by_cells(lines: list[Line], n: int, columns: dict[str, str]) -> Table | None:
    """Return the table whose header begins at the line `n` and has a line for each cell."""
    width = 0
    while n + width < len(lines) and re.sub(r"\s", "", lines[n + width].text) in columns:
        width += 1
    codes = _codes([line.text for line in lines[n : n + width]], columns)
    if not codes or codes[0] != "number":
        return None
    rows = tuple(_numbered(lines, n + width, codes))
    header = tuple(line.span for line in lines[n : n + width])
    return Table(n, n + width * (1 + len(rows)), header, rows)


def _numbered(lines: list[Line], start: int, codes: list[str]) -> Iterator[Row]:
    """Yield rows as long as the first cell of each is the next number."""
    for number, first in enumerate(range(start, len(lines) - len(codes) + 1, len(codes)), 1):
        cells = [line.span for line in lines[first : first + len(codes)]]
        if lines[first].text.rstrip(".、") != str(number):
            return
        yield Row(tuple(cells), _by_code(codes, cells))
