"""huanchuang (环创): the operating platform of a regional innovation ecosystem.

ARCHITECTURE.md shows the rooms and which way the arrows run.
"""

__version__ = "0.1.0"
