"""The bridge between engine values and Django.

1. `models.Record` is the base of every table: when, by which edit, and an optimistic lock.
2. `fields` store engine values (Period, Money, USCC) in plain columns.
3. `clock` is the one place where a business date comes from; the demonstration stands still on its own day.
4. `language` is that of the reader; `numbers` takes whole numbers as pages and addresses send them; `boxes` are those of forms.
5. `navigation` and `deeds` hold what an app says about itself in its AppConfig: its entries and who may do what.
6. `statistics` keeps the database's picture of its tables fresh after large loads.
"""
