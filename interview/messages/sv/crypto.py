"""Förseglingar, underskrifter och koder: det som inte stämde."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "bad-signature": (
        "Underskriften stämmer inte: innehållet är ändrat, eller underskrivet av någon annan.",
        "Använd inte filen. Hämta den igen från den som skickade den, och jämför fingeravtrycket.",
    ),
    "bad-key": (
        "Nyckeln går inte att använda.",
        "Be den som äger nyckeln att skicka sitt kort igen.",
    ),
    "bad-json": (
        "Innehållet är inte skrivet som det ska (regel: {reason}).",
        "Hämta filen igen från den som skickade den. Ändra inte i den.",
    ),
    "too-long": (
        "Svaren är större än vad frågeformuläret medger ({length} av högst {limit} byte).",
        "Korta de skrivna texterna. Kvarstår felet, anmäl det till samordnaren.",
    ),
    "not-for-this-key": (
        "Svaret är inte förseglat till den här mottagaren.",
        "Öppna det hos en mottagare som mätningen anger.",
    ),
    "damaged-record": (
        "Det förseglade svaret går inte att öppna: det är skadat, eller förseglat till någon annan.",
        "Kontrollera att rätt nyckel används. Be annars stationen att skriva leveransen igen.",
    ),
    "unknown-format": (
        "Förseglingen är av ett slag som programmet inte känner.",
        "Installera den senaste versionen av programmet och försök igen.",
    ),
    "damaged-box": (
        "Det krypterade innehållet går inte att öppna: fel nyckel, eller skadat.",
        "Kontrollera lösenfrasen. Kvarstår felet, återställ från säkerhetskopian.",
    ),
    "unreasonable-parameters": (
        "Nyckelfilen begär orimligt mycket minne eller tid för att låsas upp.",
        "Filen är skadad eller ändrad av någon. Använd den inte; återställ nyckelfilen från säkerhetskopian.",
    ),
    "recovery-mistyped": (
        "Återställningskoden är felskriven i grupp {group}.",
        "Jämför grupp {group} med papperet och skriv om den.",
    ),
    "recovery-length": (
        "Återställningskoden har {found} tecken; den ska ha {due}.",
        "Skriv alla grupper på papperet, i ordning.",
    ),
}
