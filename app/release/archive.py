"""The archive and the sums: all files in one zip of which two builds give the same bytes."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.release.manifest import SUMS, Weighed

_MODE = 0o100644 << 16  # a plain file that all may read
_UNIX = 3


def write_sums(folder: Path, files: Iterable[Weighed]) -> None:
    """The file that `sha256sum -c` reads."""
    lines = [f"{file.sha256}  {file.name}\n" for file in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def write_archive(folder: Path, name: str, files: Iterable[str]) -> None:
    """A zip of the files, in a folder named as the zip is, with nothing in it that tells when or where it was made."""
    with ZipFile(folder / name, "w") as archive:
        for file in files:
            info = ZipInfo(f"{name.removesuffix('.zip')}/{file}", (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _MODE, _UNIX
            info.file_size = (folder / file).stat().st_size
            with (folder / file).open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target)
