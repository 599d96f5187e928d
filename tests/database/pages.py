"""SQLCipher 4 pages, read without SQLCipher: raw key, AES-256-CBC, the IV 80 bytes before the page's end.

Source: https://www.zetetic.net/sqlcipher/design/ and https://www.sqlite.org/fileformat2.html
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY = bytes(range(32))
PAGE = 4096
RESERVED = 80
SALT = 16
INDEX_LEAF = 0x0A


def decrypted_pages(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every page of a database file in plain text, with the offset of its b-tree header."""
    content = path.read_bytes()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        salt = SALT if start == 0 else 0
        iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        decryptor = Cipher(algorithms.AES(KEY), modes.CBC(iv)).decryptor()
        plain = bytes(salt) + decryptor.update(page[salt : PAGE - RESERVED]) + decryptor.finalize()
        yield (100 if start == 0 else 0), plain


def cells_of_leaves(path: Path) -> list[list[int]]:
    """Where in its page each cell of an index leaf lies, in the order of the keys."""
    leaves = []
    for header, page in decrypted_pages(path):
        if page[header] == INDEX_LEAF:
            count = int.from_bytes(page[header + 3 : header + 5], "big")
            pointers = page[header + 8 : header + 8 + 2 * count]
            leaves.append([int.from_bytes(pointers[at : at + 2], "big") for at in range(0, len(pointers), 2)])
    return leaves
