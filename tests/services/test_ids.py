"""Sortable ids."""

import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor

from inspection.services.ids import sortable_ids


def test_ids_sort_in_the_order_they_were_made_also_when_the_clock_goes_back():
    times = iter([1000, 1000, 1001, 900, 900, 1002])
    new_id = sortable_ids(lambda: next(times), secrets.randbits)
    made = [new_id() for _ in range(6)]
    assert made == sorted(set(made))


def test_an_id_is_a_version_7_uuid_that_names_its_millisecond():
    made = uuid.UUID(sortable_ids(lambda: 1_795_292_021_249, secrets.randbits)())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_795_292_021_249


def test_threads_never_get_the_same_id_even_without_chance():
    new_id = sortable_ids(lambda: 1000, lambda _: 0)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(20_000)))
    assert len(set(made)) == 20_000
