"""T1 and T5: can a response be read here, and does its length tell anything?"""

import base64
import binascii
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from interview.audit.attacks.grams import decoded
from interview.audit.evidence import Evidence
from interview.audit.report import Leak, Looked
from interview.crypto.bare import PRIVATE, public_keys

_HEADER: Final = 6
_MAGIC: Final = b"IVR"
_LOOKED_INTO: Final = 1_000
_SMALL: Final = 2_048
"""Bytes of a file that is tried at every place."""
_TOKEN: Final = re.compile(rb"[A-Za-z0-9+/_=-]{43,}")
_MARKER: Final = re.compile(rb"PRIVATE KEY|AGE-SECRET-KEY")


def sealing(evidence: Evidence) -> Looked:
    """Whether every record is sealed: of the known format, without any pattern, none like another."""
    records = [record for _, record in evidence.sealed.values()]
    unsealed = alike = 0
    seen: set[bytes] = set()
    for record in records:
        body = record[_HEADER:]
        if not record.startswith(_MAGIC) or len(zlib.compress(body, 1)) < len(body):
            unsealed += 1
    for record in records[:_LOOKED_INTO]:
        blocks = {record[at : at + 16] for at in range(_HEADER, len(record) - 15, 16)}
        alike += bool(blocks & seen)
        seen |= blocks
    leaks = [Leak("unsealed", {"count": unsealed})] if unsealed else []
    leaks += [Leak("alike", {"count": alike})] if alike else []
    return Looked({"responses": len(records)}, tuple(leaks))


def lengths(evidence: Evidence) -> Looked:
    """Whether all responses of a survey have one length."""
    found: defaultdict[bytes, set[int]] = defaultdict(set)
    for survey, record in evidence.sealed.values():
        found[survey].add(len(record))
    for batch in evidence.batches:
        found[bytes.fromhex(batch.survey)] |= batch.lengths
    leaks = [
        Leak("lengths", {"survey": survey.hex()[:12], "lengths": len(sizes)})
        for survey, sizes in found.items()
        if len(sizes) > 1
    ]
    return Looked({"responses": len(evidence.sealed), "surveys": len(found)}, tuple(leaks))


def private_keys(evidence: Evidence) -> Looked:
    """Whether anything here is the private key of a recipient or of a survey's signer."""
    publics = _publics(evidence)
    places = {file.name for file in evidence.files if _MARKER.search(file.content)}
    fits: dict[bytes, bool] = {}
    for place, candidate in _candidates(evidence):
        if candidate not in fits:
            fits[candidate] = not publics.isdisjoint(public_keys(candidate))
        if fits[candidate]:
            places.add(place)
    leaks = tuple(Leak("private-key", {"place": place}) for place in sorted(places))
    return Looked({"tried": len(fits), "keys": len(publics)}, leaks)


def _publics(evidence: Evidence) -> set[bytes]:
    """The public keys that matter: of each recipient the X25519 part (the last 32 bytes) and the signing keys."""
    station = evidence.responses.image.table("station")
    signers = (row.get("value") for row in station if row.get("key") == "signer")
    found = {signer for signer in signers if isinstance(signer, bytes)}
    for survey in evidence.surveys.values():
        recipients = survey.get("recipients")
        for recipient in recipients if isinstance(recipients, list) else []:
            for key in ("sealing", "signing"):
                try:
                    found.add(base64.b64decode(recipient[key])[-32:])
                except (KeyError, TypeError, binascii.Error):
                    continue
    return found


def _candidates(evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    """Whatever has the length of private keys, wherever it lies."""
    yield from _slices("keyring", evidence.secrets.values())
    hashes = {("response", "hash"), ("batch_member", "hash"), ("response", "sealed")}
    for opened in (evidence.workspace, evidence.responses):
        for table, column, value in opened.values:
            if (table, column) in hashes or not isinstance(value, str | bytes):
                continue
            raws = [value] if isinstance(value, bytes) else [*decoded(value), value.encode("utf-8", "surrogateescape")]
            yield from _slices(f"{opened.name}: {table}.{column}", raws)
    for file in evidence.files:
        if len(file.content) <= _SMALL and not _is_text(file.content):
            starts = range(len(file.content) - PRIVATE + 1)
            yield from ((file.name, file.content[start : start + PRIVATE]) for start in starts)
        if not file.name.endswith(".db"):
            for token in _TOKEN.findall(file.content[: 1 << 20]):
                yield from _slices(file.name, decoded(token.decode("ascii")))


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _slices(place: str, raws: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for raw in raws:
        if len(raw) in (PRIVATE, 2 * PRIVATE, 3 * PRIVATE):
            for start in range(0, len(raw), PRIVATE):
                yield place, raw[start : start + PRIVATE]
