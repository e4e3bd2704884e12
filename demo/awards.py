"""The night's scores and an award round that waits for the office."""


def write_awards(cast, campaign, chance, *, now):
    """Nothing yet."""
