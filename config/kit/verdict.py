"""Permission verdicts: yes, or no with the reason that the page shows."""
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from config.kit.quotes import nested_quotes


@dataclass(frozen=True)
class Verdict:
    """Whether a step is allowed; `reason` is a sentence for the user when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self):
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason):
    return Verdict(False, nested_quotes(reason))


def require(verdict):
    """Raise PermissionDenied with the verdict's own words unless it is a yes."""
    if not verdict:
        raise PermissionDenied(str(verdict.reason))
