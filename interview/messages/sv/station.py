"""Stationen: sätta upp, låsa upp, intervjua, försegla, öva."""

TEXTS: dict[str, str] = {
    # Två ord som skiljer påbörjade intervjuer åt; ett av varje slag tas ur intervjuns slumptal.
    "label-first": (
        "blå grön röd gul vit svart grå brun lila rosa gyllene mörk ljus stor liten lång kort bred smal hög"
        " djup rund mjuk hård varm sval kall snabb lugn glad pigg trygg modig klok snäll tapper ung rask flink"
        " stadig tyst klar frisk stilla vaken munter rak smidig prydlig randig prickig rutig spetsig"
    ),
    "label-second": (
        "svala räv älg hare lärka uggla mås igelkott ekorre bäver groda humla fjäril trana svan kråka skata"
        " hök falk örn björk ek gran tall lönn ask rönn sälg hassel ros blåklocka vitsippa tussilago båt bro"
        " fyr stuga grind brygga lykta klocka nyckel kanna korg stol spegel trumma fiol flöjt sten vik ås"
        " källa"
    ),
    "demo-note-hearing": "Hör dåligt, tala långsamt (påhittat)",
    "demo-note-afternoon": "Helst på eftermiddagen (påhittat)",
    "demo-note-proxy": "Dottern får svara (påhittat)",
    "demo-note-interpreter": "Behöver tolk (påhittat)",
    "demo-relation": "Dotter",
}

