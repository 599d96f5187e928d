"""Open, pragmas, authoriser, integrity, migrations. The only code that knows the cipher and sqlite-utils."""
