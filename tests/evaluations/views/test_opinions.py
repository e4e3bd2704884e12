"""Pages of those who deal with opinions: who reads what, and that the unit complained of finds nothing anywhere."""
from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.due import due_things
from campaign.models import Rectification
from config.kit.attachments import Attachment
from evaluations.models import Opinion, OpinionAttachment
from tests.campaign.views.activity_form import at_field
from tests.factories.campaign import CommitmentFactory
from tests.factories.opinions import assigned, send

URL = "/opinions/"
STEPS = ["opinion_assign", "opinion_reply", "opinion_mend", "opinion_commitment", "opinion_close"]


def pages_of(opinion):
    """Every address of one opinion, its attachment's among them."""
    file = OpinionAttachment.objects.get(message__opinion=opinion)
    named = [reverse(name, args=[opinion.pk]) for name in ("opinion_detail", *STEPS)]
    return [*named, reverse("opinion_attachment", args=[opinion.pk, file.pk])]


@pytest.fixture
def about_the_unit(root, unit, office):
    """A case about 办公厅党总支 that the office deals with itself."""
    opinion, _code = assigned(
        root, about=unit, account=office, text="MARKER", contact="内线 1234", attachment=Attachment("pdf", b"%PDF-x")
    )
    return opinion


@pytest.mark.parametrize("who", ["committee", "secretary", "outsider", "member", "inspector", "auditor", "system"])
def test_who_is_not_to_see_it_finds_nothing(request, who, about_the_unit, client_for, today):
    user = request.getfixturevalue(who)
    browser = client_for(user)
    for address in pages_of(about_the_unit):
        answer = browser.post(address, {"text": "x"}) if address.endswith("/close/") else browser.get(address)
        assert answer.status_code == 404, address
    listed = browser.get(f"{URL}?state=all")
    assert listed.status_code == 403 or listed.context["page"].paginator.count == 0
    assert about_the_unit.number not in listed.content.decode()
    late = about_the_unit.due_on + timedelta(days=30)
    assert not [thing for thing in due_things(on=late, user=user) if thing.kind == "opinion"]
    for address in (f"/find/?q={about_the_unit.number}", "/rectifications/", *(["/"] if who != "auditor" else [])):
        assert str(about_the_unit) not in browser.get(address, follow=True).content.decode()


def test_reminders_for_everybody_leave_the_line_out(root, tree, unit, about_the_unit, office, committee, leader, at):
    about_the_unit.refresh_from_db()
    office.member, leader.member = tree.members[tree.organ_branch.pk][2], None
    office.save()
    late = about_the_unit.due_on + timedelta(days=30)
    told = {thing.recipient_id for thing in due_things(on=late) if thing.kind == "opinion"}
    assert told == {leader.pk}


def test_the_office_routes_answers_and_closes(campaign, root, unit, committee, office, client_for, today):
    opinion, _code = send(root, attachment=Attachment("pdf", b"%PDF-x"))
    browser = client_for(office)
    assert "待转办" in browser.get(URL).content.decode()
    assert "窗口排队要一个小时" in browser.get(opinion.get_absolute_url()).content.decode()
    file = browser.get(pages_of(opinion)[-1])
    assert (file.content, file["Content-Disposition"]) == (b"%PDF-x", f'attachment; filename="opinion-{opinion.number}.pdf"')
    assert file["X-Content-Type-Options"] == "nosniff" and file["Cache-Control"] == "private, no-store"
    assign = reverse("opinion_assign", args=[opinion.pk])
    said = {"handler": unit.pk, "due_on": "2011-06-20"}
    assert at_field(browser.post(assign, said | {"account": office.pk}), "handler") == ["请选一个单位，或者一个人，只选一样。"]
    assert at_field(browser.post(assign, said | {"due_on": "2011-06-09"}), "due_on") == ["答复期限不能早于今天。"]
    browser.post(assign, said)
    theirs = client_for(committee)
    assert "窗口排队要一个小时" in theirs.get(opinion.get_absolute_url()).content.decode()
    for name in ("opinion_assign", "opinion_mend", "opinion_commitment"):
        assert theirs.get(reverse(name, args=[opinion.pk])).status_code == 403
    reply = reverse("opinion_reply", args=[opinion.pk])
    assert at_field(theirs.post(reply, {"text": ""}), "text") == ["请写答复。"]
    theirs.post(reply, {"text": "加开一个窗口"})
    assert theirs.post(reverse("opinion_close", args=[opinion.pk])).status_code == 403
    assert "已办结" in browser.post(reverse("opinion_close", args=[opinion.pk]), follow=True).content.decode()
    assert browser.get(reply).status_code == 403
    assert opinion.number not in browser.get(URL).content.decode()
    assert opinion.number in browser.get(f"{URL}?state=closed").content.decode()


