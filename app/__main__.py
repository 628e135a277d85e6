"""The command line: `python -m app COMMAND`, of which `--help` gives the list."""

import gc

# What is imported stays: to look through it for garbage again and again takes a sixth of the start.
gc.disable()

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from app.database.catalog import Catalog, UnknownDefault
from app.database.engine import Database
from app.database.errors import DatabaseError
from app.release.storage import Release
from app.server import run
from app.settings import Settings, SettingsError
from app.transcription.agreement import agreement, table
from app.transcription.canonical import format_notice
from app.transcription.data_version import NOTICE
from app.transcription.draft.errors import DraftError
from app.transcription.findings import Findings, InvalidSeed
from app.transcription.guesses import GUESSES, read_guesses
from app.transcription.layout.json_schema import schema
from app.transcription.readings import READINGS, read_readings
from app.transcription.releases import enter_release
from app.transcription.seed import RELEASES, Seed, check_folder, load_seed
from app.workbench.folder import READERS, UnusableNotice

gc.freeze()
gc.enable()


def check(settings: Settings) -> None:
    """Check a seed folder and say what is in it."""
    seed, lines = load_seed(settings.seed, settings.drafts), []
    for document in seed.documents():
        counts = {name: len(getattr(document.transcription, name)) for name in COUNTED}
        lines.append(f"{document.slug}: {', '.join(f'{count} {name}' for name, count in counts.items())}: no problems")
    lines += [_draft(seed, slug) for slug in seed.drafts if slug not in seed.slugs]
    print("\n".join([*lines, f"data version {seed.data_version}"]))


def _draft(seed: Seed, slug: str) -> str:
    """Return a line about a draft that is not served, whose problems are no errors."""
    _, findings = check_folder(seed.folder / slug, seed.vocabularies)
    guesses = read_guesses(seed.folder / slug / GUESSES, Findings(seed.folder / slug / GUESSES))
    return f"{slug}: draft, {len(guesses)} guesses, {len(findings)} problems (NOTICE_DRAFTS=1 shows and serves it)"


def format_(settings: Settings, notice: str | None) -> None:
    """Put a notice's `notice.json` into its canonical form, with an id for every record."""
    slug = notice or settings.default or load_seed(settings.seed).slugs[0]
    path = settings.seed / slug / NOTICE
    print(f"{path}: {'put into its canonical form' if format_notice(path) else 'is in its canonical form'}")


def build(settings: Settings) -> None:
    """Build the database and the release's files, if there are none for this data and this software."""
    database = _opened(settings)
    # The app reads the environment when imported; by now the settings are known to be valid.
    from app.main import create_app

    release: Release = create_app(settings).state.release
    print(f"{database.engine.place}\n{release.folder}")


def prune(settings: Settings) -> None:
    """Remove the databases and releases of other data or other versions, which earlier builds have left."""
    for name in Database(settings.seed, settings.database, settings.drafts).prune():
        print(name)


def serve(settings: Settings) -> None:
    """Serve the data until interrupted. The release is made when somebody first asks for it."""
    if settings.workers > 1:
        _opened(settings)
        return run(settings, "app.main:app")
    # The app reads the environment when imported; by now the settings are known to be valid.
    from app.main import app

    _ = app.state.catalog.default  # of the service's own database: a second one would be looked through once more
    return run(settings, app)


def serve_mcp(settings: Settings) -> None:
    """Serve one client of the Model Context Protocol on standard input and output."""
    try:
        from app.mcp.server import NoticeServer
    except ImportError as error:
        raise SettingsError(f"the package {error.name!r} is not installed: pip install zhenggai[mcp]") from None
    _opened(settings)
    from app.main import create_app

    NoticeServer(create_app(settings)).run_stdio()


def _opened(settings: Settings) -> Database:
    """Return the database, built if need be; raise an error for data or settings that can't be served."""
    database = Database(settings.seed, settings.database, settings.drafts)
    _ = Catalog(database, settings.default).default
    return database


def release(settings: Settings, summary: str, summary_zh: str, corrections: Path | None) -> None:
    """Enter the data as today's release in `releases.json`, if nothing else is wrong with them."""
    entered = enter_release(settings.seed, summary_zh, summary, corrections)
    print(f"{settings.seed / RELEASES}: {entered.day}, data version {entered.data_version}")


def show_openapi(settings: Settings) -> None:
    """Print the OpenAPI document, with its examples."""
    # The app reads the environment when imported; by now the settings are known to be valid.
    from app.main import create_app

    print(json.dumps(create_app(settings).openapi(), ensure_ascii=False, indent=1))


