"""The opinion box: sealed, without a moment, read with a code, and never dealt with by the unit complained of."""
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from campaign.domain.calendar_days import keep_days
from campaign.domain.rectifications import DueTooEarly
from campaign.models import Rectification
from config.kit.attachments import Attachment
from evaluations.domain import opinion_follow_ups, opinion_line, opinions
from evaluations.domain.opinion_seal import open_file, open_text, seal_file, seal_text
from evaluations.domain.sealing import NotReadable
from evaluations.models import Opinion, OpinionAttachment, OpinionMessage
from tests.factories.campaign import CommitmentFactory
from tests.factories.opinions import again, assigned, send, ticket
from tests.factories.units import PostFactory, user_with
from units.enums import PostKind, Role
from units.models import HistoryEntry


def test_what_was_sent_is_read_with_the_code_and_leaves_no_history(root, unit, today):
    opinion, code = send(root, about=unit, contact="内线 1234", attachment=Attachment("pdf", b"%PDF-"), on=today)
    assert len(code) == 32 and opinion.digest not in code
    [said] = opinions.thread_of(opinions.opinion_of(code.lower()))
    assert (said.text, said.contact, said.written_on) == ("窗口排队要一个小时", "内线 1234", today)
    assert open_file(said.attachments[0].sealed) == b"%PDF-"
    assert (opinion.state, opinion.due_on) == ("received", date(2011, 7, 1))  # fifteen working days from 10 June
    assert not HistoryEntry.objects.exists()


def test_a_page_sent_twice_is_one_opinion_with_one_code(root, at, today):
    page = ticket(at)
    said = {"organization": root, "about": None, "kind": "praise", "at": at, "on": today}
    first, second = (opinions.send_opinion(**page, **said, text=text) for text in ("一", "二"))
    assert first == second and Opinion.objects.count() == 1
    assert opinions.thread_of(opinions.opinion_of(first))[0].text == "一"


def test_texts_have_one_size_and_files_few(root):
    send(root, text="短")
    send(root, text="长" * 1000, contact="\U0001f600" * 100)
    assert len({len(bytes(sealed)) for sealed in OpinionMessage.objects.values_list("sealed", flat=True)}) == 1
    assert len(seal_file(b"x")) == len(seal_file(b"x" * 60_000)) == 64 * 1024 + 48
    assert open_text(seal_text("\U0001f600" * 1000, "a")) == ("\U0001f600" * 1000, "a")
    with pytest.raises(NotReadable):
        seal_text("长" * 3000)


@pytest.mark.parametrize("code", ["", "NOSUCHCODE"])
def test_a_wrong_code_opens_nothing(root, code):
    send(root)
    with pytest.raises(opinions.CodeUnknown, match=f"^{opinions.UNKNOWN}$"):
        opinions.opinion_of(code)


def test_the_course_of_an_opinion(root, unit, committee, office, today, at):
    opinion, code = send(root)
    opinions.assign_opinion(opinion, handler=unit, due_on=today, by=office, at=at, on=today)
    opinions.answer_opinion(opinion, text="加开一个窗口", by=committee, at=at, on=today)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answered_on) == ("answered", today)
    opinions.close_opinion(opinion, by=office, at=at, on=today)
    later = today + timedelta(days=3)
    opinion = again(opinion, on=later)
    assert (opinion.state, opinion.handler, opinion.due_on) == ("assigned", unit, date(2011, 7, 4))
    assert [(said.is_answer, said.text) for said in opinions.thread_of(opinion)] == [
        (False, "窗口排队要一个小时"), (True, "加开一个窗口"), (False, "还是老样子"),
    ]
    done = HistoryEntry.objects.of(opinion).order_by("sequence").values_list("verb", flat=True)
    assert list(done) == ["assign", "answer", "close"]


def test_the_day_of_the_answer_counts_the_days_that_the_office_keeps(root, office, today, at):
    keep_days(first=date(2011, 6, 13), last=date(2011, 6, 14), is_working=False, by=office, at=at)
    keep_days(first=date(2011, 7, 2), is_working=True, by=office, at=at)
    opinion, _code = send(root, on=today)
    assert opinion.due_on == date(2011, 7, 4)


def test_writing_again_before_an_answer_changes_no_state(root, today):
    opinion, _code = send(root)
    opinion = again(opinion, on=today)
    assert (opinion.state, opinion.due_on, opinion.heard_on) == ("received", date(2011, 6, 27), today)


def test_whoever_answers_first_deals_with_it(root, office, at, today):
    opinion, _code = send(root)
    opinions.answer_opinion(opinion, text="已办", by=office, at=at, on=today)
    assert Opinion.objects.get().handler_account == office


def test_a_step_out_of_turn_is_refused(root, office, at, today):
    opinion, _code = send(root)
    with pytest.raises(opinions.OpinionHasMoved, match="^这条意见的状态已经变了，请刷新页面再看。$"):
        opinions.close_opinion(opinion, by=office, at=at, on=today)


@pytest.mark.parametrize("place", ["organ", "organ_branch"])
def test_the_unit_complained_of_and_what_is_below_never_handle_it(root, tree, office, committee, secretary, place, at, today):
    opinion, _code = send(root, about=tree.organ)
    handler = getattr(tree, place)
    with pytest.raises(opinions.OfTheLine, match=f"^{handler}是被反映的单位或者它的下级，不能承办。$"):
        opinions.assign_opinion(opinion, handler=handler, due_on=today, by=office, at=at, on=today)
    assert handler not in opinion_line.organizations_to_handle(opinion, on=today)


