"""Records of the evaluations: reviews, appraisals, polls, markings, rules, runs, awards."""
import datetime

from config.kit.attachments import Attachment
from evaluations.models import Inquiry, Opinion, OpinionMessage, Score, ScoreLine
from tests.factories import opinions
from tests.factories.campaign import CriterionFactory, noon
from tests.factories.evaluations import (
    AwardRoundFactory,
    GateFactory,
    IndicatorFactory,
    MarkingFactory,
    NominationFactory,
    standard_bands,
)
from tests.factories.questionnaires import draft_questionnaire, open_questionnaire, released_questionnaire
from tests.factories.scoring import run_scores
from tests.factories.units import OrganizationFactory
from tests.permissions.world import Address, own_record_of, record_of
from units.models import Handover

AT = noon(datetime.date(2011, 6, 1))


@record_of("review_new review_meeting_new appraisal_new poll_new marking_new questionnaire_new symposium_new")
def _about_organization(world, organization):
    return Address(query=f"organization={organization.pk}")


@own_record_of("review_new marking_new")
def _about_oneself(world, user):
    return Address(query=f"member={user.member_id}")




@record_of("marking_detail marking_correct marking_withdraw")
def _marking(world, organization):
    return {"lineage": MarkingFactory(campaign=world.campaign, organization=organization, assessor=world.stranger).lineage}


@own_record_of("marking_correct marking_withdraw", on_the_roster=False)
def _own_marking(world, user):
    return {"lineage": MarkingFactory(campaign=world.campaign, organization=world.below, assessor=user).lineage}


# Rules and scores --------------------------------------------------------------------------------------
def _common(world):
    if not hasattr(world, "common"):
        CriterionFactory(campaign=world.campaign, track="organization", code="G1")
        world.common = IndicatorFactory(campaign=world.campaign, criterion_code="G1", code="common")
    return world.common


@record_of("indicator_edit", at_top=True)
def _indicator(world, organization):
    _common(world)
    return {"track": "organization", "code": "G1"}


@record_of("gate_edit", at_top=True)
def _gate(world, organization):
    return {"lineage": GateFactory(campaign=world.campaign).lineage}


@record_of("sheet_edit", at_top=True)
def _assessment_sheet(world, organization):
    return {"track": "organization"}


@record_of("refinement_list")
def _refinements(world, organization):
    _common(world)
    return {"pk": organization.pk}


@record_of("refinement_edit refinement_end")
def _refinement(world, organization):
    return {"pk": organization.pk, "lineage": _common(world).lineage}


def _run(world):
    if not hasattr(world, "run"):
        _common(world)
        standard_bands(world.campaign)
        CriterionFactory(campaign=world.campaign, track="member", code="M1")
        IndicatorFactory(campaign=world.campaign, track="member", criterion_code="M1")
        world.run = run_scores(world.campaign)
    return world.run


@record_of("run_detail run_publish", at_top=True)
def _a_run(world, organization):
    return {"pk": _run(world).pk}


@record_of("organization_score organization_preview opinion_poster")
def _scored(world, organization):
    return {"pk": organization.pk}


@record_of("score_detail")
def _score(world, organization):
    return {"pk": _score_of(world, organization).pk}


def _score_of(world, organization):
    """The run's own; the top organisation is not scored, so it gets one that nobody below may see."""
    subject = {"run": _run(world), "track": "organization", "organization": organization, "member": None}
    return Score.objects.get_or_create(**subject, defaults={"total": 0})[0]


@record_of("score_line")
def _score_line(world, organization):
    subject = {"run": _run(world), "track": "organization", "organization": organization, "member": None}
    nothing = {
        "numerator": 0, "denominator": 4, "points_available": 100, "points": 0, "source": "results", "criterion_code": "G1"
    }
    made, _new = ScoreLine.objects.get_or_create(**subject, indicator=_common(world), defaults=nothing)
    return {"pk": made.pk}


@own_record_of("score_detail")
def _own_score(world, user):
    return {"pk": Score.objects.get(run=_run(world), member=user.member).pk}


@own_record_of("score_line")
def _own_score_line(world, user):
    return {"pk": ScoreLine.objects.filter(run=_run(world), member=user.member).first().pk}


@record_of("coverage", nowhere=True)
def _coverage(world, organization):
    return {"measure": "activity"}


# Awards ------------------------------------------------------------------------------------------------
def _round(world, state, code):
    key = f"round_{code}"
    if not hasattr(world, key):
        setattr(world, key, AwardRoundFactory(campaign=world.campaign, run=_run(world), state=state, code=code))
    return getattr(world, key)


@record_of("award_detail award_quota award_edit award_check", at_top=True)
def _open_round(world, organization):
    return {"pk": _round(world, "open", "open").pk}


