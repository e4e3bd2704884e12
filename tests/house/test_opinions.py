"""Nothing of the opinion box tells who wrote or at what moment: no column for it, and keys without an order (4-trust §2)."""
import pytest
from django.db import models

from config.schedule import BEAT_SCHEDULE
from evaluations.models import FloodHour, Opinion, OpinionAttachment, OpinionMessage, SpentChallenge
from evaluations.models.opinion import random_key
from tests.house import sources

HOLDERS = (Opinion, OpinionMessage, OpinionAttachment, FloodHour, SpentChallenge)


@pytest.mark.parametrize("holder", HOLDERS)
def test_no_row_has_a_moment_or_an_address(holder):
    telling = (models.DateTimeField, models.TimeField, models.GenericIPAddressField)
    assert not [field.name for field in holder._meta.concrete_fields if isinstance(field, telling)]


def test_the_only_person_is_the_one_who_deals_with_it():
    people = [field.name for holder in HOLDERS for field in holder._meta.concrete_fields
              if field.related_model and field.related_model._meta.model_name in ("user", "member")]
    assert people == ["handler_account"]


@pytest.mark.parametrize("holder", [Opinion, OpinionMessage, OpinionAttachment])
def test_keys_are_drawn(holder):
    key = holder._meta.pk
    assert key.default is random_key and not isinstance(key, models.AutoField)
    assert len({random_key() for _time in range(100)}) == 100


def test_the_web_server_writes_no_access_log():
    served = (sources.ROOT / "deploy/campaign-web.service").read_text()
    served += (sources.ROOT / "units/management/commands/serve.py").read_text()
    assert "--access-logfile" not in served
    assert "--no-access-log" in (sources.ROOT / "deploy/campaign-ballots.service").read_text()


def test_what_is_kept_for_a_while_goes_by_the_clock():
    assert {"forget hours", "settle opinions", "purge opinions"} <= set(BEAT_SCHEDULE)
