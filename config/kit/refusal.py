"""Named refusals: what the domain says when a step cannot be taken, in words for the person who tried."""
from config.kit.quotes import nested_quotes


class Refusal(Exception):
    """A step that cannot be taken. `message` is shown to the user; `field` names the form field it belongs to, if any."""

    field = None

    def __init__(self, message, *, field=None):
        self.message = nested_quotes(message)
        super().__init__(self.message)
        if field:
            self.field = field