def test_its_people_never_handle_it(root, tree, office, at, today):
    """By membership, by a post, by a role: three accounts of the office that are of the line, and one that is not."""
    joined = user_with(Role.OFFICE, root, member=tree.members[tree.organ_branch.pk][2], name="在支部的")
    held = user_with(Role.OFFICE, root, member=tree.members[tree.society.pk][1], name="兼职的")
    PostFactory(member=held.member, organization=tree.organ, kind=PostKind.COMMITTEE_MEMBER)
    granted = user_with(Role.OFFICE, root, name="兼书记的")
    granted.grants.create(role=Role.SECRETARY, organization=tree.organ_branch_2, starts_on=today, granted_at=at)
    opinion, _code = send(root, about=tree.organ)
    for account in (joined, held, granted):
        with pytest.raises(opinions.OfTheLine, match=f"^{account}是被反映单位的人，不能承办。$"):
            opinions.assign_opinion(opinion, account=account, due_on=today, by=office, at=at, on=today)
        assert not Opinion.objects.visible_to(account).exists()
    assert list(opinion_line.accounts_to_handle(opinion, on=today)) == [office]
    assert Opinion.objects.visible_to(office).count() == 1


def test_a_superior_handles_a_case_of_a_branch_unless_all_its_people_are_of_the_branch(root, tree, office, committee, at, today):
    opinion, _code = send(root, about=tree.organ_branch)
    committee.member = tree.members[tree.organ_branch.pk][3]
    committee.save()
    with pytest.raises(opinions.NobodyThere, match="^办公厅党总支没有可以承办的账号。$"):
        opinions.assign_opinion(opinion, handler=tree.organ, due_on=today, by=office, at=at, on=today)
    user_with(Role.COMMITTEE, tree.organ, name="另一位")
    opinions.assign_opinion(opinion, handler=tree.organ, due_on=today, by=office, at=at, on=today)
    assert not Opinion.objects.visible_to(committee).exists()


def test_the_database_itself_refuses_the_unit_as_handler(root, unit):
    opinion, _code = send(root, about=unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(handler=unit, state="assigned")


def test_the_day_for_an_answer_is_not_over(root, unit, committee, office, at, today):
    opinion, _code = send(root)
    with pytest.raises(opinions.AnswerDueTooEarly, match="^答复期限不能早于今天。$"):
        opinions.assign_opinion(opinion, handler=unit, due_on=today - timedelta(days=1), by=office, at=at, on=today)


def test_rectification_has_the_words_of_the_office(campaign, root, tree, office, secretary, at, today):
    opinion, _code = assigned(root, about=tree.organ, account=office, text="窗口的王某骂人")
    opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=tree.organ_branch, problem="窗口服务用语不规范", due_on=today, by=office, at=at,
        on=today,
    )
    item = Rectification.objects.get()
    assert (item.source, item.problem, item.verifier) == ("opinion", "窗口服务用语不规范", office)
    assert opinion_follow_ups.opinion_behind(item, office).url == opinion.get_absolute_url()
    assert opinion_follow_ups.opinion_behind(item, secretary) is None
    opinions.answer_opinion(opinion, text="在改", by=office, at=at, on=today)
    with pytest.raises(opinions.StillMending, match="^因为这条意见提的整改还没有销号，等改好了、答复了再办结。$"):
        opinions.close_opinion(opinion, by=office, at=at, on=today)
    with pytest.raises(DueTooEarly):
        opinion_follow_ups.mend(
            opinion, campaign=campaign, organization=tree.organ, problem="x", due_on=today - timedelta(days=1), by=office,
            at=at, on=today,
        )


def test_a_public_commitment_answers_it_by_a_link_or_through_rectification(campaign, root, tree, office, secretary, at, today):
    opinion, _code = assigned(root, about=tree.organ, account=office)
    item = opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=tree.organ, problem="排队久", due_on=today, by=office, at=at, on=today
    )
    linked, through, draft = (
        CommitmentFactory(campaign=campaign, organization=tree.organ_branch, state="published", published_at=at),
        CommitmentFactory(campaign=campaign, organization=tree.organ, state="published", published_at=at, answers=item),
        CommitmentFactory(campaign=campaign, organization=tree.organ, state="draft", published_at=None),
    )
    opinion_follow_ups.answer_with_commitment(opinion, linked, by=office, at=at)
    assert list(opinion_follow_ups.commitments_answering(opinion)) == [linked, through]
    assert [origin.label for origin in opinion_follow_ups.opinions_answered(through, office)] == [str(opinion)]
    assert opinion_follow_ups.opinions_answered(linked, secretary) == []
    with pytest.raises(opinion_follow_ups.AnsweredBefore, match="^这条承诺已经写上了。$"):
        opinion_follow_ups.answer_with_commitment(opinion, linked, by=office, at=at)
    with pytest.raises(opinion_follow_ups.NotPublic, match="^只能选已经公示的承诺。$"):
        opinion_follow_ups.answer_with_commitment(opinion, draft, by=office, at=at)


def test_the_root_of_an_opinion(tree):
    assert opinions.root_of(tree.organ, [tree.root]) == opinions.root_of(None, [tree.root]) == tree.root


def test_a_file_belongs_to_its_message(root):
    send(root, attachment=Attachment("jpg", b"x" * 70_000))
    row = OpinionAttachment.objects.get()
    assert str(row) == "照片" and len(open_file(row.sealed)) == 70_000
