"""What no statement may do, whoever wrote it: make SQLite write plain bytes, or open another file (T6).

SQLite asks when a statement is prepared, not when it runs. Codes: https://www.sqlite.org/c3ref/c_alter_table.html
"""

from typing import Final

_ALLOW: Final = 0
_DENY: Final = 1
_PRAGMA: Final = 19
_ATTACH: Final = 24
_FUNCTION: Final = 31

# Set once at opening; each could put plain bytes on the disk, a key in a log, or let others in.
_FIXED_PRAGMAS: Final = frozenset(
    {
        "temp_store",
        "temp_store_directory",
        "secure_delete",
        "cipher_log",
        "cipher_log_level",
        "cipher_profile",
        "cipher_plaintext_header_size",
        "cipher_use_hmac",
        "key",
        "rekey",
        "locking_mode",
    }
)
_FORBIDDEN_FUNCTIONS: Final = frozenset({"load_extension", "sqlcipher_export"})


def authorise(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    """SQLite's question about one step of a statement; 0 allows it, 1 makes the statement fail."""
    if action == _ATTACH:
        # VACUUM attaches a nameless temporary database, which stays in memory.
        return _ALLOW if first == "" else _DENY
    if action == _PRAGMA and second is not None and (first or "").lower() in _FIXED_PRAGMAS:
        return _DENY
    if action == _FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS:
        return _DENY
    return _ALLOW
