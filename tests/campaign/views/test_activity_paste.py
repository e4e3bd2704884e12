"""Names pasted into the attendance tick who came or who did not; what was typed stays, and nothing is recorded before 提交."""
import pytest

from campaign.models import Activity
from tests.campaign.views.activity_form import URL, client, criteria, fields, own_media  # noqa: F401


@pytest.mark.parametrize(("button", "absent", "present"), [("paste_came", 3, 2), ("paste_absent", 2, 3)])
def test_names_tick_the_roster(button, absent, present, client, fields, branch_members):  # noqa: F811
    names = [branch_members[1].name, branch_members[2].name]
    page = client.post(URL, fields | {button: "1", "names": "\n".join([*names, "外人"])})
    form = page.context["form"]
    assert (len(form["absent"].value()), form["present"].value(), form["expected"].value()) == (absent, present, 5)
    assert form["text"].value() == fields["text"]
    said = page.content.decode()
    assert "认出 2 人" in said and "不在这一天的名单上：外人" in said
    assert not Activity.objects.exists()
    ticked = {"absent": form["absent"].value(), "present": str(present), "nonce": ""}
    assert client.post(URL, fields | ticked).status_code == 302
    assert (Activity.objects.get().present, Activity.objects.get().has_roster) == (present, True)


def test_names_tick_in_a_correction(client, fields, branch_members):  # noqa: F811
    client.post(URL, fields)
    activity = Activity.objects.get()
    sent = fields | {"version": activity.pk, "reason": "补点名", "title": activity.title, "nonce": ""}
    sent["names"] = branch_members[3].name
    page = client.post(f"/activities/{activity.lineage}/correct/", sent | {"paste_absent": "1"})
    form = page.context["form"]
    assert (form["absent"].value(), form["present"].value(), form["reason"].value()) == ([str(branch_members[3].pk)], 4, "补点名")
    assert Activity.objects.count() == 1
