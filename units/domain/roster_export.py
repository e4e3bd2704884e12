"""The roster as a workbook: members of one's own subtrees, streamed row by row from the database."""
from django.utils.translation import gettext as _

from config.kit.names import spaced
from config.kit.xlsx import Column, Sheet, write_xlsx
from units.enums import Gender, MemberStatus, PostKind
from units.models import Member, Organization, Post

CHUNK = 2_000


def write_roster(target, *, parameters, user, demo, progress):
    """Export kind `roster`; `parameters["organization"]` (a key or None) cuts it to one organisation's subtree.

    ID numbers and telephone numbers are never part of it.
    """
    members = Member.objects.visible_to(user).present()
    name = _("党员花名册")
    organization = Organization.objects.visible_to(user).filter(pk=parameters.get("organization") or 0).first()
    if organization:
        members = members.within(organization)
        name = _("%(organization)s党员花名册") % {"organization": organization.name}
    write_xlsx(target, [Sheet(name, _columns(), _rows(members, progress), titles=(name,), frozen_columns=2)], demo=demo)
    return f"{name}.xlsx"


def _columns():
    return (
        Column(_("序号"), 6, "number"),
        Column(_("姓名"), 10, centred=True),
        Column(_("性别"), 6, centred=True),
        Column(_("民族"), 8, centred=True),
        Column(_("出生年月"), 10, "month"),
        Column(_("学历"), 12, centred=True),
        Column(_("入党时间"), 10, "month"),
        Column(_("转正时间"), 10, "month"),
        Column(_("党员类别"), 10, centred=True),
        Column(_("所在支部"), 26),
        Column(_("党内职务"), 12),
        Column(_("行政职务"), 16),
    )


def _rows(members, progress):
    genders, statuses, posts = dict(Gender.choices), dict(MemberStatus.choices), _posts_of(members)
    names = dict(Organization.objects.values_list("pk", "name"))  # a few hundred names; a join would repeat them per row
    fields = (
        "pk", "name", "gender", "ethnicity", "born_on", "education", "joined_on", "full_on", "status", "organization_id",
        "administrative_post",
    )
    total = members.count()
    rows = members.order_by("organization__path", "stroke_key", "pk").values_list(*fields).iterator(chunk_size=CHUNK)
    for number, row in enumerate(rows, start=1):
        key, name, gender, ethnicity, born, education, joined, full, status, organization, work = row
        yield (
            number, spaced(name), str(genders[gender]), ethnicity, born, education, joined, full, str(statuses[status]),
            names[organization], posts.get(key, ""), work,
        )
        if number % CHUNK == 0:
            progress(number, total)
    progress(total, total)


def _posts_of(members):
    """{member: 书记、组织委员}; one member in ten or so holds a post, so they fit in memory where members would not."""
    kinds = dict(PostKind.choices)
    held = {}
    standing = Post.objects.standing().filter(ends_on__isnull=True, member__in=members).order_by("pk")
    for member, kind in standing.values_list("member_id", "kind"):
        held.setdefault(member, []).append(str(kinds[kind]))
    return {member: "、".join(words) for member, words in held.items()}
