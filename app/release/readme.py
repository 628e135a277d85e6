"""The release's read-me files in both languages: templates filled in from its notices and files."""

from collections.abc import Iterable
from pathlib import Path
from string import Template

from app.exports.table import Record
from app.models.notice import license_url
from app.release.manifest import FileEntry, Provenance, archive_name

_TEMPLATES = {"README.md": "readme.en.md", "README.zh-CN.md": "readme.zh-CN.md"}


def write_readmes(folder: Path, provenance: Provenance, files: Iterable[FileEntry]) -> None:
    """Write both read-me files."""
    listed = list(files)
    for name, template in _TEMPLATES.items():
        english = name == "README.md"
        text = Template(Path(__file__).with_name(template).read_text(encoding="utf-8")).substitute(
            data_version=provenance.data_version,
            api_version=provenance.api_version,
            released=provenance.released,
            archive=archive_name(provenance),
            licenses=", ".join(f"[{name}]({license_url(name)})" for name in provenance.licenses),
            files="\n".join(f"| `{file.name}` | {_description(file, english)} |" for file in listed),
            notices="\n".join(_notice(notice, english) for notice in provenance.notices),
        )
        (folder / name).write_text(text, encoding="utf-8")


def _description(file: FileEntry, english: bool) -> str:
    return file.description_en if english else file.description


def _notice(notice: Record, english: bool) -> str:
    title = f"{notice['title_en']} ({notice['title']})" if english and notice["title_en"] else notice["title"]
    rights = notice["rights_en"] or notice["rights"] if english else notice["rights"]
    colon, stop = (": ", " ") if english else ("：", "。")
    address = f"<{notice['source_url']}>" if notice["source_url"] else None
    draft = ("draft, not reviewed" if english else "草稿，未经核对") if notice["stage"] == "draft" else None
    stated = ", ".join(filter(None, (draft, notice["source_name"], notice["date"], address)))
    return f"- {title}{colon if stated else ''}{stated}{stop}{rights}"
