"""Nyckelfilen: lösenfraser och återställningskod."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "wrong-passphrase": (
        "Lösenfrasen stämmer inte.",
        "Kontrollera tangentbordets språk och Caps Lock och skriv igen. Återställningskoden på papper öppnar också.",
    ),
    "weak-passphrase": (
        "Lösenfrasen är för enkel: den ska ha minst {minimum} tecken, och inte samma tecken om och om igen.",
        "Välj fyra eller fem ord som inte hör ihop.",
    ),
    "guessable-passphrase": (
        "Lösenfrasen går att gissa: den liknar ord, namn eller årtal som många väljer.",
        "Välj fyra eller fem ord som inte hör ihop, eller ta programmets förslag.",
    ),
    "bad-name": (
        "Nyckeln behöver ett namn, med högst {most} tecken.",
        "Skriv namnet på den som ska använda nyckeln.",
    ),
    "name-taken": (
        "Det finns redan en nyckel med det namnet.",
        "Välj ett annat namn, eller byt lösenfras på den nyckel som finns.",
    ),
    "too-many": (
        "Det finns redan {most} nycklar, och fler får inte plats.",
        "Ta bort någon som inte används längre.",
    ),
    "changed-elsewhere": (
        "Nycklarna har bytts i ett annat fönster sedan du låste upp.",
        "Lås, lås upp igen och försök på nytt.",
    ),
    "no-such-key": (
        "Det finns ingen nyckel med det namnet.",
        "De som finns: {known}.",
    ),
    "last-passphrase": (
        "Det är den enda lösenfrasen. Den går inte att ta bort.",
        "Lägg till en annan först, eller byt lösenfras på den.",
    ),
    "recovery-stays": (
        "Återställningskoden går inte att ta bort och har ingen lösenfras att byta.",
        "Gör en ny återställningskod i stället; då slutar den gamla att gälla.",
    ),
    "not-the-code": (
        "Det som skrevs är en lösenfras, inte återställningskoden.",
        "Skriv koden från papperet. Har du din lösenfras kan du byta den i stället.",
    ),
    "station-in-use": (
        "Mappen används i ett annat fönster. Nycklar kan bara tas bort eller bytas när ingen annan använder den.",
        "Stäng eller lås alla andra fönster med samma station eller arkiv och försök igen. Inget har ändrats.",
    ),
    "no-room": (
        "Disken har för lite plats för att byta nycklar: {megabytes} MB måste vara lediga. Inget har ändrats.",
        "Gör plats på disken och försök igen.",
    ),
    "already-there": (
        "Här finns redan en nyckelfil, och den skrivs aldrig över.",
        "Välj en annan mapp, eller lås upp den station som redan finns.",
    ),
    "damaged": (
        "Nyckelfilen är skadad eller ändrad av någon.",
        "Använd den inte. Återställ den från säkerhetskopian.",
    ),
    "newer": (
        "Nyckelfilen är skriven av en nyare version av programmet.",
        "Installera den senaste versionen av programmet och försök igen.",
    ),
}
