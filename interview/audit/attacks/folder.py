"""T6, T15, T17: what the files around the databases give away."""

import base64
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from interview.audit.attacks.grams import GRAM, Beginnings, gram, grams, names_of
from interview.audit.evidence import KEY, LOG, RESPONSES, WORKSPACE, Evidence, File
from interview.audit.pages import read_pages
from interview.audit.report import Leak, Looked
from interview.audit.trees import Image

_PLAIN: Final = b"SQLite format 3\0"
_LOG_STARTS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a write-ahead log begins."""
_LEFTOVER: Final = re.compile(r"(^|/)(\..+\.[0-9a-f]{8,}|.+-journal|.+\.(tmp|bak|old|orig|swp)|.+~)$")
_SHORTEST: Final = 5
"""Letters of the shortest text looked for: fewer occur by chance."""
_WORDS: Final = frozenset(
    {"survey", "questionnaire", "unit", "language", "respondent", "outcome", "missing", "given_by"}
)
"""Columns that hold one of a few words of the program's own."""
_MONTH: Final = re.compile(r"\d{4}-\d\d(-\d\d)?")
_EVENTS: Final = (
    "started|opened|locked|refused|crash|not-saved|set-up|restored|backed-up|rescued|exported|receipt-taken|audited|collected"
    "|survey-(?:loaded|made|chosen)|form-loaded|key-(?:added|removed|changed)|handed-over"
)
"""What a log may tell of: nothing that happens once for every interview."""
_EVENT: Final = re.compile(rf"\d{{4}}-\d\d-\d\d (?:{_EVENTS})(?: [\w.<>+-]+)*$|  |\s*$".encode())
"""A line of the log as it is promised: a day, an event, codes; or where in the program."""
_FINER: Final = re.compile(rb"\d\d:\d\d|T\d{4}")


def plaintext(evidence: Evidence) -> Looked:
    """Every text of the identified side, looked for in every file as it lies, in names, keyring and files for scratch."""
    texts = set(_texts(evidence))
    needles = {form for text in texts for form in _spellings(text)}
    short = [needle for needle in needles if len(needle) < GRAM]
    long: defaultdict[int, list[bytes]] = defaultdict(list)
    for needle in needles:
        if len(needle) >= GRAM:
            long[gram(needle)].append(needle)
    leaks = []
    for file in (*evidence.files, *evidence.noted, *evidence.scratch):
        hits = {needle for key in _met(set(long), file.content) for needle in long[key] if needle in file.content}
        hits |= {needle for needle in short if needle in file.content}
        if hits:
            leaks.append(Leak("plaintext", {"file": file.name, "count": len(hits)}))
        if file.content.startswith(_PLAIN) and file in evidence.files:
            leaks.append(Leak("plain-database", {"file": file.name}))
    return Looked({"texts": len(texts), "files": len(evidence.files)}, tuple(leaks))


def _met(keys: set[int], content: bytes) -> set[int]:
    met: set[int] = set()
    for view in grams(content):
        met |= keys.intersection(view)
    return met


def _texts(evidence: Evidence) -> Iterator[str]:
    """Names, numbers, notes, answers and ids; not what stands in the survey or the form."""
    for _, column, value in evidence.workspace.values:
        if not isinstance(value, str) or column in _WORDS or _MONTH.fullmatch(value):
            continue
        text = value.strip('"')
        if len(text) >= _SHORTEST and text.encode("utf-8", "surrogateescape") not in evidence.public:
            yield text


def _spellings(text: str) -> Iterator[bytes]:
    yield text.encode("utf-8", "surrogateescape")
    yield text.encode("utf-16-le", "surrogatepass")
    digits = re.sub(r"[ ()+-]", "", text)
    if digits.isdigit() and len(digits) >= 8:
        yield digits.encode()
        yield digits.removeprefix("0").encode()


def log(evidence: Evidence) -> Looked:
    """The log: events by the day, no moment and no response, and no event that a saved interview makes: lines count them."""
    content = evidence.content(LOG)
    lines = content.splitlines()
    timed = sum(bool(_FINER.search(line)) for line in lines)
    leaks = [Leak("log-time", {"file": LOG, "lines": timed})] if timed else []
    named = sum(key.hex()[:8].encode() in content.lower() for key in evidence.sealed)
    leaks += [Leak("log-response", {"file": LOG, "count": named})] if named else []
    other = sum(_EVENT.match(line) is None for line in lines)
    leaks += [Leak("log-event", {"file": LOG, "lines": other})] if other else []
    return Looked({"lines": len(lines)}, tuple(leaks))


