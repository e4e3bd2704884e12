"""A question becomes a rectification item once, of what was released, and the item leads back."""
from datetime import timedelta

import pytest

from campaign.domain.origins import origin_of
from campaign.domain.rectifications import DueTooEarly
from campaign.models import Rectification
from evaluations.domain.question_follow_ups import QuestionSettled, ResultNotShown, raised_of, rectify_question
from tests.factories.questionnaires import ASKED_AT, open_questionnaire, released_questionnaire
from units.models import HistoryEntry

ON = ASKED_AT.date()


@pytest.fixture
def released(campaign, branch):
    """Six chose 不好; nobody said how often they came."""
    return released_questionnaire(campaign, branch, {"members": [{"a0": ["2"]}] * 6})


def how(by, **more):
    return {"problem": " 窗口态度要改 ", "due_on": ON + timedelta(days=30), "by": by, "at": ASKED_AT, "on": ON, **more}


def question(made, title):
    return made.questions.get(title=title)


def test_a_question_becomes_an_item_of_the_ledger_once(released, committee, secretary, outsider):
    asked = question(released, "态度怎么样？")
    item = rectify_question(asked, **how(committee))
    assert (item.source, item.problem, item.verifier, item.owner_id) == (
        "question", "窗口态度要改", committee, secretary.member_id,
    )
    assert item.get_source_display() == "问卷" and raised_of(released) == {asked.pk: item}
    origin = origin_of(item, committee)
    assert (origin.label, origin.url) == ("问卷：窗口服务问卷", released.get_absolute_url())
    assert origin_of(item, outsider) is None
    entry = HistoryEntry.objects.of(released).latest("sequence")
    assert (entry.verb, entry.detail) == ("ask_to_mend", {"note": "“态度怎么样？”：窗口态度要改"})
    with pytest.raises(QuestionSettled, match="^这一题已经转为整改。$"):
        rectify_question(asked, **how(committee))
    assert Rectification.objects.count() == 1


def test_only_what_was_released_is_put_right(campaign, branch, released, committee):
    with pytest.raises(ResultNotShown, match="^这一题没有公布结果，不能转为整改。$"):
        rectify_question(question(released, "跑了几趟？"), **how(committee))
    made, _codes = open_questionnaire(campaign, branch)
    with pytest.raises(ResultNotShown, match="^结果公布以后才能转为整改。$"):
        rectify_question(question(made, "态度怎么样？"), **how(committee))
    with pytest.raises(DueTooEarly, match="^整改期限不能早于提出的那天。$"):
        rectify_question(question(released, "态度怎么样？"), **how(committee, due_on=ON - timedelta(days=1)))
    assert not Rectification.objects.exists()


def test_who_puts_it_right_does_not_verify_it(released, secretary):
    item = rectify_question(question(released, "态度怎么样？"), **how(secretary))
    assert item.owner_id == secretary.member_id and item.verifier is None
