"""C7, T20: what else points at a person is found in the words it stands in, and a replacement is proposed for it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.guard.findings import REPLACEMENTS, Kind, Known, Severity, replaced
from interview.guard.scanning import findings
from tests.guard.spellings import SENTENCES

PLAIN = {
    Kind.NAME: (
        *("Anna", "Mohammed", "Kerstin Nilsson", "Anna-Karin", "Ulla Kowalczyk", "Gun-Britt"),
        *("Stig Lind", "Per Holm", "Bo Ek", "Per-Åke", "Linnéa", "Fadumo", "Andersson", "Sjögren", "Al-Hassan"),
    ),
    Kind.TELEPHONE: (
        *("070-174 06 05", "0701740605", "070 174 06 05", "+46 70 174 06 05", "0046701740605", "031-390 06 00", "08-465 004 00"),
        *("0980-319 200", "035/13 12 11", "(035) 13 12 11", "040-628 04 00", "+45 12 34 56 78", "0735‑12 34 56", "010-123 45 67"),
    ),
    Kind.EMAIL: ("anna.k@regionhalland.se", "x@y.nu", "anna (at) hotmail.com", "anna snabel-a telia.com", "A.B+c@mail.example.org"),
    Kind.WEB: ("www.minsida.se/bilder", "https://x.se/a?b=c", "facebook.com/anna", "minblogg.com"),
    Kind.ADDRESS: (
        *("Storgatan 5", "storgatan 5b", "Norra Långgatan 12, 302 45 Halmstad", "Ekvägen 3 A", "Lilla Torg 4", "Björkstigen 14"),
        *("Karlssons väg 3", "Kyrkogatan 4-6", "Västra vägen 12", "lgh 1203", "Box 123"),
    ),
    Kind.DATE: (
        *("den 12 mars", "12 mars 2024", "2024-03-12", "12.3.2024", "240312", "den tolfte april", "första maj", "3 dec", "12/3 2024"),
        *("2024/03/12", "den 12:e mars", "12/3-24"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN)
def test_each_kind_is_found_wherever_it_stands(kind: Kind) -> None:
    frames = (*SENTENCES[:2], "Ja {} var det.", "det var {}, tror jag", "{}\nTack", "Tack ({})!")
    for words in PLAIN[kind]:
        for frame in frames:
            text = (
                frame.format(words) if kind is not Kind.ADDRESS or words != "Box 123" else f"{words}, 301 02 Halmstad"
            )
            found = [(text[f.start : f.end], f.kind, f.severity) for f in findings(text)]
            assert any(kind is Kind(at) and words in span for span, at, _ in found), (text, found)
            assert all(severity is Severity.WARN for _, _, severity in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tack till syster Gun", "Gun"),
        ("undersköterskan Inga", "Inga"),
        ("läkaren Xander var bra", "Xander"),
        ("dr. Smith opererade", "Smith"),
        ("doktor karlsson", "karlsson"),
        ("min man Bo ramlade", "Bo"),
        ("hennes son Per bor där", "Per"),
        ("hon heter Xenia och är snäll", "Xenia"),
        ("Medicinen heter Waran. Hon heter Xenia.", "Xenia"),
        ("jag pratade med Hans om det", "Hans"),
        ("Evas bemötande", "Evas"),
        ("ANNA KARLSSON VAR SNÄLL MOT MIG", "ANNA KARLSSON"),
        ("herr Ek skrek", "Ek"),
        ("Chauffören Ali var hjälpsam", "Ali"),
        ("tack till vaktmästaren Bo", "Bo"),
        ("KOCKEN FATIMA LAGAR GOD MAT", "FATIMA"),
    ],
)
def test_a_name_is_known_by_what_stands_around_it(text: str, words: str) -> None:
    assert [text[f.start : f.end] for f in findings(text) if f.kind is Kind.NAME] == [words]


KNOWN = Known(
    names=("Inga-Lill Söderström", "Hans Berg", "Åke Ö", "Ljubomír Zzyx"),
    telephones=("035-12 34 56", "0701234567"),
    public=("035-13 12 11", "070-174 06 05", ""),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("söderströms fru ringde", "söderströms"),
        ("INGA-LILL SKA HA HJÄLP", "INGA-LILL"),
        ("ljubomirs mamma", "ljubomirs"),
        ("hälsa zzyx", "zzyx"),
        ("familjen Berg", "Berg"),
        ("Det var Hans, sa hon", "Hans"),
        ("ring 123456", "123456"),
        ("035 123 456", "035 123 456"),
        ("+46 70 123 45 67", "+46 70 123 45 67"),
        ("hon har 12 34 56 hemma", "12 34 56"),
        ("123 45 67 är bäst", "123 45 67"),
    ],
)
def test_what_the_case_gives_is_found_in_any_form(text: str, words: str) -> None:
    assert words in [text[f.start : f.end] for f in findings(text, KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "inga problem på berget",
        "Hans bemötande var gott",
        "ring 035-13 12 11, 1177 eller 112",
        "ring +4635131211",
        "ring 0701740605",
        "ring 13 12 11",
        "Ring mig på kontoret, 13 12 11",
        "Ring 1177 eller 112 säger de",
        "läs på 1177.se och www.1177.se/Halland",
    ],
)
def test_words_that_are_names_too_and_the_units_own_numbers_are_let_be(text: str) -> None:
    assert findings(text, KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("Ring mig på 12 34 56", "ring gärna på 12 34 56", "Jag nås på telefon 12 34 56", "Ni når mig på 12 34 56"),
        *(
            "mitt nummer är 12 34 56",
            "numret är 12 34 56",
            "sök oss på 12 34 56",
            "RING MIG PÅ 12 34 56",
            "call me on 12 34 56",
        ),
    ],
)
def test_a_number_without_an_area_code_is_known_by_what_is_to_be_done_with_it(text: str) -> None:
    assert [(text[f.start : f.end], f.kind) for f in findings(text)] == [("12 34 56", Kind.TELEPHONE)]


@pytest.mark.parametrize(
    "text",
    [
        *("Ring mig på 1177", "nås på 08-16", "ringde 3 gånger på 10 20 minuter", "Chauffören Trafik kom sent"),
        *("kocken per avdelning", "polisen kom", "Läraren sa det", "numret är 1177", "ring mig 10-12"),
    ],
)
def test_what_only_looks_like_them_is_let_be(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize("words", ["Åsa", "Linnéa", "Kerstin Sjögrå", "Norra Långgatan 12"])
def test_letters_whose_marks_stand_apart_are_read_as_letters(words: str) -> None:
    """As some systems write file names and what is pasted from them; the mark goes with its letter."""
    text = unicodedata.normalize("NFD", f"Tack till {words} för allt")
    (finding,) = findings(text, Known(names=(unicodedata.normalize("NFD", "Kerstin Sjögrå"),)))
    assert unicodedata.normalize("NFC", replaced(text, finding)) == f"Tack till {finding.replacement} för allt"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_replacement_that_is_no_finding(kind: Kind) -> None:
    assert findings(f"Det var {REPLACEMENTS[kind]} som ringde, {REPLACEMENTS[kind]}s fru.") == ()


PIECES = [words for group in PLAIN.values() for words in group]


@settings(derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from([*PIECES, "640823-3234", "och", "ring", "doktor", ".", "3234", "bor på", "\n"]), max_size=12
    )
)
def test_findings_lie_apart_and_are_gone_once_replaced(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = findings(text, KNOWN)
    ends = [0, *(finding.end for finding in found)]
    assert all(end <= finding.start < finding.end <= len(text) for end, finding in zip(ends, found, strict=False))
    for _ in range(40):
        found = findings(text, KNOWN)
        if not found:
            break
        text = replaced(text, found[0])
    assert findings(text, KNOWN) == ()


@settings(derandomize=True, database=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    for finding in findings(text, KNOWN):
        assert text[finding.start : finding.end].strip()


def test_nothing_known_is_shown_by_accident() -> None:
    assert "Berg" not in repr(KNOWN)
    assert "640823" not in repr(findings("640823-3234"))
