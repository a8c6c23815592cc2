"""Telling people something: in the product always, by e-mail as each of them wants.

A notice is written for a user and waits in the inbox. For e-mail it is put into a mail at once, into the daily digest,
or not at all; never in the quiet hours, never on a day off, never more than so many a day: the rest goes into the
digest. A mail is a row before it leaves. When the program breaks off between sending and marking, nobody can know
whether the mail left: it is then sent once more and no further, so that a notice reaches a mailbox at most twice.

1. `services.notify` tells users; a `dedupe` key tells each of them once for ever.
2. `services.send_due` packs what is due into mails and sends them; the ticker calls it.
3. A mail holds titles and a link; bodies, which may hold personal data, stay in the product.
4. `queries.unread_count` is the number beside the bell.
"""
