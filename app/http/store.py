"""A store of finished answers, bounded in bytes, in which a flood of addresses asked once displaces only its like."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how many bytes it takes."""

    @property
    def size(self) -> int: ...


V = TypeVar("V", bound=Sized)


class Store(Generic[V]):
    """A segmented least-recently-used store: what is new is on probation; what was asked for again is protected.

    Each segment holds so many bytes and drops what was not asked for the longest. Of the protected, what is dropped
    goes back on probation. So addresses that are asked once, however many, pass through probation alone.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._probation: Segment[V] = Segment(capacity // 8)
        self._protected: Segment[V] = Segment(capacity - capacity // 8)

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._probation.size + self._protected.size

    def get(self, key: Hashable) -> V | None:
        """What is kept under a key."""
        if (value := self._protected.touch(key)) is not None:
            return value
        if (value := self._probation.take(key)) is not None:
            for demoted in self._protected.put(key, value):
                self._probation.put(*demoted)
        return value

    def put(self, key: Hashable, value: V) -> None:
        """Keep a new value, unless it alone would displace all that is on probation."""
        if value.size <= self._probation.capacity:
            self._probation.put(key, value)


class Segment(Generic[V]):
    """Values in the order in which they were last asked for."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.size = capacity, 0
        self._values: OrderedDict[Hashable, V] = OrderedDict()

    def touch(self, key: Hashable) -> V | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def take(self, key: Hashable) -> V | None:
        value = self._values.pop(key, None)
        if value is not None:
            self.size -= value.size
        return value

    def put(self, key: Hashable, value: V) -> list[tuple[Hashable, V]]:
        """Put a value in; what had to leave for it."""
        self.take(key)
        self._values[key] = value
        self.size += value.size
        left = []
        while self.size > self.capacity:
            oldest, dropped = self._values.popitem(last=False)
            self.size -= dropped.size
            left.append((oldest, dropped))
        return left
