"""Records of organisations, members and accounts."""
import datetime

from tests.factories.campaign import noon
from tests.factories.units import (
    RECORDED_AT,
    MemberFactory,
    PostFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.permissions.world import Address, own_record_of, record_of
from units.models import (
    BodyHonour,
    Exemption,
    Export,
    Honour,
    LeadershipPost,
    LinkedBody,
    Organization,
    PartyGroup,
    RosterImport,
    Sanction,
    Transfer,
)

DAY = datetime.date(2011, 5, 10)
AT = noon(DAY)
_numbers = iter(range(1, 1000))  # where a name has to differ
PERSON = (
    "member_exemption member_leave member_edit member_id_number member_post member_honour member_sanction member_transfer "
    "member_detail"
)


@record_of(
    "organization_members organization_course organization_rename organization_move organization_merge "
    "organization_dissolve leadership leadership_appoint party_group_list linked_body_list body_honour_list "
    "linked_body_new member_admit member_receive member_paste post_list organization_detail organization_changes"
)
def _organization(world, organization):
    return {"pk": organization.pk}


@record_of("leadership_end")
def _leadership_post(world, organization):
    post = LeadershipPost.objects.create(
        organization=organization, role="group_member", name="李某", starts_on=DAY, recorded_at=AT
    )
    return {"pk": post.pk}


@record_of("charge_edit")
def _charge(world, organization):
    leader = RoleGrantFactory(role="leader", organization=organization, user=UserFactory(name="分管领导")).user
    return {"pk": organization.pk, "leader": leader.pk}


@record_of("party_group_edit party_group_dissolve")
def _party_group(world, organization):
    return {"pk": PartyGroup.objects.create(branch=organization, name="第一党小组", founded_on=DAY).pk}


@record_of(PERSON)
def _member(world, organization):
    return {"pk": world.members[organization.pk][0].pk}


@own_record_of(PERSON)
def _oneself(world, user):
    return {"pk": user.member_id}


@record_of("member_probation")
def _probationary(world, organization):
    return {"pk": MemberFactory(organization=organization, status="probationary", full_on=None, joined_on=DAY).pk}


@record_of("member_exemption_end")
def _exempt(world, organization):
    member = MemberFactory(organization=organization)
    Exemption.objects.create(member=member, kind="retired", starts_on=DAY, recorded_at=AT)
    return {"pk": member.pk}


@record_of("member_take_back")
def _departed(world, organization):
    return {"pk": MemberFactory(organization=organization, left_on=DAY, left_as="outside").pk}


@record_of("post_leave")
def _post(world, organization):
    member = MemberFactory(organization=organization)
    return {"pk": PostFactory(member=member, organization=organization, kind="committee_member").pk}


@own_record_of("post_leave")
def _own_post(world, user):
    return {"pk": PostFactory(member=user.member, organization=user.member.organization, kind="organizer").pk}


@record_of("honour_take_back")
def _honour(world, organization):
    return _honour_of(world.members[organization.pk][0])


@own_record_of("honour_take_back")
def _own_honour(world, user):
    return _honour_of(user.member)


def _honour_of(member):
    made = Honour.objects.create(member=member, level="unit", title="先进工作者", happened_on=DAY, recorded_at=RECORDED_AT)
    return {"pk": made.pk}


@record_of("sanction_take_back")
def _sanction(world, organization):
    return _sanction_of(world.members[organization.pk][0])


@own_record_of("sanction_take_back")
def _own_sanction(world, user):
    return _sanction_of(user.member)


def _sanction_of(member):
    made = Sanction.objects.create(member=member, kind="warning", happened_on=DAY, document="1号", recorded_at=RECORDED_AT)
    return {"pk": made.pk}


@record_of("transfer_detail transfer_withdraw")
def _transfer_from_here(world, organization):
    return _transfer(world, sender=organization, receiver=world.far)


@record_of("transfer_accept transfer_decline")
def _transfer_to_here(world, organization):
    return _transfer(world, sender=world.far, receiver=organization)


def _transfer(world, sender, receiver):
    made = Transfer.objects.create(
        member=MemberFactory(organization=sender), sender=sender, receiver=receiver, reason="工作调动",
        proposed_by=world.stranger, proposed_at=AT,
    )
    return {"pk": made.pk}


@record_of("party_group_new")
def _branch(world, organization):
    """A group is a part of a branch, whatever else hangs below this one in the test's tree."""
    Organization.objects.filter(pk=organization.pk).update(kind="branch")
    return {"pk": organization.pk}


@record_of("linked_body_edit linked_body_end body_honour_new")
def _body(world, organization):
    return {"pk": _body_of(organization).pk}


def _body_of(organization):
    return LinkedBody.objects.create(
        organization=organization, kind="union", name=f"第{next(_numbers)}工会小组", founded_on=DAY
    )


@record_of("body_honour_take_back")
def _body_honour(world, organization):
    made = BodyHonour.objects.create(
        body=_body_of(organization), holder="collective", level="unit", title="先进集体", happened_on=DAY, recorded_at=AT
    )
    return {"pk": made.pk}


# Files, accounts, roles -----------------------------------------------------------------------------------
@record_of("export_detail export_download")
def _export(world, organization):
    return _export_of(world.stranger)


@own_record_of("export_detail export_download", on_the_roster=False)
def _own_export(world, user):
    return _export_of(user)


def _export_of(user):
    return {"pk": Export.objects.create(kind="roster", title="党员花名册", requested_by=user, queued_at=AT).pk}


@record_of("import_detail import_answer import_confirm import_undo import_wrong_rows import_back", at_top=True)
def _import(world, organization):
    return {"pk": RosterImport.objects.create(queued_at=AT, requested_at=AT, requested_by=world.stranger).pk}


@record_of("import_template", nowhere=True)
def _template(world, organization):
    return {"ledger": "members"}


@record_of("account_reset account_link account_disable account_enable account_second_factor", nowhere=True)
def _account(world, organization):
    return {"pk": UserFactory().pk}


@record_of("role_revoke", nowhere=True)
def _grant(world, organization):
    return {"pk": RoleGrantFactory(organization=world.below).pk}



@own_record_of("role_switch", on_the_roster=False)
def _own_role(world, user):
    return Address(data={"role": user.grants.get().pk})


@own_record_of("delegation_new", on_the_roster=False)
def _own_grant(world, user):
    return {"pk": user.grants.get().pk}


@record_of("delegation_end")
def _delegation(world, organization):
    return _delegated(world, organization, by=world.stranger)


@own_record_of("delegation_end", on_the_roster=False)
def _own_delegation(world, user):
    """Given by oneself; the system's and the log's administrators have nobody to give anything to."""
    keeps_apart = user.grants.get().role in {"system", "audit"}
    return _delegated(world, world.far, by=world.stranger if keeps_apart else user)


def _delegated(world, organization, *, by):
    own = RoleGrantFactory(organization=organization, role="secretary")
    made = RoleGrantFactory(
        organization=organization, role="secretary", delegated_from=own, granted_by=by, starts_on=DAY,
        ends_on=datetime.date(2011, 7, 1), reason="出差",
    )
    return {"pk": made.pk}


@record_of("delegation_new")
def _grant_of_another(world, organization):
    return {"pk": RoleGrantFactory(organization=organization, role="secretary").pk}


@record_of("list_export", nowhere=True)
def _list_of_all(world, organization):
    """The one list that every role has, the administrators too."""
    return {"name": "inbox"}
