"""Where everything stands in a TOML text: what a coordinator's survey and settings are told by."""

import tomllib
from typing import Any

import pytest

from interview.toml import Path, parse_toml, places_in

TEXTS = (
    'a = 1\nb = "x" # = 2\n[c]\nd = [1, [2, 3], {e = 4}] # []\n[c.f]\ng = true\n',
    "[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[a.e]\nf = 1\n[[a]]\n[[a.c]]\nd = 3\n",
    'a.b.c = 1\na."b.x" = "[y]"\n\'q # r\' = {s.t = "}", u = [ ]}\n"\\u00e5" = 2\n',
    'a = """\nb = 1\n[c]\n\\""" x""""\nd = \'\'\'\n# e = 2\n\'\'\'\'\nf = 1979-05-27 07:32:00\ng = [\n  1, # one ]\n  2,\n]\n',
    "a = 1\r\n\r\n[b] # c\r\nd = {}\r\ne = -inf\r\n",
)


def ways(value: Any, way: Path = ()) -> set[Path]:
    """The way to everything in a table but the table itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {found for key, one in inner for found in ((*way, key), *ways(one, (*way, key)))}


@pytest.mark.parametrize("mark", ['"""', "'''"])
def test_t11_dots_and_brackets_in_a_text_of_several_lines_are_words(mark: str) -> None:
    """B6: a card may say "Vänta ........ "; outside of texts the limits hold as before, also after one."""
    said = f'Vänta {"." * 30}\n{"[" * 30} # "det"\n'
    assert parse_toml(f"a = {mark}{said}{mark}\nb = 1 # {'.' * 30}")["a"] == said
    with pytest.raises(ValueError, match="line 3"):
        parse_toml(f"a = {mark}\n{mark}\n{'.'.join('b' * 18)} = 1")
    with pytest.raises(ValueError, match="Nested"):
        parse_toml(f"a = {mark}#{mark}\nb = {'[' * 17}{']' * 17}")


@pytest.mark.parametrize("text", TEXTS)
def test_everything_has_its_place_and_stands_there(text: str) -> None:
    """B6: each value by line and column; read from there, a value is the same."""
    table, places = tomllib.loads(text), places_in(text)
    assert set(places.values) == ways(table)
    lines = text.replace("\r\n", "\n").split("\n")
    for way, (line, column) in places.values.items():
        value: Any = table
        for step in way:
            value = value[step]
        if isinstance(value, int | bool) and isinstance(way[-1], str):
            written = lines[line - 1][column - 1 :]
            assert written.startswith(str(value).lower()) or written.startswith("["), (way, written)
    for way, (line, column) in places.keys.items():
        assert lines[line - 1][column - 1] not in " \t\n=", way