@record_of("award_open", at_top=True)
def _draft_round(world, organization):
    return {"pk": _round(world, "draft", "draft").pk}


@record_of("award_reopen award_select award_decide", at_top=True)
def _checking_round(world, organization):
    return {"pk": _round(world, "checking", "checking").pk}


@record_of("award_export", at_top=True)
def _decided_round(world, organization):
    return {"pk": _round(world, "decided", "decided").pk}


@record_of("nomination_new")
def _nominate(world, organization):
    return Address({"pk": _round(world, "open", "open").pk}, query=f"organization={organization.pk}")


def _nomination(world, organization, round):
    return {"pk": NominationFactory(round=round, organization=organization, nominated_by=world.stranger).pk}


@record_of("nomination_detail nomination_withdraw")
def _nominated(world, organization):
    return _nomination(world, organization, _round(world, "open", "open"))


@record_of("nomination_sanction nomination_pass nomination_refuse")
def _in_check(world, organization):
    return _nomination(world, organization, _round(world, "checking", "checking"))


# Questions between levels ------------------------------------------------------------------------------
@record_of("inquiry_detail inquiry_urge")
def _inquiry(world, organization):
    made = Inquiry.objects.create(
        campaign=world.campaign, organization=organization, measure="activity", situation="30 天没有活动",
        asked_by=world.stranger, asked_at=AT,
    )
    return {"pk": made.pk}


@record_of("inquiry_ask")
def _ask(world, organization):
    return Address({"measure": "activity"}, data={"organization": organization.pk})


@record_of("handover_detail handover_receive")
def _handover(world, organization):
    outgoing, incoming = world.members[organization.pk][:2]
    return _handover_between(organization, outgoing, incoming)


@own_record_of("handover_detail handover_receive")
def _own_handover(world, user):
    branch = OrganizationFactory(name=f"{user.name}接手的支部"[:30], parent=world.far)
    return _handover_between(branch, world.members[world.far.pk][0], user.member)


def _handover_between(organization, outgoing, incoming):
    made = Handover.objects.create(
        organization=organization, outgoing=outgoing, incoming=incoming, starts_on=AT.date(), made_at=AT
    )
    return {"pk": made.pk}


@record_of(
    "questionnaire_detail questionnaire_questions questionnaire_edit questionnaire_rehearse questionnaire_end_rehearsal "
    "questionnaire_open questionnaire_void question_new"
)
def _questionnaire(world, organization):
    return {"pk": draft_questionnaire(world.campaign, organization).pk}


@record_of("question_edit question_move question_remove")
def _question(world, organization):
    return {"pk": draft_questionnaire(world.campaign, organization).questions.first().pk}


@record_of("questionnaire_close questionnaire_count questionnaire_release questionnaire_slips")
def _open_questionnaire(world, organization):
    return {"pk": open_questionnaire(world.campaign, organization)[0].pk}


@record_of("questionnaire_export")
def _released_questionnaire(world, organization):
    return {"pk": released_questionnaire(world.campaign, organization).pk}


@record_of("question_rectify")
def _question_with_a_result(world, organization):
    made = released_questionnaire(world.campaign, organization, {"members": [{"a0": ["1"]}] * 5})
    return {"pk": made.questions.order_by("position").first().pk}


@record_of("questionnaire_poster")
def _questionnaire_for_all(world, organization):
    return {"pk": open_questionnaire(world.campaign, organization, access="open")[0].pk}


@record_of("sheet_open sheet_receipts")
def _sheet(world, organization):
    return {"slug": open_questionnaire(world.campaign, organization, access="open")[0].slug}


# Opinions ----------------------------------------------------------------------------------------------
@record_of("opinion_detail opinion_reply opinion_assign opinion_mend opinion_commitment", at_top=True)
def _opinion(world, organization):
    return {"pk": opinions.send(world.top)[0].pk}


@own_record_of("opinion_detail opinion_reply", on_the_roster=False)
def _opinion_given_to_me(world, user):
    return {"pk": opinions.assigned(world.top, account=user)[0].pk}


@record_of("opinion_close", at_top=True)
def _answered_opinion(world, organization):
    opinion, _code = opinions.assigned(world.top, account=world.stranger)
    Opinion.objects.filter(pk=opinion.pk).update(state="answered")
    return {"pk": opinion.pk}


@record_of("opinion_attachment", at_top=True)
def _attached(world, organization):
    return _with_file(opinions.send(world.top, attachment=Attachment("pdf", b"%PDF-"))[0])


@own_record_of("opinion_attachment", on_the_roster=False)
def _attached_to_mine(world, user):
    return _with_file(opinions.assigned(world.top, account=user, attachment=Attachment("pdf", b"%PDF-"))[0])


def _with_file(opinion):
    file = OpinionMessage.objects.get(opinion=opinion).attachments.get()
    return {"pk": opinion.pk, "attachment": file.pk}
