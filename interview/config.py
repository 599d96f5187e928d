"""The settings of one start: flag over environment over file over default. Plain values; the caller reads the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interview.errors import InterviewError
from interview.paths import Home, typed_path
from interview.toml import parse_toml

LANGUAGES = ("sv", "en")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """Language and theme of the interface, rebound keys (action id → keys), minutes until the station locks itself."""

    language: str = "sv"
    theme: str = "dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    lock_after: int = 10


def settings_from(file: str, environment: Mapping[str, str], language: str | None = None, place: str = "") -> Settings:
    """Settings from the text of a settings file (empty: none), the environment and the flag; bad ones are refused by name."""
    try:
        table = parse_toml(file)
    except ValueError as error:
        raise InterviewError("cli.settings-syntax", place, reason=str(error)) from None
    unknown = set(table) - {"language", "theme", "keys", "lock-after"}
    if unknown:
        raise InterviewError(
            "cli.settings-unknown", place, name=min(unknown), known="language, theme, keys, lock-after"
        )
    keys = table.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise InterviewError("cli.settings-keys", place)
    lock_after = table.get("lock-after", 10)
    if not isinstance(lock_after, int) or isinstance(lock_after, bool) or not 1 <= lock_after <= 240:
        raise InterviewError("cli.settings-lock-after", place)
    where, chosen = place, table.get("language", "sv")
    for source, wanted in (("INTERVIEW_LANGUAGE", environment.get("INTERVIEW_LANGUAGE")), ("--language", language)):
        where, chosen = (source, wanted) if wanted else (where, chosen)
    theme = table.get("theme", "dark")
    if chosen not in LANGUAGES:
        raise InterviewError("cli.unknown-language", where, language=str(chosen), known=", ".join(LANGUAGES))
    if theme not in THEMES:
        raise InterviewError("cli.unknown-theme", place, theme=str(theme), known=", ".join(THEMES))
    return Settings(language=str(chosen), theme=str(theme), keys=dict(keys), lock_after=lock_after)


def home_from(flag: str | None, environment: Mapping[str, str]) -> Path | None:
    """The station's folder: `--home` over `INTERVIEW_HOME`; None where neither names one.

    `cli.home-empty`, `cli.home-not-a-folder`, `cli.home-unreachable`, those of `typed_path`.
    """
    if flag is not None and not flag.strip():
        raise InterviewError("cli.home-empty", "--home")
    named = flag or environment.get("INTERVIEW_HOME", "").strip()
    return _folder(named, "--home" if flag else "INTERVIEW_HOME") if named else None


def _folder(named: str, where: str) -> Path:
    """A folder that can be looked into, or that is not there yet."""
    home = typed_path(named)
    if home.name in ("", ".."):
        # What is made beside it needs its name: `.` and `..` have none, nor has the root of a drive.
        home = home.resolve()
    try:
        # What is in a folder is asked for, since a folder that is closed tells of itself all the same.
        Home(home).settings.stat()
    except FileNotFoundError:
        return home
    except NotADirectoryError:
        raise InterviewError("cli.home-not-a-folder", where, folder=str(home)) from None
    except OSError as error:
        raise InterviewError("cli.home-unreachable", where, folder=str(home), reason=error.strerror or "") from None
    return home
