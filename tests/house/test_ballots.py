"""Nothing that holds a ballot has a path to a person: no column for one, and nothing of theirs points at it (4-trust §2)."""
import pytest
from django.db import models

from evaluations.models import (
    Answer,
    AnswerCode,
    AnswerGate,
    Envelope,
    PollCode,
    Receipt,
    SealedSheet,
    SheetAnswer,
    SheetReceipt,
    SlipPrint,
)

HOLDERS = (PollCode, Envelope, Receipt, Answer, AnswerCode, AnswerGate, SealedSheet, SheetReceipt, SheetAnswer)
TELLING = (models.DateField, models.TimeField, models.GenericIPAddressField)


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_ballot_has_no_person_moment_or_address(holder):
    fields = holder._meta.concrete_fields
    targets = {field.related_model._meta.model_name for field in fields if field.related_model}
    assert targets <= {"poll", "pollgroup", "pollquestion", "pollsubject", "questionnaire", "questionnairegroup", "question"}
    assert not [field.name for field in fields if isinstance(field, TELLING)]


@pytest.mark.parametrize("holder", HOLDERS)
def test_nothing_points_at_a_ballot(holder):
    assert not holder._meta.related_objects


def test_no_code_or_envelope_tells_of_the_other():
    assert {field.name for field in PollCode._meta.concrete_fields} == {"id", "group", "digest", "is_spent"}
    assert {field.name for field in Envelope._meta.concrete_fields} == {"id", "poll", "sealed"}
    assert {field.name for field in Receipt._meta.concrete_fields} == {"id", "poll", "code"}
    assert {field.name for field in Answer._meta.concrete_fields} == {"id", "group", "question", "subject", "choice"}
    assert {field.name for field in AnswerCode._meta.concrete_fields} == {"id", "group", "digest", "is_spent"}
    assert {field.name for field in SealedSheet._meta.concrete_fields} == {"id", "questionnaire", "sealed", "is_trial"}
    assert {field.name for field in SheetReceipt._meta.concrete_fields} == {"id", "questionnaire", "code"}
    columns = {"id", "group", "question", "row", "choice", "number", "text"}
    assert {field.name for field in SheetAnswer._meta.concrete_fields} == columns


def test_a_print_of_codes_names_who_printed_and_leads_to_no_code_or_ballot():
    """What it holds is sealed to a key that is in no row (docs/decisions/0011)."""
    fields = SlipPrint._meta.concrete_fields
    assert {field.related_model._meta.model_name for field in fields if field.related_model} == {"poll", "questionnaire", "user"}
    assert not SlipPrint._meta.related_objects
