"""Personal and co-ordination numbers in every usual spelling, made by rule: no living person's among them but by chance."""

from random import Random

LONGEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_digit(nine: str) -> str:
    """The last digit: what makes the Luhn sum a multiple of ten (written here on its own, from the definition)."""
    total = 0
    for place, digit in enumerate(nine):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str(-total % 10)


def number(rng: Random) -> str:
    """Twelve digits that hold; every other is a co-ordination number."""
    year, month = rng.randint(1900, 2024), rng.randint(1, 12)
    day = rng.randint(1, LONGEST[month - 1]) + 60 * rng.randint(0, 1)
    nine = f"{year % 100:02}{month:02}{day:02}{rng.randint(0, 999):03}"
    return f"{year // 100}{nine}{check_digit(nine)}"


def spellings(twelve: str) -> tuple[str, ...]:
    """The number as people write it."""
    century, year, month, day, last = twelve[:2], twelve[2:4], twelve[4:6], twelve[6:8], twelve[8:]
    ten = twelve[2:]
    return (
        ten,
        twelve,
        f"{ten[:6]}-{last}",
        f"{ten[:6]}+{last}",
        f"{ten[:6]} {last}",
        f"{ten[:6]} - {last}",
        f"{ten[:6]}–{last}",
        f"{ten[:6]}—{last}",
        f"{ten[:6]}\u2011{last}",
        f"{ten[:6]}\u00a0{last}",
        f"{ten[:6]}.{last}",
        f"{ten[:6]}, {last}",
        f"{ten[:6]}/{last}",
        f"{twelve[:8]}-{last}",
        f"{twelve[:8]}+{last}",
        f"{twelve[:8]} {last}",
        f"{twelve[:8]} - {last}",
        f"{twelve[:8]}.{last}",
        f"{century} {ten[:6]}-{last}",
        f"{century}{year}-{month}-{day}-{last}",
        f"{century}{year}-{month}-{day} {last}",
        f"{century}{year} {month} {day} {last}",
        f"{century}{year} {month} {day}-{last}",
        f"{century}{year}.{month}.{day}-{last}",
        f"{century}{year}.{month}.{day}.{last}",
        f"{century}{year}/{month}/{day}-{last}",
        f"{year}-{month}-{day}-{last}",
        f"{year}-{month}-{day} {last}",
        f"{year} {month} {day} {last}",
        f"{year} {month} {day} - {last}",
        f"{year}.{month}.{day}-{last}",
        f"{year}.{month}.{day}.{last}",
        f"{year} {month} {day} {last[:2]} {last[2:]}",
        f"{ten[:6]}-{last[:2]} {last[2:]}",
        " ".join(ten),
        " ".join(twelve),
        "".join(chr(ord("\uff10") + int(digit)) for digit in ten),
    )


SENTENCES = (
    "{}",
    "Mitt personnummer är {}.",
    "pnr:{}",
    "pnr{}, ring mig",
    "({})",
    "Jag heter något och har nummer {} sedan 3 år.",
    "personnr {} och jag bor på avdelning 64",
    "Låg på sal 4. {} är mitt nummer!",
    "«{}»\nTack!",
    "Nummer 2: {}",
)
"""Where a number stands in a text."""
