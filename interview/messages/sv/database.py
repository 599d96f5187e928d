"""Databasen: det som inte gick att öppna, läsa eller spara."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "busy": (
        "Databasen används av ett annat fönster eller program just nu.",
        "Stäng andra fönster med programmet och försök igen.",
    ),
    "disk-full": (
        "Disken är full. Det senaste är inte sparat.",
        "Frigör plats på disken och försök igen.",
    ),
    "io-error": (
        "Disken svarar med fel. Det senaste är inte sparat, och databasen är stängd för säkerhets skull.",
        "Stäng programmet och starta det igen. Kommer felet tillbaka, sluta använda datorn och kontakta IT-stöd.",
    ),
    "damaged": (
        "Databasen är skadad och har stängts.",
        "Skriv inget mer i den. Återställ från säkerhetskopian, eller kontakta samordnaren.",
    ),
    "read-only": (
        "Databasen går bara att läsa.",
        "Kontrollera att ditt konto får skriva i mappen och att disken inte är skrivskyddad.",
    ),
    "constraint": (
        "Databasen tog inte emot ändringen, för den bryter mot en av databasens regler.",
        "Starta programmet igen och försök på nytt. Kvarstår felet, anmäl det till samordnaren.",
    ),
    "closed": (
        "Databasen är stängd.",
        "Lås upp stationen igen.",
    ),
    "gone": (
        "Databasen ligger inte kvar i sin mapp. Det senaste är inte sparat.",
        "Lägg tillbaka mappen där den låg (eller sätt i disken igen) och försök på nytt.",
    ),
    "cannot-open": (
        "Databasen går inte att öppna.",
        "Kontrollera att mappen finns, att ditt konto får läsa och skriva i den och att disken inte är full.",
    ),
    "not-found": (
        "Databasen finns inte.",
        "Kontrollera att rätt mapp är vald. Har filen försvunnit, återställ den från säkerhetskopian.",
    ),
    "not-encrypted": (
        "Filen är en databas utan kryptering. Programmet öppnar den inte.",
        "Någon har bytt ut filen. Återställ den från säkerhetskopian och berätta för samordnaren.",
    ),
    "wrong-key": (
        "Databasen går inte att öppna med den nyckel som hör till den.",
        "Filen och nyckelfilen hör inte ihop, eller så är början av filen skadad. "
        "Återställ båda från samma säkerhetskopia.",
    ),
    "newer-schema": (
        "Databasen är skriven av en nyare version av programmet.",
        "Installera den senaste versionen av programmet. Inget har ändrats i databasen.",
    ),
    "no-cipher": (
        "Programmet är installerat utan kryptering och öppnar därför inga databaser.",
        "Installera om programmet enligt anvisningen.",
    ),
}
