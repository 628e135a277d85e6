"""Processes that prepare notices beside the one that loads them: `python -m app.database.workers SEED DRAFTS N COUNT`.

Each prepares every COUNT-th notice from the N-th on and writes it to its standard output. A pipe holds less than a
notice, so none runs ahead. They are programs of their own, since a fork of a process with threads may hang, and
`multiprocessing` would run the main module of whoever imports the app once more.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.database.errors import DatabaseError
from app.database.prepare import Prepared, prepare
from app.transcription.seed import Examined, Seed, load_seed

_FEW = 16  # notices up to which starting a process takes longer than it saves
_ROOT = Path(__file__).resolve().parents[2]


def examine_all(seed: Seed) -> Iterator[Examined[Prepared]]:
    """Check and prepare every notice of a seed, in order, by as many processes as there are processors.

    Raises `DatabaseError` if one of them ends before its time, as when there is no memory left.
    """
    count = min(os.cpu_count() or 1, len(seed.slugs) // _FEW)
    if count < 2:
        yield from map(partial(_examine, seed), range(len(seed.slugs)))
        return
    drafts = "drafts" if set(seed.drafts) & set(seed.slugs) else ""
    command = [sys.executable, "-m", __name__, str(seed.folder.resolve()), drafts]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), *sys.path])}
    processes = [
        subprocess.Popen([*command, str(n), str(count)], stdout=subprocess.PIPE, env=environment) for n in range(count)
    ]
    try:
        for position in range(len(seed.slugs)):
            pipe = processes[position % count].stdout
            assert pipe
            try:
                yield pickle.load(pipe)
            except (EOFError, pickle.UnpicklingError):
                raise DatabaseError(f"the process that should prepare {seed.slugs[position]} has ended") from None
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _examine(seed: Seed, position: int) -> Examined[Prepared]:
    return seed.examine(position, prepare)


def _main(folder: str, drafts: str, first: str, count: str) -> None:
    seed = load_seed(Path(folder), bool(drafts))
    gc.freeze()  # to look for garbage among all that was imported takes a tenth of the time
    try:
        for position in range(int(first), len(seed.slugs), int(count)):
            pickle.dump(_examine(seed, position), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)  # whoever builds has ended; Python would say so once more for what is still to be written


if __name__ == "__main__":
    _main(*sys.argv[1:])
