"""The survey: what the rehearsal's own survey calls things."""

TEXTS: dict[str, str] = {
    "rehearsal-title": "Rehearsal – no real patients",
    "rehearsal-recipient": "The rehearsal's recipient",
    "rehearsal-telephone": "070-174 06 05",
    "rehearsal-unit-ekbacken": "Ekbacken health centre (made up)",
    "rehearsal-unit-hamnen": "Hamnen health centre (made up)",
    "rehearsal-unit-solsidan": "Municipality of Solsidan (made up)",
    "state-in-force": "in force",
    "state-open": "open",
    "state-closed": "closed",
    "state-replaced": "replaced",
    "template": """\
# A survey. Fill in, save, and run:
#   interview survey new --home central --from survey.toml --to host-2026.survey
# Lines that begin with # explain.

# A short name in small letters, digits and hyphens. The same name in the next version.
id = "host-2026"
# 1 the first time. A higher number replaces the earlier version at the stations.
version = 1
title = "Autumn 2026"
# The first and the last month in which interviews are made.
starts = "2026-09"
ends = "2026-12"

# The questionnaire's file, or the name of one that ships with the program ("forlossning"). Empty: "utskrivning".
questionnaire = ""
# Who rings: "primary-care" (a health centre), "municipality".
organisations = ["primary-care", "municipality"]
# Cards of others who may open the responses too (file names), for example "../group/card.json".
recipients = []

# Groups of fewer responses than this are never shown in what is published.
threshold = 10
# At least this many responses must wait before a batch may leave a station.
minimum-batch = 10
# Background that may be asked: "relation" (of the next of kin), "reason" (why the patient does not answer),
# "language" (the interview's language). What is not named here is not asked and not kept.
background = ["relation", "reason"]

# Ring from day 3 to day 7 after coming home, at most this many times (attempts).
first-day = 3
last-day = 7
attempts = 6
# This many days after the last month a station erases names, numbers and interviews under way.
retention-days = 30

# A [[unit]] for each unit that responses are counted under. The numbers stand on the card "Care needed".
[[unit]]
id = "vc-norr"
name = "Vårdcentralen Norr"
telephone = "035-00 00 00"

  [[unit.contact]]
  name = "District nurse, weekdays 8–16"
  telephone = "035-00 00 01"

  # A card of the unit's own, in place of the questionnaire's: "care-needed" or "questions-back". Write it in every
  # language of the questionnaire; without a title the questionnaire's is used. Take away the # to use it.
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
