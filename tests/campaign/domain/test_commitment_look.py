"""Questions to a promise: what is vague, what is like another one, and what is left alone."""
import pytest

from campaign.domain import commitments, sketches
from campaign.domain.commitment_look import questions_about
from campaign.models import PromiseBand
from tests.factories.campaign import CommitmentFactory
from tests.factories.units import user_with
from units.enums import Role

TEXT, TARGET = "把办证窗口延长到晚上七点，方便白天上班的群众", "每周三晚上开到七点，全年不少于 50 次"


def asked(user, *, kind="deed", text="为社区老人做好服务", target="老人满意", besides=None):
    return questions_about(kind=kind, text=text, target=target, besides=besides, user=user)


@pytest.mark.parametrize(
    ("text", "target", "field"),
    [
        ("为社区老人做好服务", "进一步提高服务水平", "target"),
        ("加强学习", "学懂弄通", "text"),
        ("不断完善制度", "制度更加完善", "target"),
        ("努力为群众服务", "统一思想，群众满意", "text"),
    ],
)
def test_vague_words_without_a_number_are_asked_about(text, target, field, secretary):
    [question] = asked(secretary, text=text, target=target)
    assert question.field == field
    assert question.text.endswith("例如把“加强窗口服务”写成“办证不超过 2 个工作日”。")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("进一步方便群众", "办证不超过 2 个工作日"),
        ("努力学习业务", "考两门执业资格"),
        ("加强走访", "每月走访困难户"),
        ("提高效率", "来件当天办结"),
        ("为 40 户进一步做好服务", "户户上门"),
        ("办一件实事", "修好楼道的灯"),
        ("推进阳光服务", "写一张办事卡"),
    ],
)
def test_what_can_be_counted_or_seen_is_left_alone(text, target, secretary):
    assert asked(secretary, text=text, target=target) == []


def test_a_promise_like_another_is_asked_about_once(campaign, branch, branch_members, secretary, at):
    mine = commitments.propose(
        campaign=campaign, organization=branch, member=branch_members[1], kind="deed", text=TEXT, baseline="五点关门",
        target=TARGET, due_on=campaign.ends_on, by=secretary, at=at,
    )
    assert asked(secretary, text=TEXT, target=TARGET) == []  # nobody else has read a draft
    commitments.submit_commitment(mine, by=secretary, at=at, on=at.date())
    [question] = asked(secretary, text=TEXT.replace("七", "八"), target=TARGET)
    assert question.field == "text" and question.url == mine.get_absolute_url()
    assert str(branch_members[1]) in question.text and "是同一件事就不用改" in question.text
    assert asked(secretary, text=TEXT, target=TARGET, besides=mine.pk) == []
    assert asked(secretary, kind="common", text=TEXT, target=TARGET) == []
    assert asked(secretary, text="给楼里的老人装扶手，方便上下楼梯", target="装好 12 处，年底前用上") == []


def test_of_a_promise_outside_the_scope_only_its_being_is_told(campaign, tree):
    CommitmentFactory(campaign=campaign, organization=tree.society, text=TEXT, target=TARGET)
    assert sketches.sketch_what_is_missing() == 1
    [question] = asked(user_with(Role.SECRETARY, tree.organ_branch_2), text=TEXT, target=TARGET)
    assert question.url == "" and "另一个单位的一条承诺" in question.text and "协会" not in question.text


def test_changed_words_have_a_new_sketch_and_what_was_taken_back_none_is_like(campaign, branch, secretary, at):
    made = CommitmentFactory(campaign=campaign, organization=branch, state="draft")
    words = {"kind": "deed", "baseline": "五点关门", "target": TARGET, "due_on": made.due_on}
    commitments.change_commitment(made, text="一句完全不同的话，说的是修路灯和换灯泡", **words, by=secretary, at=at)
    before = set(PromiseBand.objects.filter(commitment=made).values_list("band", flat=True))
    commitments.change_commitment(made, text=TEXT, **words, by=secretary, at=at)
    assert set(PromiseBand.objects.filter(commitment=made).values_list("band", flat=True)) != before
    commitments.submit_commitment(made, by=secretary, at=at, on=made.due_on)
    assert len(asked(secretary, text=TEXT, target=TARGET)) == 1
    commitments.move_commitment(made, "withdraw", by=secretary, at=at)
    assert asked(secretary, text=TEXT, target=TARGET) == []
