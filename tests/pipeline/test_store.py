"""The store: what is put in comes out, and nothing else ever does."""

import os

import pytest

from evaluator.storage.store import Store, key_of


def test_what_is_kept_comes_back__ok(tmp_path):
    store = Store(tmp_path / "store")
    assert store.get(key_of("a", "1")) is None
    assert store.put(key_of("a", "1"), b"one")
    assert store.get(key_of("a", "1")) == b"one"
    assert store.get(key_of("a", "2")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("ab", "")), (("a", b"b"), ("a", b"c")), (("x", "1", "2"), ("x", "12"))],
)
def test_parts_that_differ_have_other_keys(one, other):
    assert key_of(*one) != key_of(*other)


@pytest.mark.parametrize("harm", [b"", b"short", None])
def test_an_entry_that_was_harmed_is_none(harm, tmp_path):
    store, key = Store(tmp_path), key_of("a")
    store.put(key, b"content")
    path = next(tmp_path.glob("??/*"))
    entry = path.read_bytes()
    path.write_bytes(entry[:-1] + b"X" if harm is None else harm)
    assert store.get(key) is None


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    store = Store(tmp_path)
    keys = [key_of("a", str(number)) for number in range(4)]
    for age, key in enumerate(keys):
        store.put(key, b"x" * 100)
        os.utime(tmp_path / key[:2] / key[2:], (age, age))
    store.get(keys[0])
    store.trim(300)
    assert [store.get(key) is not None for key in keys] == [True, False, False, True]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "store").write_text("in the way")
    store = Store(tmp_path / "store")
    assert not store.put(key_of("a"), b"content")
    assert store.get(key_of("a")) is None
    store.trim(0)
