"""A form as a workbook, for people who live in Excel: five sheets, read through the same checks as YAML."""
