"""Counting and releasing a questionnaire: what went in comes out apart, and no cell below five, nor one to be worked out."""
from collections import Counter

import pytest
from django.db import connection

from config.kit import jobs
from evaluations.domain import poll_keys, questionnaire_counts, questionnaire_releases, questionnaires
from evaluations.domain.sealing import KeyIsMissing, TallyDisagrees
from evaluations.models import (
    AnswerCode,
    AnswerGate,
    Appraisal,
    QuestionnaireCell,
    SealedSheet,
    SheetAnswer,
    SheetCount,
    SheetReceipt,
)
from tests.factories.questionnaires import ASKED_AT, add, answer, count, draft_questionnaire, open_questionnaire


def released(made):
    count(made)
    questionnaire_releases.release_questionnaire(made, by=made.made_by, at=ASKED_AT)
    return made


def cells(made, **which):
    return {(cell.row, cell.audience): (cell.answered, cell.counts) for cell in made.cells.filter(**which)}


@pytest.mark.parametrize("access", ["closed", "open"])
def test_answers_come_out_apart_and_everything_sealed_is_destroyed(campaign, branch, access):
    made, codes = open_questionnaire(campaign, branch, access=access)
    receipts = [answer(codes["members"][place] if codes else made) for place in range(6)]
    count(made)
    assert list(SheetReceipt.objects.order_by("pk").values_list("code", flat=True)) == sorted(receipts)
    rows = Counter(SheetAnswer.objects.values_list("question__kind", "row", "choice", "number", "text"))
    assert rows == {
        ("single", 0, 1, None, ""): 6, ("multiple", 0, 1, None, ""): 6, ("multiple", 1, 0, None, ""): 6,
        ("multiple", 2, 1, None, ""): 6, ("matrix", 0, 0, None, ""): 6, ("matrix", 1, 3, None, ""): 6,
        ("number", 0, None, 3, ""): 6, ("text", 0, None, None, "少跑一趟"): 6,
    }
    assert not (SealedSheet.objects.exists() or AnswerCode.objects.exists() or AnswerGate.objects.exists())
    assert not poll_keys.has_key(made.public_key)
    assert made.state == "closed" and made.groups.get().returned == 6


def test_answers_and_receipts_lie_in_no_order_of_the_sheets(campaign, branch):
    """Two hundred known sheets, one after another: keys and places in the table tell no more than guessing, all answers carry
    the mark of one transaction, and receipts lie in alphabetical order."""
    made, codes = open_questionnaire(campaign, branch, issued=(200, 0))
    said = [place % 3 for place in range(200)]  # a pattern that any order kept would show
    receipts = [answer(code, {"a0": [str(choice)]}) for code, choice in zip(codes["members"], said, strict=True)]
    count(made)
    place, writer = ("ctid", "xmin::text") if connection.vendor == "postgresql" else ("rowid", "1")
    for order in ("id", place):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT choice, {writer} FROM evaluations_sheetanswer ORDER BY {order}")
            stored, writers = zip(*cursor.fetchall(), strict=True)
            cursor.execute(f"SELECT code FROM evaluations_sheetreceipt ORDER BY {order}")
            assert [code for (code,) in cursor.fetchall()] == sorted(receipts) != receipts
        assert Counter(stored) == Counter(said) and len(set(writers)) == 1
        assert sum(one == other for one, other in zip(said, stored, strict=True)) < 105  # guessing: 67; more than five deviations


@pytest.mark.parametrize(("sheets", "sentence"), [
    (6, "用过的答题码 6 个，答卷 5 份，两边对不上。统计停下了，什么也没有改动，请联系系统管理员。"),
    (5, "用过的答题码和答卷对不上。统计停下了，什么也没有改动，请联系系统管理员。"),  # four is a number too small to tell
])
def test_spent_codes_and_sheets_have_to_agree(campaign, branch, sheets, sentence):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][:sheets]:
        answer(code)
    SealedSheet.objects.first().delete()
    row = questionnaires.close_questionnaire(made, by=made.made_by, at=ASKED_AT)
    with pytest.raises(TallyDisagrees, match=f"^{sentence}$"):
        questionnaire_counts.count_questionnaire(jobs.claim(SheetCount, row.pk, at=ASKED_AT), at=ASKED_AT)
    assert SealedSheet.objects.count() == sheets - 1 and poll_keys.has_key(made.public_key)


