"""Registry: who is there. One row for each organisation of the district, under all the names it goes by.

Plans write “区财政局”, seals say “青岑区财政局”, old sheets “云澜市青岑区财政局”: all three are one organisation.
`queries.names` brings a name into the form in which such spellings meet; every name an organisation goes by is kept
as a row of its own (`NameKey`), so that a text finds its unit with one indexed question and a second
registration of the same organisation is refused with a link to the first.

An organisation is never deleted. It is retired, with a reason and a day, and can still be found.
Who may see which organisations is answered in one place, `queries.visible_organisations`, and the list, the
record page, the API and the export all ask there.

1. `models` keep organisations, the names they go by and who belongs to them.
2. `queries` find, list, resolve and export, always within what the person may see.
3. `services` register, change, retire, join and show masked personal data; each writes its audit entry.
4. `services.imports` brings in sheets: checked row by row, taken in pieces, undone as one (decision 0013).
5. `effects` lets upper slices (facts, steering) add a section to an organisation's page without being known here.
"""
