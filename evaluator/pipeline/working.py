"""Pieces of work over any executor: in the process, on its cores, on a dask cluster.

A piece is done by a pure function of its argument. One that fails, or whose worker dies, is tried once more,
and then given up alone: the others are done. Results come in the order of the pieces, whatever does them.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

P = TypeVar("P")
R = TypeVar("R")
_AHEAD = 3  # pieces handed out for each that is done at a time


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work: what opens an executor, and how many pieces it does at a time."""

    opened: Callable[[], contextlib.AbstractContextManager[Executor]]
    width: int = 1


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What became of a piece: its result, or why there is none (`problem`, empty where it was done)."""

    result: R | None
    problem: str = ""


class InProcess(Executor):
    """Does each piece at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work and return its finished future; Ctrl-C goes through."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the piece's
            future.set_exception(error)
        return future


@contextlib.contextmanager
def _in_process() -> Iterator[Executor]:
    yield InProcess()


ALONE = Crew(_in_process)
"""No workers: everything is done in this process."""


def crew_of(workers: int) -> Crew:
    """This process alone, or a pool of that many."""
    return Crew(_processes(workers), workers) if workers > 1 else ALONE


def _processes(workers: int) -> Callable[[], contextlib.AbstractContextManager[Executor]]:

    @contextlib.contextmanager
    def opened() -> Iterator[Executor]:
        # Forked workers have the libraries already; other systems start theirs afresh.
        method = "fork" if sys.platform == "linux" else "spawn"
        context = multiprocessing.get_context(method)
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_main)
        try:
            yield pool
        except BaseException:
            _kill(pool)
            raise
        pool.shutdown(wait=True, cancel_futures=True)

    return opened


def cores() -> int:
    """How many cores this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work(function: Callable[[P], R], pieces: Sequence[P], crew: Crew) -> Iterator[Outcome[R]]:
    """The outcome of each piece, in their order.

    Only a few pieces beyond those under way are handed out, so that results do not pile up. Closing the
    iterator ends what is still running. Where a pool broke, the first piece without a result is tried alone
    and the rest in a new pool: sooner or later the one that kills its worker is the one tried alone.
    """
    position = 0
    while position < len(pieces):
        for outcome in _run(function, pieces[position:], crew):
            yield outcome
            position += 1
        if position < len(pieces):
            yield _again(function, pieces[position], crew)
            position += 1


@contextlib.contextmanager
def begun(function: Callable[[P], R], pieces: Sequence[P], crew: Crew) -> Iterator[Iterator[Outcome[R]]]:
    """Pieces that workers begin at once; their outcomes, in their order, when they are asked for.

    Without workers each is done when it is asked for.
    """
    if crew.width == 1:
        yield work(function, pieces, crew)
        return
    with crew.opened() as executor:
        futures = [executor.submit(function, piece) for piece in pieces]
        pairs = zip(futures, pieces, strict=True)
        yield (
            _outcome(future, function, piece, crew) or _again(function, piece, crew)
            for future, piece in pairs
        )


def _run(function: Callable[[P], R], pieces: Sequence[P], crew: Crew) -> Iterator[Outcome[R]]:
    """Outcomes until all are there or the pool breaks."""
    waiting: deque[Future[R]] = deque()
    with crew.opened() as executor:
        for number, piece in enumerate(pieces):
            while waiting and len(waiting) >= crew.width * _AHEAD:
                outcome = _outcome(waiting.popleft(), function, pieces[number - len(waiting) - 1], crew)
                if outcome is None:
                    return
                yield outcome
            try:
                waiting.append(executor.submit(function, piece))
            except BrokenProcessPool:
                return
        while waiting:
            outcome = _outcome(waiting.popleft(), function, pieces[len(pieces) - len(waiting) - 1], crew)
            if outcome is None:
                return
            yield outcome


def _outcome(future: Future[R], function: Callable[[P], R], piece: P, crew: Crew) -> Outcome[R] | None:
    """A piece's outcome, with its second try; None where the pool is broken."""
    try:
        return Outcome(future.result())
    except (BrokenProcessPool, CancelledError):
        return None
    except Exception:  # noqa: BLE001 - the second try says what it is
        return _again(function, piece, crew)


def _again(function: Callable[[P], R], piece: P, crew: Crew) -> Outcome[R]:
    """The second and last try of a piece, with workers of its own."""
    try:
        with crew.opened() as executor:
            return Outcome(executor.submit(function, piece).result())
    except Exception as error:  # noqa: BLE001 - the piece is given up, the others are not
        return Outcome(None, _why(error))


def _why(error: Exception) -> str:
    if isinstance(error, BrokenProcessPool):
        return "工作进程中途退出（可能内存不足）"
    if isinstance(error, MemoryError):
        return "内存不足"
    return f"程序出错（{type(error).__name__}：{str(error)[:120]}）"


def _leave_interrupts_to_the_main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End a pool at once: what its workers have begun is of no use any more."""
    running = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()
