"""Trade unions, leagues and women's bodies of the demo's units, what was done together with them, and their honours. All invented."""
from datetime import date

from django.utils import timezone

from campaign.models import Activity, ActivityBody
from units.domain.linked_bodies import honour_body, register_body
from units.enums import HonourHolder, HonourLevel, LinkedBodyKind
from units.models import LinkedBody

FOUNDED_ON = date(2006, 5, 1)
NAMES = [(LinkedBodyKind.UNION, "工会", 3), (LinkedBodyKind.YOUTH, "团支部", 1), (LinkedBodyKind.WOMEN, "妇女小组", 1)]
WITH_WOMEN = 4  # every fourth unit has a women's body of its own


def write_linked_bodies(people, *, now):
    """A union and a league for each unit, led by members of its first branch; then the activities name them."""
    by = {"by": people.office, "at": now, "on": timezone.localdate(now)}
    for place, unit in enumerate(people.units):
        leaf = next((leaf for leaf in people.leaves if leaf.path.startswith(unit.path)), unit)
        members = people.rosters[leaf.pk]
        for number, (kind, words, times) in enumerate(NAMES if place % WITH_WOMEN == 0 else NAMES[:2]):
            chair = members[number + 1].name if len(members) > number + 1 else ""
            body = register_body(
                unit, kind=kind, name=f"{unit.name.removesuffix('党委').removesuffix('党总支').removesuffix('党支部')}{words}",
                chair_name=chair, size=12 + times * len(members), founded_on=FOUNDED_ON, **by,
            )
            if place % 3 == number:
                _honour(body, chair, by)
    _name_them(people)


def _honour(body, chair, by):
    if body.kind == LinkedBodyKind.UNION:
        honour_body(
            body, holder=HonourHolder.COLLECTIVE, level=HonourLevel.BUREAU, title="模范职工之家", happened_on=date(2011, 4, 28),
            document="机关工〔2011〕6号", **by,
        )
    elif chair:
        title = "优秀共青团员" if body.kind == LinkedBodyKind.YOUTH else "巾帼建功标兵"
        honour_body(
            body, holder=HonourHolder.INDIVIDUAL, person=chair, level=HonourLevel.UNIT, title=title,
            happened_on=date(2011, 5, 4), document="", **by,
        )


def _name_them(people):
    """Activities that say only the kind get the unit's registered body of that kind."""
    bodies = {(body.organization_id, body.kind): body for body in LinkedBody.objects.all()}
    rows, changed = [], []
    for activity in Activity.objects.standing().only("pk", "organization_id", "bodies"):
        unit = people.unit_of.get(activity.organization_id)
        found = [bodies[key] for kind in activity.bodies if unit and (key := (unit.pk, kind)) in bodies]
        if found:
            rows += [ActivityBody(activity=activity, body=body) for body in found]
            activity.bodies = [kind for kind in activity.bodies if (unit.pk, kind) not in bodies]
            changed.append(activity)
    ActivityBody.objects.bulk_create(rows, batch_size=2000)
    Activity.objects.bulk_update(changed, ["bodies"], batch_size=500)
