"""Mätningen: vad övningens egen mätning kallar saker."""

TEXTS: dict[str, str] = {
    "rehearsal-title": "Övning – inga riktiga patienter",
    "rehearsal-recipient": "Övningens mottagare",
    "rehearsal-telephone": "070-174 06 05",
    "rehearsal-unit-ekbacken": "Vårdcentralen Ekbacken (påhittad)",
    "rehearsal-unit-hamnen": "Vårdcentralen Hamnen (påhittad)",
    "rehearsal-unit-solsidan": "Solsidans kommun (påhittad)",
    "state-in-force": "gäller",
    "state-open": "öppen",
    "state-closed": "stängd",
    "state-replaced": "ersatt",
    "template": """\
# En mätning. Fyll i, spara, och kör:
#   interview survey new --home central --from mätning.toml --to host-2026.survey
# Rader som börjar med # är förklaringar.

# Kort namn med små bokstäver, siffror och bindestreck. Samma namn i nästa version.
id = "host-2026"
# 1 första gången. Ett högre tal ersätter den tidigare versionen på stationerna.
version = 1
title = "Hösten 2026"
# Första och sista månaden då intervjuer görs.
starts = "2026-09"
ends = "2026-12"

# Frågeformulärets fil, eller namnet på ett som följer med programmet ("forlossning"). Tomt: "utskrivning".
questionnaire = ""
# Vilka som ringer: "primary-care" (vårdcentral), "municipality" (kommun).
organisations = ["primary-care", "municipality"]
# Kort från andra som också ska kunna öppna svaren (filnamn), till exempel "../gruppen/card.json".
recipients = []

# Grupper med färre svar än så här visas aldrig i det som publiceras.
threshold = 10
# Minst så här många svar måste vänta innan en leverans får lämna en station.
minimum-batch = 10
# Bakgrund som får frågas: "relation" (närståendes relation), "reason" (varför patienten inte svarar själv),
# "language" (språket intervjun gjordes på). Det som inte står här frågas inte och sparas inte.
background = ["relation", "reason"]

# Ring från och med dag 3 till och med dag 7 efter hemkomsten, högst så här många gånger (attempts).
first-day = 3
last-day = 7
attempts = 6
# Så här många dagar efter sista månaden raderar stationen namn, nummer och påbörjade intervjuer.
retention-days = 30

# En [[unit]] för varje enhet som svaren räknas till. Numren visas på kortet «Behöver vård».
[[unit]]
id = "vc-norr"
name = "Vårdcentralen Norr"
telephone = "035-00 00 00"

  [[unit.contact]]
  name = "Distriktssköterska, vardagar 8–16"
  telephone = "035-00 00 01"

  # Ett eget kort för enheten, i stället för formulärets: "care-needed" (behöver vård) eller "questions-back"
  # (motfrågor). Skriv på alla formulärets språk; utan title används formulärets. Ta bort # för att använda det.
  # [[unit.card]]
  # id = "care-needed"
  # title.sv = "Behöver vård"
  # title.en = "Care needed"
  #
  #   [[unit.card.entry]]
  #   heading.sv = "Fara för livet"
  #   heading.en = "Danger to life"
  #   text.sv = "Ring 112."
  #   text.en = "Ring 112."
""",
}

ERRORS: dict[str, tuple[str, str]] = {}