def test_the_job_does_not_tell_a_number_below_the_smallest_group(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][:4]:
        answer(code)
    count(made)
    row = SheetCount.objects.get()
    assert (row.job_state, row.done_units, row.total_units) == ("done", 0, 0)


def test_without_its_key_nothing_is_counted_and_nothing_lost(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    answer(codes["members"][0])
    poll_keys.destroy_key(made.public_key)
    row = questionnaires.close_questionnaire(made, by=made.made_by, at=ASKED_AT)
    with pytest.raises(KeyIsMissing):
        questionnaire_counts.count_questionnaire(jobs.claim(SheetCount, row.pk, at=ASKED_AT), at=ASKED_AT)
    assert SealedSheet.objects.count() == 1


def test_cells_hold_what_was_answered(campaign, branch):
    made, codes = open_questionnaire(campaign, branch, issued=(6, 6))
    for code in codes["members"]:
        answer(code)
    for code in codes["masses"]:
        answer(code, {"a0": ["0"], "a1": ["1"], "a2_0": ["1"], "a3": ["10"]})
    released(made)
    assert cells(made, question__kind="single") == {
        (0, ""): (12, [6, 6, 0]), (0, "members"): (6, [0, 6, 0]), (0, "masses"): (6, [6, 0, 0]),
    }
    assert cells(made, question__kind="multiple")[0, ""] == (12, [6, 6, 6])
    assert cells(made, question__kind="matrix", row=1) == {(1, ""): (6, [0, 0, 0, 6, 0])}
    [number] = made.cells.filter(question__kind="number", audience="")
    assert (number.counts, number.total) == ([0, 0, 6, 0, 0, 0, 0, 0, 0, 6], 78)
    shown = questionnaire_releases.results(made)
    assert shown[3].cells[0].average == "6.5" and shown[4].texts == ["少跑一趟"] * 6
    assert [bar.share for bar in shown[1].cells[0].bars] == [500, 500, 500]


def test_an_audience_below_five_is_hidden_and_cannot_be_worked_out(campaign, branch):
    made, codes = open_questionnaire(campaign, branch, issued=(8, 4))
    for code in [*codes["members"], *codes["masses"]]:
        answer(code)
    released(made)
    assert {cell.audience for cell in made.cells.all()} == {""}
    assert set(cells(made, question__kind="single")) == {(0, "")}


def test_fewer_than_five_answers_are_not_shown(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][:4]:
        answer(code)
    for code in codes["members"][4:]:
        answer(code, {"a0": ["0"]})
    released(made)
    assert set(made.cells.values_list("question__kind", flat=True)) == {"single"}
    assert [len(row.cells) + len(row.texts) for row in questionnaire_releases.results(made)] == [1, 0, 0, 0, 0]


def test_the_release_is_once_and_feeds_no_score(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"]:
        answer(code)
    released(made)
    with pytest.raises(questionnaires.QuestionnaireHasMoved):
        questionnaire_releases.release_questionnaire(made, by=made.made_by, at=ASKED_AT)
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize(
    ("smallest", "largest", "ranges"),
    [
        (0, 5, [(n, n) for n in range(6)]),
        (1, 100, [(1, 20), (21, 40), (41, 60), (61, 80), (81, 100)]),
        (-3, 10, [(-3, -1), (0, 2), (3, 5), (6, 8), (9, 10)]),
    ],
)
def test_numbers_are_counted_in_ranges(campaign, branch, smallest, largest, ranges):
    made = draft_questionnaire(campaign, branch, asked=False)
    question = add(made, kind="number", title="几", smallest=smallest, largest=largest)
    assert questionnaire_releases.ranges(question) == ranges


def test_pages_read_results_in_the_same_queries_for_any_number(campaign, branch, django_assert_num_queries):
    for issued in (6, 9):
        made, codes = open_questionnaire(campaign, branch, issued=(issued, 0))
        for code in codes["members"]:
            answer(code)
        released(made)
        with django_assert_num_queries(3):
            questionnaire_releases.results(made)
    assert QuestionnaireCell.objects.count() == 12
