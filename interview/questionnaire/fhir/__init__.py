"""A form as an HL7 FHIR R5 Questionnaire in JSON: what `writing` makes, `reading` gives back to the byte."""
