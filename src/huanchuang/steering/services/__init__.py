"""Writing. One verb per function, one transaction each, each with its entry in the trail."""
