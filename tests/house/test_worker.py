"""The suite's worker is a real one: another process, on the same rows, through the broker."""
import pytest

from campaign.models import ActivityKind
from tests.services.worker import PATIENCE


@pytest.mark.worker
def test_the_worker_answers_through_the_broker(worker):
    worker.settle(PATIENCE)


@pytest.mark.worker
@pytest.mark.parametrize("turn", [1, 2])
def test_rows_of_migrations_survive_tests_that_commit(turn):
    assert ActivityKind.objects.filter(code="theme_day").exists()
