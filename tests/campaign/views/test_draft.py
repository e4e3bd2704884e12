"""Drafts save themselves while somebody types; they are their author's alone."""
import uuid

import pytest
from django.urls import reverse

from campaign.models import ActivityDraft

URL = "/activities/draft/"


@pytest.fixture
def client(secretary, client_for):
    return client_for(secretary)


@pytest.fixture
def fields(branch):
    return {"organization": branch.pk, "text": "走访 6 户", "draft_id": "", "nonce": "x"}


def test_the_first_save_makes_a_draft_and_tells_its_token(client, fields, secretary):
    response = client.post(URL, fields, headers={"HX-Request": "true"})
    draft = ActivityDraft.objects.get()
    assert (response.status_code, response.content.decode()) == (200, "草稿已自动保存 09:00")
    assert (response["X-Draft"], draft.author) == (str(draft.token), secretary)


def test_further_saves_write_over_it(client, fields):
    token = client.post(URL, fields)["X-Draft"]
    assert client.post(URL, fields | {"draft_id": token, "text": "走访 7 户"})["X-Draft"] == token
    assert ActivityDraft.objects.get().first("text") == "走访 7 户"


def test_the_token_of_another_gives_a_draft_of_ones_own(client, fields, committee, client_for):
    token = client.post(URL, fields)["X-Draft"]
    other = client_for(committee).post(URL, fields | {"draft_id": token, "text": "改掉"})["X-Draft"]
    assert other != token
    assert ActivityDraft.objects.visible_to(committee).get().first("text") == "改掉"
    assert ActivityDraft.objects.exclude(author=committee).get().first("text") == "走访 6 户"


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("leader", 403), ("outsider", 404)])
def test_only_those_who_log_keep_drafts(request, fields, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).post(URL, fields).status_code == status
    assert not ActivityDraft.objects.exists()


def test_an_ended_session_is_told_by_a_redirect_that_the_script_knows(fields, client_for):
    response = client_for(None).post(URL, fields, headers={"HX-Request": "true"})
    assert response.status_code == 302 and response.url.startswith(reverse("login"))


def test_a_draft_is_deleted_by_its_author_only(client, fields, committee, client_for):
    client.post(URL, fields)
    url = reverse("activity_draft_delete", args=[ActivityDraft.objects.get().token])
    assert client_for(committee).post(url).status_code == 404
    assert client.get(url).status_code == 405
    assert client.post(url).url == reverse("activity_new")
    assert not ActivityDraft.objects.exists()


def test_a_draft_that_never_was_does_not_exist(client, db):
    assert client.post(reverse("activity_draft_delete", args=[uuid.uuid4()])).status_code == 404
