"""Names pasted into the attendance of an activity: who of the day's roster is meant, and which names are nobody's."""
import re
from dataclasses import dataclass

from config.kit.names import tidy

_BETWEEN = re.compile(r"[\t\n\r、，,；;]+")


@dataclass(frozen=True)
class NamesFound:
    """`members` are ids of the roster in its order; the rest are the names as they were written, each once."""

    members: tuple
    unknown: tuple
    double: tuple  # names that two of the roster have: a person has to tick


def names_found(text, people):
    """NamesFound of a text in the roster `people` ([Member])."""
    by_name = {}
    for person in people:
        by_name.setdefault(person.name, []).append(person.pk)
    written = list(dict.fromkeys(name for part in _BETWEEN.split(text) if (name := tidy(part))))
    found = {pk for name in written if len(by_name.get(name, ())) == 1 for pk in by_name[name]}
    return NamesFound(
        tuple(person.pk for person in people if person.pk in found),
        tuple(name for name in written if name not in by_name),
        tuple(name for name in written if len(by_name.get(name, ())) > 1),
    )
