"""Threads for what takes long: a few at once, for which the rest waits in line.

Every thread that works takes turns with the event loop. With many of them all other requests would wait for long, and
the work would not be done sooner.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

T = TypeVar("T")


class Threads:
    """A line for one kind of work, in each event loop: so much of it is done at once."""

    def __init__(self, name: str, at_once: int) -> None:
        self._limiter, self._at_once = RunVar[CapacityLimiter](name), at_once

    async def run(self, function: Callable[..., T], *arguments: object, **named: object) -> T:
        """Return what a function returns when it is called in one of the threads."""
        try:
            limiter = self._limiter.get()
        except LookupError:
            limiter = CapacityLimiter(self._at_once)
            self._limiter.set(limiter)
        return await run_sync(partial(function, *arguments, **named), limiter=limiter)
