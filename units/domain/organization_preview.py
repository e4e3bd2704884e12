"""What a change of organisations would do, before it is done: how many move along, who stops and who begins to see them."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from units import scope
from units.domain.organization_changes import category_below, dissolution, held_words, holds, merger
from units.domain.successions import foresee
from units.enums import READS_SUBTREE
from units.models import Member, Organization, RoleGrant

SHOWN = 8  # names in one sentence


@dataclass
class Preview:
    """Sentences in the order they are read; `stops` says in advance why the change will be refused, or ""."""

    sentences: list = field(default_factory=list)
    stops: str = ""


def preview_found(*, parent, name, on, **_values):
    """Nothing moves; whoever reads the parent reads the new one."""
    seen = Organization.objects.above(parent) | Organization.objects.filter(pk=parent.pk)
    return Preview([
        _("“%(name)s”设在“%(parent)s”下面，还没有党员。") % {"name": name, "parent": parent},
        _("能看到它的：%(who)s。") % {"who": _people(_grants_over(seen, on))},
    ])


def preview_rename(organization, *, name, on, **_values):
    """The past keeps the old name; nobody's access changes."""
    below, members = _within(organization)
    sentences = [_("“%(old)s”改称“%(new)s”。那天以前的记录照旧显示原来的名称。") % {"old": organization, "new": name}]
    if members:
        sentences.append(_("党员 %(members)s 人、下级党组织 %(below)s 个不动。") % {"members": members, "below": below})
    return Preview([*sentences, _("谁能看、谁能办都不变。")])


def preview_move(organization, *, parent, on, **_values):
    """Everything below moves along; the line above changes."""
    below, members = _within(organization)
    sentences = [
        _("“%(name)s”从“%(old)s”移到“%(new)s”下面。") % {"name": organization, "old": organization.parent, "new": parent},
        _("一起移动：下级党组织 %(below)s 个，党员 %(members)s 人。") % {"below": below, "members": members},
    ]
    category = category_below(parent, organization)
    if category != organization.category:
        names = dict(Organization._meta.get_field("category").choices)
        sentences.append(_("单位类别由“%(old)s”变为“%(new)s”，以后同“%(new)s”比较。") % {
            "old": names.get(organization.category, _("没有")), "new": names.get(category, _("没有")),
        })
    sentences += _access(organization, parent, on)
    return Preview([*sentences, _("那天以前的计分和统计仍按原来的隶属关系。")])


def preview_merge(organization, *, target, happened_on, on, **_values):
    """Members, organisations below and open work go over; the roles over the merged one end."""
    members, children = holds(organization)
    sentences = [
        _("“%(old)s”并入“%(new)s”，以后不再存在；以前的记录仍在它名下，可以查看。") % {"old": organization, "new": target},
        _("转过去：党员 %(members)s 人，直接下级 %(children)s 个。") % {"members": members, "children": children},
    ]
    sentences += foresee(merger(organization, target=target, happened_on=happened_on), on=on)
    return Preview([*sentences, *_ended(organization, on), *_access(organization, target, on)])


def preview_dissolve(organization, *, happened_on, on, **_values):
    """An empty one ends with the posts and roles over it; one that holds something does not."""
    members, children = holds(organization)
    if members or children:
        return Preview(stops=held_words(members, children))
    sentence = _("“%(name)s”撤销以后不再出现在名单里；以前的记录仍可查看。") % {"name": organization}
    left = foresee(dissolution(organization, happened_on=happened_on), on=on)
    return Preview([sentence, *left, *_ended(organization, on)])


def _within(organization):
    """(organisations below, members of the whole subtree)."""
    below = Organization.objects.active().within(organization).exclude(pk=organization.pk).count()
    return below, Member.objects.within(organization).count()


def _grants_over(organizations, on):
    grants = RoleGrant.objects.in_force(on=on).filter(organization__in=organizations, role__in=READS_SUBTREE)
    return grants.filter(user__is_active=True).select_related("user", "organization").order_by("organization__path", "pk")


def _people(grants):
    words = [f"{grant.user.display_name}（{grant.get_role_display()}）" for grant in grants]
    more = _("等 %(n)s 人") % {"n": len(words)} if len(words) > SHOWN else ""
    return "、".join(words[:SHOWN]) + more if words else _("没有")


def _access(organization, new_parent, on):
    """Who loses and who gains the sight of the subtree, by role grants over the two lines above."""
    old, new = _line(organization.parent), _line(new_parent)
    grants = list(_grants_over(Organization.objects.filter(path__in=old ^ new), on))
    stay = {grant.user_id for grant in _grants_over(Organization.objects.filter(path__in=old & new), on)}
    lose = [g for g in grants if g.organization.path in old and g.user_id not in stay]
    gain = [g for g in grants if g.organization.path in new and g.user_id not in stay]
    return [
        _("以后看不到的：%(who)s。") % {"who": _people(lose)}, _("以后能看到的：%(who)s。") % {"who": _people(gain)},
    ]


def _line(organization):
    """Paths from the root down to the organisation itself."""
    path = organization.path
    return {path[:end] for end in range(scope.STEP, len(path) + 1, scope.STEP)}


def _ended(organization, on):
    grants = RoleGrant.objects.in_force(on=on).filter(organization=organization).select_related("user").order_by("pk")
    return [_("同时终止的角色：%(who)s。") % {"who": _people(grants)}] if grants else []
