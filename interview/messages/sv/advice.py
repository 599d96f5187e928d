"""Råd om frågeformulär: det som går att läsa in men som ett telefonsamtal mår dåligt av."""

TEXTS: dict[str, str] = {}

ERRORS: dict[str, tuple[str, str]] = {
    "always-holds": (
        "Villkoret för {id} är alltid uppfyllt när man kommer dit.",
        "Ta bort when, eller rätta det om frågan inte ska ställas till alla.",
    ),
    "every-answer": (
        "Villkoret för {id} är uppfyllt vad man än svarar på {question}.",
        "Skriv answered: yes om det är meningen; rätta annars vilka svar som räknas.",
    ),
    "other-respondent": (
        "{id} behöver ett svar på {question}, men den som får den ena frågan får aldrig den andra.",
        "Låt villkoret gälla en fråga som ställs till samma person, eller ändra proxy.",
    ),
    "long-to-read": (
        "{id} är lång att läsa upp: {words} ord, och mer än {most} är svårt att minnas i telefon.",
        "Korta texten, eller dela den i två.",
    ),
    "many-aloud": (
        "{count} svar läses upp på {id}; fler än {most} är svåra att minnas i telefon.",
        "Slå ihop svar, eller skriv read-options: no och låt den som svarar välja egna ord.",
    ),
    "long-section": (
        "Avsnittets rubrik {id} får inte plats bredvid frågans nummer på en skärm med 80 tecken.",
        "Korta rubriken.",
    ),
    "does-not-fit": (
        "{id} tar {lines} rader på en skärm med 80 × 24 tecken; {most} får plats.",
        "Korta frågan, anvisningen eller svaren, eller dela frågan i två.",
    ),
    "negative-first": (
        "Svaren på {id} börjar med det nekande.",
        "Lägg det bejakande först och «Nej» sist: då betyder samma siffra samma sak hela vägen.",
    ),
    "other-order": (
        "{id} har samma svar som {other} men i en annan ordning.",
        "Ge svaren samma ordning: då betyder samma siffra samma sak hela vägen.",
    ),
    "same-says-you": (
        "En närstående får höra samma ord som patienten på {id}, och där står «{word}».",
        "Ge frågan egna ord under proxy, med ⟨NN⟩ där namnet sägs, eller skriv proxy: not-asked.",
    ),
    "option-of-patient": (
        "Svaret {option} på {id} är skrivet som om patienten själv talar («{word}»), även när en närstående hör det.",
        "Ge svaret egna ord under proxy, till exempel «Ja, före hemkomsten».",
    ),
    "no-emergency-number": (
        "Kortet «Behöver vård» (care-needed) säger inte vart man ringer vid fara för livet: {number} saknas ({languages}).",
        "Lägg {number} först på kortet: uppringaren har det framför sig när någon mår mycket dåligt.",
    ),
    "untranslated": (
        "{id} har samma ord på {language} som på {other}.",
        "Översätt texten.",
    ),
    "long-conversation": (
        "Samtalet tar omkring {minutes} minuter om allt frågas ({language}); formuläret lovar högst {most}.",
        "Ta bort eller korta frågor, eller ändra minutes och det som sägs i inledningen.",
    ),
}