def test_a_leader_sees_how_far_it_is_and_not_the_text(about_the_unit, leader, client_for):
    page = client_for(leader).get(about_the_unit.get_absolute_url()).content.decode()
    assert "原文只有领导小组办公室和承办的人看得到。" in page and "MARKER" not in page and "内线 1234" not in page
    assert client_for(leader).get(pages_of(about_the_unit)[-1]).status_code == 403


def test_the_unit_is_asked_to_mend_in_other_words(campaign, about_the_unit, office, committee, unit, client_for):
    browser, mend = client_for(office), reverse("opinion_mend", args=[about_the_unit.pk])
    said = {"organization": unit.pk, "problem": "窗口太少", "due_on": "2011-07-10"}
    assert at_field(browser.post(mend, said | {"problem": ""}), "problem") == ["请写一句要改什么。"]
    browser.post(mend, said)
    item = Rectification.objects.get()
    page = client_for(committee).get(item.get_absolute_url()).content.decode()
    assert "窗口太少" in page and "意见" in page
    assert about_the_unit.number not in page and "MARKER" not in page
    assert about_the_unit.get_absolute_url() in browser.get(item.get_absolute_url()).content.decode()


def test_without_a_campaign_nothing_is_mended(about_the_unit, office, client_for):
    page = client_for(office).get(reverse("opinion_mend", args=[about_the_unit.pk]), follow=True)
    assert "现在没有进行中的活动，不能登记整改。" in page.content.decode()


def test_a_commitment_says_which_opinion_it_answers(campaign, about_the_unit, office, committee, branch, client_for, at):
    commitment = CommitmentFactory(campaign=campaign, organization=branch, state="published", published_at=at)
    browser = client_for(office)
    browser.post(reverse("opinion_commitment", args=[about_the_unit.pk]), {"commitment": commitment.pk})
    assert about_the_unit.get_absolute_url() in browser.get(commitment.get_absolute_url()).content.decode()
    assert about_the_unit.number not in client_for(committee).get(commitment.get_absolute_url()).content.decode()
    assert commitment.text in browser.get(about_the_unit.get_absolute_url()).content.decode()


def test_filters(root, office, client_for, stopped_clock, at):
    send(root, kind="praise")
    send(root, kind="problem")
    browser = client_for(office)
    assert browser.get(f"{URL}?kind=praise").context["page"].paginator.count == 1
    assert "没有符合条件的。" in browser.get(f"{URL}?state=late").content.decode()
    stopped_clock(at + timedelta(days=20))
    assert browser.get(f"{URL}?state=late").context["page"].paginator.count == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, root, unit, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        send(root, about=unit)
    browser = client_for(office)
    browser.get(URL)
    with django_assert_num_queries(6):
        page = browser.get(URL)
    assert len(page.context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_one_opinion_needs_the_same_queries_for_any_thread(rows, root, office, client_for, at, django_assert_num_queries):
    opinion, _code = assigned(root, account=office)
    for _number in range(rows - 1):
        client_for(office).post(reverse("opinion_reply", args=[opinion.pk]), {"text": "还在查"})
    browser = client_for(office)
    browser.get(opinion.get_absolute_url())
    with django_assert_num_queries(10):
        browser.get(opinion.get_absolute_url())
    assert Opinion.objects.get().messages.count() == rows


@pytest.mark.parametrize("who", ["secretary", "committee", "leader", "office"])
def test_whoever_has_opinions_in_the_side_bar_finds_the_pages_beside_them(who, client_for, request):
    page = client_for(request.getfixturevalue(who)).get(URL).content.decode()
    assert '<a href="/opinions/" aria-current="page">意见箱</a>' in page and '<a href="/polls/">不记名测评</a>' in page