ERRORS: dict[str, tuple[str, str]] = {
    "no-station": (
        "I mappen finns ingen station.",
        "Kör «interview» eller «interview setup» för att ställa i ordning en, eller ange rätt mapp med --home.",
    ),
    "not-a-station": (
        "Mappen hör inte till en station utan till en mottagare av svar.",
        "Ange stationens mapp med --home.",
    ),
    "not-set-up": (
        "Stationens uppgifter om enhet, organisation eller avsändare saknas.",
        "Återställ stationen från en säkerhetskopia, eller ställ i ordning den på nytt i en tom mapp.",
    ),
    "already-set-up": (
        "Här finns redan en station.",
        "Lås upp den med «interview», eller ange en annan mapp med --home.",
    ),
    "folder-in-use": (
        "I mappen ligger databaser som saknar sin nyckelfil.",
        "Lägg tillbaka nyckelfilen («keyring») från en säkerhetskopia, eller ange en tom mapp med --home.",
    ),
    "fingerprint-needed": (
        "Fingeravtrycket för den som har undertecknat mätningen saknas.",
        "Skriv av det från samordnarens papper, inte från mejlet med filen. I ett kommando heter det --signer.",
    ),
    "case-sealed": (
        "Samtalet är genomfört och svaren är förseglade.",
        "Ärendet öppnas inte igen: då skulle samma person räknas två gånger.",
    ),
    "unknown-unit": (
        "Enheten finns inte i mätningen.",
        "Välj en av mätningens enheter: {known}.",
    ),
    "unknown-organisation": (
        "Den typen av organisation finns inte i mätningen.",
        "Välj en av mätningens organisationstyper: {known}.",
    ),
    "rehearsal-key": (
        "Mätningen använder övningens nycklar, som alla har, men säger sig vara riktig. Den tas inte emot.",
        "Kontakta samordnaren och be om en mätning som är undertecknad med gruppens egen nyckel.",
    ),
    "rehearsal-only": (
        "Påhittade intervjuer får bara skapas på en övningsstation.",
        "Skapa en övningsstation i en egen mapp: interview --home MAPP setup --rehearsal.",
    ),
    "damaged": (
        "Filen är skadad, eller ändrad av någon. Inget skrivs i den; den ligger kvar som den var, med en kopia i {copy}.",
        "Ring inte vidare på stationen. Kontakta samordnaren. De svar som går att lita på räddas från låsskärmen, eller med «interview rescue --to FIL».",
    ),
    "not-examined": (
        "Det gick inte att undersöka om stationens filer är hela (felkod {crash}). Tills det är gjort skrivs inget i dem.",
        "Försök igen. Händer det om och om igen, stäng andra program eller starta om datorn. "
        "Hjälper inte det, kontakta samordnaren och uppge felkoden.",
    ),
    "unreadable": (
        "Filen går inte att läsa: disken svarar med fel, eller så får ditt konto inte läsa den. "
        "Det tyder inte på att någon har ändrat i den. Inget har skrivits.",
        "Starta om datorn och försök igen. Kommer felet tillbaka, använd inte stationen: be IT-stöd se på disken och på "
        "rättigheterna till mappen. Går den inte att rädda, återställ från säkerhetskopian med «interview restore».",
    ),
    "responses-older": (
        "Stationens svar är en äldre kopia: leverans {seq} har gjorts men saknas i filen.",
        "Lägg tillbaka den senaste filen. Finns den inte, kontakta samordnaren: svar kan saknas.",
    ),
    "broken-chain": (
        "Leveranserna hänger inte ihop: leverans {seq} följer inte på den före.",
        "Filen är skadad eller ändrad av någon. Återställ från säkerhetskopian och kontakta samordnaren.",
    ),
    "beyond-rescue": (
        "Det som svaren hör till (mätning, frågeformulär, leveranser) går inte att läsa. Inget räddades.",
        "Återställ stationen från säkerhetskopian, och behåll mappen tills samordnaren har sett den.",
    ),
    "backup-over-file": (
        "Filen finns redan och är ingen säkerhetskopia, så den skrivs inte över.",
        "Ange ett annat namn, eller flytta den gamla filen.",
    ),
    "backup-inside": (
        "En kopia i stationens egen mapp går förlorad tillsammans med stationen.",
        "Ange en fil någon annanstans, helst på ett krypterat USB-minne.",
    ),
    "not-a-backup": (
        "Filen är ingen säkerhetskopia av en station.",
        "Ange filen som «interview backup» skrev.",
    ),
    "keyring-older": (
        "Nyckelfilen är äldre än stationens svar: nummer {found}, men nummer {seen} har använts.",
        "Lägg tillbaka den senaste nyckelfilen. Borttagna personer kan ha nyckel till den äldre.",
    ),
    "unknown-survey": ("Mätningen finns inte på stationen.", "Välj en som finns här: {known}."),
    "no-such-survey": (
        "Mätningen finns inte på stationen.",
        "Läs in mätningen igen, eller återställ stationen från en säkerhetskopia.",
    ),
    "survey-not-open": (
        "Mätningen pågår från {starts} till och med {ends}; i dag kan ingen intervju börja.",
        "Kontrollera datorns datum. Stämmer det, be samordnaren om en ny mätning.",
    ),
    "sealed-already": (
        "Intervjun är redan förseglad och kan inte ändras.",
        "Försegla igen för att slutföra, eller lås stationen och lås upp den igen.",
    ),
    "not-tidy": (
        "Spåren av i vilken ordning svaren kom har inte hunnit tas bort ännu.",
        "Vänta en stund och försök igen. Stäng andra fönster mot samma station om det inte hjälper.",
    ),
    "bad-count": (
        "Antalet påhittade intervjuer måste vara mellan 1 och {most}.",
        "Ange ett antal inom de gränserna.",
    ),
    "survey-already-here": ("Mätningen i version {version} finns redan här.", "Ingenting behöver göras."),
    "survey-changed": (
        "Version {version} av mätningen finns redan här, men med annat innehåll än i den här filen.",
        "Det som gäller här ändrades inte. Den centrala gruppen ska ge den ändrade mätningen version {following} eller högre.",
    ),
    "survey-older": (
        "Mätningen är version {version}, men version {latest} finns redan här. Versioner går bara framåt.",
        "Be samordnaren om den senaste filen.",
    ),
    "survey-other-kind": (
        "En övning kan inte bli en riktig mätning, och en riktig station tar inte emot övningar.",
        "Ställ i ordning en egen station för det, i en annan mapp, med --home.",
    ),
    "survey-other-signer": (
        "Mätningen är undertecknad med en annan nyckel än den som stationen följer: {signer}.",
        "Har den centrala gruppen bytt nycklar, be om dess intyg och läs in med --rotation INTYG. "
        "Annars: använd inte filen, ring samordnaren.",
    ),
    "survey-replaced": ("Version {version} av mätningen är ersatt av en senare.", "Välj den senare versionen."),
    "rotation-by-another": (
        "Intyget är inte undertecknat med den nyckel som stationen följer.",
        "Använd det inte. Ring samordnaren.",
    ),
    "no-such-questionnaire": (
        "Formuläret finns inte på stationen.",
        "De som finns: {known}.",
    ),
    "several-questionnaires": (
        "Flera formulär passar in på det du skrev.",
        "Skriv hela namnet eller mer av kontrollsumman: {known}.",
    ),
    "questionnaire-needs-survey": (
        "En riktig station tar emot ett formulär bara i en undertecknad mätning.",
        "Be den centrala gruppen göra en mätning med formuläret (interview survey new --questionnaire FIL) och läs in "
        "den här (interview survey load FIL). Formuläret går att prova på en övningsstation.",
    ),
    "questionnaire-in-force": (
        "Det är formuläret som redan gäller.",
        "Ingenting behöver göras.",
    ),
    "questionnaire-older": (
        "Version {latest} finns redan här, och versioner går bara uppåt.",
        "Ge formuläret en högre version än {latest}.",
    ),
    "questionnaire-changed": (
        "Frågeformuläret har samma namn och version som ett som finns här, men andra frågor.",
        "Den som har ändrat formuläret ska ge det en högre version (raden version).",
    ),
}
