"""The checklist of a visit on a phone: without a signal nothing is lost, and it is sent once there is one again."""
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign.models import SpotVisit
from tests.campaign.spot import drawn, inspectors_of

SUBMIT = ".cx-savebar .btn-primary"


@pytest.fixture
def visit(campaign, tree, office, at):
    inspectors = inspectors_of(tree)
    return drawn(campaign, office, inspectors, at - timedelta(days=3)).visits.first(), inspectors[0]


def fill(page):
    page.locator("label[for=id_verdict_0_1]").click()
    page.fill("#id_note_0", "缺两次记录")
    page.locator("label[for=id_verdict_1_0]").click()


def test_without_a_signal_the_phone_keeps_it_and_sends_it_later(phone, visit, sign_in, axe, fits, console):
    visit, inspector = visit
    address = reverse("spot_visit_record", args=[visit.pk])
    sign_in(phone, inspector).goto(address)
    axe(phone)
    fits(phone)
    fill(phone)
    phone.goto("/inbox/")  # the tab went elsewhere: what was typed outlives it
    phone.goto(address)
    expect(phone.locator("#id_note_0")).to_have_value("缺两次记录")
    phone.context.set_offline(True)
    phone.locator(SUBMIT).click()
    expect(phone.locator("[data-cx-signal-said]")).to_contain_text("现在没有信号")
    assert not SpotVisit.objects.get(pk=visit.pk).is_recorded
    phone.context.set_offline(False)
    expect(phone.locator("h1")).to_have_text(str(visit.organization))
    assert visit.answers.findings().get().note == "缺两次记录"
    phone.wait_for_load_state()  # the page that came forgets, by a script that runs when all of it is there
    assert phone.evaluate("Object.keys(localStorage).filter(name => name.indexOf('cx-keep') === 0)") == []
    console.expect("ERR_INTERNET_DISCONNECTED")


def test_without_script_it_is_sent_as_any_form(without_script, visit, sign_in):
    visit, inspector = visit
    sign_in(without_script, inspector).goto(reverse("spot_visit_record", args=[visit.pk]))
    fill(without_script)
    without_script.locator(SUBMIT).click()
    expect(without_script.locator("h1")).to_have_text(str(visit.organization))
    assert visit.answers.findings().get().note == "缺两次记录"