def keys(evidence: Evidence) -> Looked:
    """The station's own keys, unwrapped, in any file or row."""
    leaks = []
    contents = [(file.name, file.content) for file in (*evidence.files, *evidence.scratch)]
    for opened in (evidence.workspace, evidence.responses):
        contents += [(opened.name, page) for page in (*opened.pages.filed.values(), *opened.pages.superseded)]
    own = {name: secret for name, secret in evidence.secrets.items() if len(secret) == KEY}
    for name, secret in own.items():
        forms = (secret, secret.hex().encode(), secret.hex().upper().encode(), base64.b64encode(secret))
        places = {place for place, content in contents if any(form in content for form in forms)}
        leaks += [Leak("key", {"key": name, "file": place}) for place in sorted(places)]
    return Looked({"keys": len(own), "files": len(evidence.files)}, tuple(leaks))


def copies(evidence: Evidence) -> Looked:
    """Copies of the databases and what was left of writing: held against today's they show what came between."""
    leaks = []
    for file, name in evidence.copies:
        image = Image(read_pages(file.content, b"", evidence.secrets[name]).current)
        keys = {row.get("hash") for row in image.table("response")}
        leaks.append(Leak("copy", {"file": file.name, "count": len(evidence.sealed.keys() ^ keys) if keys else 0}))
    own = {WORKSPACE + "-wal", RESPONSES + "-wal"}
    logs = (file.name for file in evidence.files if file.content[:4] in _LOG_STARTS and file.name not in own)
    leaks += [Leak("copied-log", {"file": name}) for name in logs]
    leaks += [Leak("leftover", {"file": file.name}) for file in evidence.files if _LEFTOVER.search(file.name)]
    beside = (path.name for path in evidence.root.parent.glob(f".{evidence.root.name}.new-*"))
    leaks += [Leak("leftover", {"file": name}) for name in sorted(beside)]
    return Looked({"files": len(evidence.files)}, tuple(leaks))


def file_times(evidence: Evidence) -> Looked:
    """The times of files: does any of them, or a name or the keyring, belong to a few responses?"""
    keys = [key for key in evidence.sealed if len(key) >= GRAM]
    written = {gram(name): key for key in keys for name in (*names_of(key), key.hex().encode(), base64.b64encode(key))}
    bodies = {gram(record[6:]): key for key, (_, record) in evidence.sealed.items() if len(record) >= 14}
    beginnings = Beginnings(evidence.sealed)
    marks = {**bodies, **written}
    own, batches, leaks = {RESPONSES, WORKSPACE}, {batch.name for batch in evidence.batches}, []
    for file in (*evidence.files, *evidence.noted):
        if file.name in own | batches:
            continue
        content = file.content + b"\n" + file.name.encode("utf-8", "surrogateescape")
        named = len({marks[mark] for mark in _met(set(marks), content)}) or beginnings.named_in(content)
        if named:
            leaks.append(Leak("dated", {"file": file.name, "count": named}))
    return Looked({"files": len(evidence.files)}, tuple(leaks))


def modes(evidence: Evidence) -> Looked:
    """Who besides the station's account may read the folder."""
    if sys.platform == "win32":
        return Looked({"files": 0}, tried=False)
    leaks = []
    own = os.geteuid()
    folders = [evidence.root, *(path for path in evidence.root.rglob("*") if path.is_dir())]
    for folder in folders:
        status = folder.stat()
        if status.st_mode & 0o077 or status.st_uid != own:
            leaks.append(Leak("mode", {"file": folder.name, "mode": f"{status.st_mode & 0o7777:04o}"}))
    leaks += [
        Leak("mode", {"file": file.name, "mode": f"{file.mode:04o}"}) for file in evidence.files if _open(file, own)
    ]
    return Looked({"files": len(evidence.files) + len(folders)}, tuple(leaks))


def _open(file: File, own: int) -> bool:
    return file.owner not in (-1, own) or bool(file.mode & 0o077)
