"""The release's read-me files, in both languages, filled in from what there is."""

from collections.abc import Iterable
from pathlib import Path
from string import Template

from app.models.notice import license_url
from app.release.manifest import Entry, archive_name
from app.release.provenance import Edition

_TEMPLATES = {"README.md": "readme.en.md", "README.zh-CN.md": "readme.zh-CN.md"}


def write_readmes(folder: Path, edition: Edition, files: Iterable[Entry]) -> None:
    """Both read-me files."""
    listed = list(files)
    for name, template in _TEMPLATES.items():
        english = name == "README.md"
        text = Template(Path(__file__).with_name(template).read_text(encoding="utf-8")).substitute(
            data_version=edition.data_version,
            api_version=edition.api_version,
            released=edition.released,
            archive=archive_name(edition),
            licenses=", ".join(f"[{name}]({license_url(name)})" for name in edition.licenses),
            files="\n".join(f"| `{file.name}` | {_said(file, english)} |" for file in listed),
            notices="\n".join(_notice(notice, english) for notice in edition.notices),
        )
        (folder / name).write_text(text, encoding="utf-8")


def _said(file: Entry, english: bool) -> str:
    return file.description_en if english else file.description


def _notice(notice: dict[str, str], english: bool) -> str:
    title = f"{notice['title_en']} ({notice['title']})" if english else notice["title"]
    rights = notice["rights_en"] if english else notice["rights"]
    colon, stop = (": ", " ") if english else ("：", "。")
    return f"- {title}{colon}{notice['source_name']}, {notice['date']}, <{notice['source_url']}>{stop}{rights}"
