"""Pure engines: values in, values out; no Django, database, clock, network, settings or unseeded randomness."""
