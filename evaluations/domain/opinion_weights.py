"""What opinions add to the pool of a spot check: units about which many complained, as a set that points at no opinion."""
from collections import Counter

from evaluations.enums import OpinionKind
from evaluations.models import Opinion
from evaluations.models.sealed import SMALLEST_GROUP
from units import scope

COMPLAINS = (OpinionKind.PROBLEM, OpinionKind.COMPLAINT)


def often_complained_of(root, since):
    """Paths of the organisations of `root` that five problems or complaints were about, themselves and below together."""
    rows = Opinion.objects.filter(kind__in=COMPLAINS).filter(scope.within(root.path, "about__"))
    if since:
        rows = rows.filter(received_on__gte=since)
    counts = Counter(
        path[:end] for path in rows.values_list("about__path", flat=True)
        for end in range(scope.STEP, len(path) + 1, scope.STEP)
    )
    return {path for path, number in counts.items() if number >= SMALLEST_GROUP}
