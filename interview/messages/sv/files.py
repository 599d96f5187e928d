"""Filer och mappar: det som inte gick att läsa, skriva eller hålla för sig självt."""

TEXTS: dict[str, str] = {
    "reason-missing": "filen eller mappen finns inte",
    "reason-forbidden": "åtkomst nekas",
    "reason-exists": "det finns redan något med det namnet",
    "reason-no-folder": "en del av sökvägen är ingen mapp",
    "reason-folder": "det är en mapp",
    "reason-read-only": "disken går bara att läsa",
    "reason-full": "disken är full",
    "reason-long": "namnet är för långt",
    "reason-broken": "disken går inte att läsa eller skriva",
    "reason-busy": "något annat program använder den",
}

ERRORS: dict[str, tuple[str, str]] = {
    "not-found": (
        "Filen finns inte.",
        "Kontrollera namnet och mappen. Ligger filen på ett USB-minne, se till att det sitter i.",
    ),
    "too-large": (
        "Filen är för stor; här tas högst {limit} byte emot.",
        "Kontrollera att det är rätt fil. Den som hör hemma här är mycket mindre.",
    ),
    "unreadable": (
        "Filen går inte att läsa: {reason}.",
        "Kontrollera att ditt konto får läsa filen och att ingen annan har den öppen.",
    ),
    "unreachable": (
        "Platsen går inte att komma åt: {reason}.",
        "Kontrollera sökvägen, och att ditt konto får öppna mappen.",
    ),
    "no-such-account": (
        "Det finns inget konto med det namnet på datorn.",
        "Skriv hela sökvägen i stället för ~ och ett namn.",
    ),
    "not-a-file": (
        "Under det namnet ligger något annat än en fil: en mapp, ett rör eller en enhet.",
        "Ange namnet på en fil. Ska filen skrivas går det bra med ett nytt namn i mappen.",
    ),
    "write-failed": (
        "Det gick inte att skriva till disken: {reason}. Ingen halv fil finns kvar.",
        "Kontrollera att mappen finns och att ditt konto får skriva i den. Försök sedan igen.",
    ),
    "disk-full": (
        "Disken är full. Ingen halv fil finns kvar.",
        "Frigör plats på disken och försök igen.",
    ),
    "folder-open": (
        "Mappen går inte att stänga för andra som använder datorn.",
        "Välj en egen mapp för programmet, på datorns egen disk och i ditt eget konto: inte hemmappen själv, "
        "inte en mapp som delas.",
    ),
    "shared-place": (
        "Mappen ligger på nätverket eller kopieras till molnet (till exempel OneDrive).",
        "Välj en mapp på datorns egen disk som inte synkroniseras. Kopior av mappen kan röja vilka svar som kom när.",
    ),
}
