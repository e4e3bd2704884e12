"""The suite; a package of its own so that `tests.factories` is found wherever pytest is started."""