def show_schema(settings: Settings) -> None:
    """Print the JSON schema of `notice.json`, with the vocabularies' codes, for editors."""
    print(json.dumps(schema(settings.seed), ensure_ascii=False, indent=2))


def show_agreement(settings: Settings, notice: str | None) -> None:
    """Print how far the two readings of a notice agree, field by field."""
    slug = notice or settings.default or load_seed(settings.seed).slugs[0]
    folder = settings.seed / slug / READINGS
    if not folder.is_dir():
        raise SettingsError(f"there are no readings of {slug!r}: {folder} is no folder")
    readings, findings = read_readings(folder)
    if readings is None:
        raise InvalidSeed(findings)
    print(table(agreement(readings)))


def edit(settings: Settings, notice: str, reader: str | None, port: int) -> None:
    """Open the workbench on the draft of a notice: a page on this machine alone, until interrupted."""
    from app.workbench.app import edit_notice  # the other commands start without it

    edit_notice(settings.seed, notice, reader, port)


def draft(settings: Settings, file: Path | None, slug: str | None, url: str | None, measure: bool) -> None:
    """Draft a transcription from a notice's bare text, or measure drafts against what people decided."""
    from app.transcription.draft import folder  # the other commands start without it

    if measure:
        print(folder.measure(settings.seed))
    elif file is None or slug is None:
        raise DraftError("give the file with the notice's text and its --slug, or --measure")
    else:
        print(folder.summary(*folder.write_draft(settings.seed, file, slug, url)))


def _line(text: str) -> str:
    """Return an argument that must be one line of text."""
    if len(text.strip().splitlines()) != 1:
        raise argparse.ArgumentTypeError("expected one line of text")
    return text.strip()


COMMANDS: dict[str, Callable[..., None]] = {
    "check": check,
    "draft": draft,
    "format": format_,
    "build": build,
    "prune": prune,
    "serve": serve,
    "release": release,
    "openapi": show_openapi,
    "schema": show_schema,
    "agreement": show_agreement,
    "mcp": serve_mcp,
    "edit": edit,
}
COUNTED = ("sections", "issues", "statements", "documents", "organizations", "metrics", "numerals")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.__doc__, description=command.__doc__)
    commands.choices["check"].add_argument("folder", nargs="?", type=Path, help="a seed folder; the set one if absent")
    for name in ("agreement", "format"):
        commands.choices[name].add_argument("notice", nargs="?", help="a notice's slug; the default one if absent")
    drafting = commands.choices["draft"]
    drafting.add_argument("file", nargs="?", type=Path, help="the notice's text, as copied from the page")
    drafting.add_argument("--slug", help="the folder to be made in the seed, as in linjiang-2025")
    drafting.add_argument("--url", help="the address of the page")
    drafting.add_argument("--measure", action="store_true", help="draft every transcribed notice and compare")
    releasing = commands.choices["release"]
    releasing.add_argument("--summary", required=True, type=_line, help="what changed, in a line of English")
    releasing.add_argument("--summary-zh", required=True, type=_line, help="the same in Chinese")
    releasing.add_argument("--corrections", type=Path, metavar="FILE.json", help="a list of corrections to be added")
    editing = commands.choices["edit"]
    editing.add_argument("notice", help="a notice's slug")
    editing.add_argument("--reader", choices=READERS, help="read on one's own, into readings/, without the other's")
    editing.add_argument("--port", type=int, default=0, help="port to listen on; any free one if absent")
    return parser


def main() -> None:
    """Run a command; exit 1 for errors in the data or the settings. What is printed is UTF-8 on every console."""
    for stream in (sys.stdout, sys.stderr):
        # A console's own encoding, GBK or ASCII, lacks characters that notices and their codes have.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    options = vars(_parser().parse_args())
    command, folder = COMMANDS[options.pop("command")], options.pop("folder", None)
    try:
        settings = Settings.read(os.environ)
        command(settings.model_copy(update={"seed": folder}) if folder else settings, **options)
        sys.stdout.flush()
    except InvalidSeed as refused:
        count = len(refused.findings)
        sys.exit(f"{refused}\n{count} {'problem' if count == 1 else 'problems'}; nothing was written")
    except (SettingsError, DatabaseError, UnknownDefault, DraftError, UnusableNotice) as error:
        sys.exit(str(error))
    except OSError as error:
        if error.filename is not None:
            sys.exit(f"{error.filename}: {error.strerror}")
        if error.errno not in (errno.ENOSPC, errno.EPIPE):
            raise
        # What is left to be printed would fail once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"standard output: {error.strerror}")


if __name__ == "__main__":
    main()
