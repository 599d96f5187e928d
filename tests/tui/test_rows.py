"""A8: the columns of a list stand below each other, whether a row has a mark or not."""

from interview.tui.rows import Row, RowList


def test_a_mark_moves_no_column() -> None:
    rows = RowList(
        [
            Row("a", ((" ", "faint"), ("Övning Övningsson", "plain"), ("070-174 06 05", "plain"))),
            Row("b", (("✓", "faint"), ("Lek Lekman", "plain"), ("070-174 06 14", "plain"))),
        ]
    )
    wide = ["".join(words for words, _ in line) for line in rows.lines(80, 4)]
    assert wide[0].index("Övning") == wide[1].index("Lek")
    assert wide[0].index("070") == wide[1].index("070")
    narrow = ["".join(words for words, _ in line) for line in rows.lines(40, 4)]
    assert narrow[0].index("Övning") < wide[0].index("Övning")
