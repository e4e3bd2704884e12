"""Party groups in the branch of the demo's secretary and in the largest branches."""
from datetime import date, datetime

from demo.chance import BEIJING
from units.domain.party_groups import found_group
from units.enums import OrganizationKind, Role
from units.models import RoleGrant

FOUNDED_ON = date(2010, 7, 1)
NAMES = ("第一党小组", "第二党小组", "第三党小组")
BRANCHES = 4


def write_groups(cast):
    """Three groups in each of some branches, members in turns, the first of each its leader."""
    own = RoleGrant.objects.filter(user__username=Role.SECRETARY.value, role=Role.SECRETARY).values_list("organization", flat=True)
    branches = [leaf for leaf in cast.leaves if leaf.kind == OrganizationKind.BRANCH]
    largest = sorted(branches, key=lambda leaf: (-len(cast.rosters[leaf.pk]), leaf.pk))[:BRANCHES]
    chosen = {leaf.pk: leaf for leaf in [leaf for leaf in branches if leaf.pk in set(own)] + largest}
    written = {"by": cast.office, "at": datetime(2010, 7, 1, 12, tzinfo=BEIJING), "on": FOUNDED_ON}
    for branch in chosen.values():
        members = cast.rosters[branch.pk]
        for place, name in enumerate(NAMES):
            part = members[place :: len(NAMES)]
            found_group(
                branch, name=name, members=part, leader=part[0] if part else None, happened_on=FOUNDED_ON, **written
            )
