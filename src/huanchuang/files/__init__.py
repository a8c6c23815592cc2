"""Uploads, which are hostile until shown otherwise.

An upload goes to a private file in pieces, under a limit; its type is found from its content and must agree with its
name; archives are measured before anything is unpacked; what fetches, runs or hides is refused with the reason and the
way out. What passes is kept once, under its SHA-256, and nobody's name is ever part of a path. A subject *uses* a file,
and who may read the subject may read the file: the slice that owns the subject says so, and without its word nobody may.

1. `services.store` takes an upload or refuses it with a `ProblemError`; `services.attach` says what uses it.
2. `services.inspect` and its neighbours hold the inspections, one module for each family of formats.
3. `effects.may_read(kind, function)` is the door for owners; the download view asks it.
4. Files leave as attachments, never to be run; pictures and PDF may be looked at in place.
5. `services.remove_unused` removes what nothing has used for some days.
"""
