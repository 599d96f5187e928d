"""Where things lie. Knows names and folders only; nothing is created here."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from interview.errors import InterviewError


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one station or one central group, and the files in it."""

    root: Path

    @property
    def keyring(self) -> Path:
        """The wrapped keys; a home exists when this file does."""
        return self.root / "keyring"

    @property
    def workspace(self) -> Path:
        """The identified side: call list, attempts, drafts."""
        return self.root / "workspace.db"

    @property
    def responses(self) -> Path:
        """The anonymous side: sealed responses, surveys, questionnaires, batches."""
        return self.root / "responses.db"

    @property
    def archive(self) -> Path:
        """The central, opened collection of responses."""
        return self.root / "archive.db"

    @property
    def settings(self) -> Path:
        """Language, theme and keys, as a person writes them."""
        return self.root / "settings.toml"

    @property
    def outbox(self) -> Path:
        """Where batches are written unless another folder is named."""
        return self.root / "batches"

    @property
    def card(self) -> Path:
        """The public card of a station or a recipient."""
        return self.root / "card.json"

    @property
    def log(self) -> Path:
        """Events without content."""
        return self.root / "interview.log"


def typed_path(typed: str) -> Path:
    """The path somebody typed or pasted: blanks and quotation marks around it go, `~` is a home folder.

    `files.no-such-account`; `files.unreachable` where the system takes no such name or lets nobody look there.
    """
    path = Path(typed.strip().strip("\"'"))
    try:
        path = path.expanduser()
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return path
    except RuntimeError:
        raise InterviewError("files.no-such-account", path.parts[0]) from None
    except ValueError:
        # A zero byte ends every system's names.
        raise InterviewError("files.unreachable", path.name, reason=os.strerror(errno.EINVAL)) from None
    except OSError as error:
        raise InterviewError("files.unreachable", path.name, reason=error.strerror or "") from None
    return path


def default_home() -> Path:
    """The platform's own data folder for the program."""
    from platformdirs import user_data_path  # noqa: PLC0415  only the default needs it

    return user_data_path("interview", appauthor=False)


def shipped_questionnaires() -> Path:
    """The folder of the forms that ship with the program, in a wheel or in a working copy."""
    package = Path(__file__).parent
    shipped = package / "questionnaires"
    return shipped if shipped.is_dir() else package.parent / "questionnaires"
