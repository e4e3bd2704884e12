"""The suite's worker is a real one: another process, on the same rows, through the broker."""
import pytest

from tests.services.worker import PATIENCE


@pytest.mark.worker
def test_the_worker_answers_through_the_broker(worker):
    worker.settle(PATIENCE)
