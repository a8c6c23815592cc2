"""Benchmarks: one module per engine, with peers measured in the same run. `./run bench [NAME]`."""
