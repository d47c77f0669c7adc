"""Pieces of work: their order, those that fail, and workers that die."""

import os
from pathlib import Path

import pytest

from evaluator.pipeline.working import ALONE, Crew, crew_of, work


def double(number: int) -> int:
    return 2 * number


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return double(number)


def die_of_seven(number: int) -> int:
    if number == 7:
        os._exit(3)
    return double(number)


def fail_once(path: str) -> str:
    """Fails where its file is not there yet, and makes it."""
    if not Path(path).exists():
        Path(path).touch()
        raise OSError("not yet")
    return Path(path).name


CREWS = [ALONE, crew_of(2)]


@pytest.mark.parametrize("crew", CREWS)
def test_results_come_in_the_order_of_the_pieces__ok(crew: Crew):
    assert [item.result for item in work(double, range(30), crew)] == list(range(0, 60, 2))
    assert list(work(double, [], crew)) == []


@pytest.mark.parametrize("crew", CREWS)
def test_a_piece_that_fails_costs_itself_only(crew: Crew):
    outcomes = list(work(refuse_seven, range(20), crew))
    assert [item.result for item in outcomes] == [None if n == 7 else 2 * n for n in range(20)]
    assert [item.problem for item in outcomes if item.problem] == ["程序出错（ValueError：seven）"]


@pytest.mark.parametrize("crew", CREWS)
def test_a_piece_is_tried_twice(crew: Crew, tmp_path):
    paths = [str(tmp_path / name) for name in "abc"]
    assert [item.result for item in work(fail_once, paths, crew)] == ["a", "b", "c"]


def test_a_worker_that_dies_costs_its_piece_only():
    outcomes = list(work(die_of_seven, range(20), crew_of(2)))
    assert [item.result for item in outcomes] == [None if n == 7 else 2 * n for n in range(20)]
    assert [item.problem for item in outcomes if item.problem] == ["工作进程中途退出（可能内存不足）"]
