"""Who may do what about spot checks: role × scope × action, like `campaign.permissions`."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from units.enums import Role


def can_publish_spot_check(user, campaign=None):
    """The office over the whole campaign (any, when none is named)."""
    if user.has_role_over(campaign.organization, Role.OFFICE) if campaign else user.has_role(Role.OFFICE):
        return ALLOWED
    return denied(_("随机抽查由领导小组办公室公布和抽取。"))


def can_draw_spot_check(user, check, *, on):
    if check.is_drawn:
        return denied(_("已经抽取过，一次公布只抽一次。"))
    if not check.is_waiting:
        return denied(_("这次抽查已经作废。"))
    if on < check.seed_on:
        return denied(_("公开号码还没有产生，到那天再来抽取。"))
    return can_publish_spot_check(user, check.campaign)


def can_call_off_spot_check(user, check, *, on):
    """Only as long as nobody can know the number: else a draw could be called off for what it would bring."""
    if not check.is_waiting:
        return denied(_("只有等号码的抽查可以作废。"))
    if on >= check.seed_on:
        return denied(_("公开号码产生的那天起不能作废，抽到谁就查谁。"))
    return can_publish_spot_check(user, check.campaign)


def can_name_inspectors(user, visit):
    if visit.is_recorded:
        return denied(_("检查已经记过，不能再改检查组。"))
    return can_publish_spot_check(user, visit.check_of.campaign)


def can_record_visit(user, visit, inspectors):
    """`inspectors`: ids of the accounts that go."""
    if visit.is_recorded:
        return denied(_("这次检查已经记过。"))
    if user.pk not in inspectors:
        return denied(_("检查由检查组成员来记。"))
    if len(inspectors) < 2:
        return denied(_("检查组只剩一个人，请领导小组办公室先加派。"))
    return ALLOWED


def can_add_finding_photos(user, finding, inspectors):
    if user.pk in inspectors:
        return ALLOWED
    return denied(_("照片由检查组成员来加。"))


def can_see_spot_checks(user):
    """Everybody who takes part in a campaign; the three administrators do not."""
    return ALLOWED if user.scope_paths() else denied(_("您没有参加活动的范围。"))
