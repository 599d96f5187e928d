TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {}
