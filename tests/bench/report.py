"""How the benchmarks time a piece of work and print a pair of medians."""

import time
from collections.abc import Callable, Sequence
from statistics import median


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def compare(name: str, ours: Sequence[float], floor: Sequence[float]) -> None:
    """Print both medians in milliseconds and their ratio."""
    mine, least = median(ours), median(floor)
    print(f"{name:24} {mine * 1e3:9.2f} ms   against {least * 1e3:9.2f} ms   ratio {mine / least:.2f}   n {len(ours)}")
