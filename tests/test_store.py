"""The store: bounded in bytes whatever comes, and a flood of what is asked for once leaves it as useful as before."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from app.http.store import Store

STEADY = settings(max_examples=300, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Thing:
    """Something of a size."""

    size: int


def twice(keys: list[int]) -> list[tuple[int, Thing | None]]:
    """Puts, each asked for at once: what fills the protected part."""
    return [use for key in keys for use in ((key, Thing(1)), (key, None))]


keys = st.integers(0, 20)
puts = st.tuples(keys, st.integers(0, 5).map(Thing))
gets = st.tuples(keys, st.none())
sequences = st.lists(puts | gets, max_size=60) | st.lists(st.integers(), min_size=30, unique=True).map(twice)


def held(store: Store[Thing]) -> dict[object, Thing]:
    """What the store's own segments hold, without asking for it."""
    return {key: value for part in (store._protected, store._probation) for key, value in part._values.items()}


@STEADY
@given(st.integers(0, 40), sequences)
def test_no_sequence_of_puts_and_gets_takes_more_than_the_capacity(
    capacity: int, sequence: list[tuple[int, Thing | None]]
) -> None:
    store: Store[Thing] = Store(capacity)

    for key, thing in sequence:
        if thing is None:
            store.get(key)
        else:
            store.put(key, thing)
        parts = (store._protected, store._probation)
        assert store.size == sum(value.size for part in parts for value in part._values.values()) <= capacity
        assert all(part.size <= part.capacity for part in parts)


@STEADY
@given(st.integers(0, 40), sequences)
def test_what_is_got_is_what_was_put(capacity: int, sequence: list[tuple[int, Thing | None]]) -> None:
    store: Store[Thing] = Store(capacity)
    known: dict[int, set[Thing]] = {}

    for key, thing in sequence:
        if thing is None:
            found = store.get(key)
            assert found is None or found in known[key]
        else:
            store.put(key, thing)
            known.setdefault(key, set()).add(thing)


def test_what_was_asked_for_twice_outlives_a_flood_that_does_not_grow_the_store() -> None:
    store: Store[Thing] = Store(8_000)
    for key in ("a", "b"):
        store.put(key, Thing(100))
        store.get(key)

    for number in range(10_000):
        store.put(number, Thing(100))
        assert store.size <= 1_200

    assert store.get("a") == store.get("b") == Thing(100)
    assert store.get(0) is None


def test_a_second_flood_displaces_the_protected_by_what_was_not_asked_for_the_longest() -> None:
    store: Store[Thing] = Store(800)
    for key in range(7):
        store.put(key, Thing(100))
        store.get(key)
    store.get(0)

    store.put("new", Thing(100))
    store.get("new")

    # One went back on probation, and is not lost yet.
    assert set(held(store)) == {0, 1, 2, 3, 4, 5, 6, "new"}
    assert next(iter(store._probation._values)) == 1


def test_what_alone_would_displace_all_that_is_new_is_not_kept() -> None:
    store: Store[Thing] = Store(800)
    store.put("small", Thing(50))

    store.put("large", Thing(101))

    assert store.get("large") is None
    assert store.get("small") == Thing(50)


def test_a_store_without_room_keeps_nothing() -> None:
    store: Store[Thing] = Store(0)
    store.put("a", Thing(1))

    assert store.get("a") is None
    assert store.size == 0
