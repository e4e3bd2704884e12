"""Where the kind of an organisation and the number of its members disagree (100/50/3/7): a hint, never a block.

Numbers count the whole subtree, so that a committee is measured by the members of its branches.
"""
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units import scope
from units.enums import MemberStatus, OrganizationKind
from units.models import Member, Organization, Post

COMMITTEE_FROM, GENERAL_BRANCH_FROM, BRANCH_FROM, BOARD_FROM, BOARD = 100, 50, 3, 7, 3
BIG, SMALL, NO_BOARD = "big", "small", "board"
WORDS = {
    BIG: gettext_lazy("人数多，可以升格"), SMALL: gettext_lazy("人数少，可以改设"), NO_BOARD: gettext_lazy("没有支部委员会"),
}


@dataclass(frozen=True)
class SizeHint:
    """One hint: what it is about, and the sentence."""

    code: str
    text: str


@dataclass(frozen=True)
class HintRow:
    """An organisation with its numbers and what they suggest."""

    organization: Organization
    members: int
    full: int
    hints: list


def size_hints(kind, *, members, full, board):
    """[SizeHint] for an organisation of `kind`: members and full members of the subtree, holders of posts of its own."""
    numbers, hints = {"n": members, "full": full, "board": board}, []
    if kind in (OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH) and members >= COMMITTEE_FROM:
        hints.append(SizeHint(BIG, _("党员 %(n)s 人，满 100 人的一般设党委。") % numbers))
    elif kind == OrganizationKind.BRANCH and members >= GENERAL_BRANCH_FROM:
        hints.append(SizeHint(BIG, _("党员 %(n)s 人，满 50 人的一般设党总支。") % numbers))
    if kind == OrganizationKind.COMMITTEE and members < COMMITTEE_FROM:
        hints.append(SizeHint(SMALL, _("党员 %(n)s 人，不足 100 人的一般设党总支或党支部。") % numbers))
    if kind == OrganizationKind.GENERAL_BRANCH and members < GENERAL_BRANCH_FROM:
        hints.append(SizeHint(SMALL, _("党员 %(n)s 人，不足 50 人的一般设党支部。") % numbers))
    if kind == OrganizationKind.BRANCH and full < BRANCH_FROM:
        hints.append(SizeHint(SMALL, _("正式党员 %(full)s 人，不足 3 人的一般和邻近单位联合设支部。") % numbers))
    if kind == OrganizationKind.BRANCH and full >= BOARD_FROM and board < BOARD:
        hints.append(SizeHint(
            NO_BOARD, _("正式党员 %(full)s 人，7 人以上的一般设支部委员会（3 至 5 人），现在登记了 %(board)s 人。") % numbers
        ))
    return hints


def hint_rows(user, *, on):
    """[HintRow] of the organisations that exist for `user` and about which there is a hint. Three queries."""
    members, full = _numbers(user)
    posts = Post.objects.standing().on(on).values("organization").annotate(number=Count("member", distinct=True)).order_by()
    board = dict(posts.values_list("organization", "number"))
    rows = []
    for organization in Organization.objects.visible_to(user).active().select_related("parent").in_institutional_order():
        numbers = {
            "members": members[organization.path], "full": full[organization.path], "board": board.get(organization.pk, 0)
        }
        if hints := size_hints(organization.kind, **numbers):
            rows.append(HintRow(organization, numbers["members"], numbers["full"], hints))
    return rows


def _numbers(user):
    """({path: members}, {path: full members}), each with everything below."""
    members, full = defaultdict(int), defaultdict(int)
    counted = Member.objects.visible_to(user).present().values("organization__path").order_by().annotate(
        all=Count("pk"), full=Count("pk", filter=Q(status=MemberStatus.FULL))
    )
    for found in counted:
        path = found["organization__path"]
        for end in range(scope.STEP, len(path) + 1, scope.STEP):
            members[path[:end]] += found["all"]
            full[path[:end]] += found["full"]
    return members, full
