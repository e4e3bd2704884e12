"""A count that breaks says its kind and its place in log and row, and nothing that was in an envelope."""
import pytest

from config.kit import faults
from evaluations import tasks
from evaluations.domain import polls, questionnaire_counts, questionnaires, tally
from tests.factories import questionnaires as sheets
from tests.factories.polls import POLL_AT, cast_all, open_poll
from tests.factories.units import UserFactory


def closed_poll(campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    return polls.close_poll(poll, by=UserFactory(), at=POLL_AT)


def closed_questionnaire(campaign, branch):
    questionnaire, codes = sheets.open_questionnaire(campaign, branch)
    sheets.answer(codes["members"][0])
    return questionnaires.close_questionnaire(questionnaire, by=UserFactory(), at=sheets.ASKED_AT)


@pytest.mark.parametrize(("closed", "module", "task"), [
    (closed_poll, tally, tasks.count_poll), (closed_questionnaire, questionnaire_counts, tasks.count_questionnaire),
])
def test_a_count_that_breaks_does_not_say_what_was_in_the_envelopes(
    campaign, branch, monkeypatch, caplog, closed, module, task
):
    row = closed(campaign, branch)

    def fail(*given):
        raise ValueError("Failing row contains (KD4P7-XW2MA, 3)")

    monkeypatch.setattr(module, "_write", fail)
    task(row.pk)
    row.refresh_from_db()
    assert (row.job_state, row.error) == ("queued", "ValueError")
    assert f"{type(row).__name__} {row.pk} was not done: ValueError (tasks.py:" in caplog.text
    assert "KD4P7" not in caplog.text and "Failing" not in caplog.text


def test_the_places_of_a_failure_are_told_and_its_text_is_not():
    try:
        int("Secret")
    except ValueError as reason:
        assert faults.told(reason) == f"ValueError (test_count_log.py:{reason.__traceback__.tb_lineno})"
