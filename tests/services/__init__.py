"""The servers the suite needs, started by hand on free ports and ended by process id."""
