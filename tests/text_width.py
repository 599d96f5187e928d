"""How wide printed lines are."""

from collections.abc import Iterable

from interview.wrapping import width_of


def widest(lines: Iterable[str]) -> int:
    """The cells of the widest line, 0 for none."""
    return max((width_of(line) for line in lines), default=0)
