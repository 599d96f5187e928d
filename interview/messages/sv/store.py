"""Lagret: påbörjade intervjuer och förseglade svar."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "draft-changed-elsewhere": (
        "Intervjun har ändrats i ett annat fönster på den här stationen.",
        "Stäng det andra fönstret, gå till startsidan och öppna intervjun igen därifrån.",
    ),
    "draft-finishing": (
        "Intervjun håller på att förseglas.",
        "Vänta ett ögonblick, gå sedan till startsidan och se om intervjun är kvar där.",
    ),
    "no-such-draft": (
        "Intervjun finns inte längre kvar: den är förseglad eller raderad.",
        "Gå till startsidan; där syns de intervjuer som är påbörjade.",
    ),
    "no-such-case": (
        "Ärendet finns inte längre kvar på ringlistan.",
        "Gå tillbaka till ringlistan och välj ett ärende som finns där.",
    ),
    "no-such-questionnaire": (
        "Frågeformuläret finns inte på stationen.",
        "Läs in den mätning som formuläret hör till igen, eller återställ stationen från en säkerhetskopia.",
    ),
    "in-another-batch": (
        "Ett av svaren har redan lämnat stationen i en tidigare leverans; leverans {seq} skapades inte.",
        "Starta om programmet och exportera igen.",
    ),
}
