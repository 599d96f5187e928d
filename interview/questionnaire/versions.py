"""The order of a form's versions."""


def rank(version: str) -> tuple[int, ...]:
    """A version as numbers, for their order: `2026.10` comes after `2026.9`, and `2026` is `2026.0`."""
    parts = [int(part) for part in version.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
