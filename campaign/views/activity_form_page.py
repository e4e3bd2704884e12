"""What the page of an activity's form shows around its fields; read from the form's values, typed or prefilled."""
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse

from campaign.domain.activities import ActivityFacts
from campaign.domain.activity_start import OFFERED, initial_of_typed, lineage_of, open_tasks
from campaign.domain.activity_uses import uses_of
from campaign.domain.photos import MOST_PHOTOS
from campaign.domain.roster_paste import names_found
from campaign.domain.rosters import NAMED_UP_TO, roster_on
from campaign.enums import AbsenceReason
from campaign.forms.activity import KNOWN, ActivityForm
from campaign.models import Activity, ActivityDraft, Task
from campaign.permissions import WRITES_ACTIVITIES
from config.kit import clock
from config.kit.keys import key_of
from config.kit.pictures import ACCEPTED
from units import scope
from units.models import Organization

RECENT = 3
MOST_ORGANIZATIONS = 200  # a longer choice is no choice; there one starts from the organisation's own page


def attendance_context(request, form, organization):
    """Day, numbers and roster; another day chosen by htmx brings its own roster and numbers."""
    day = _day(form, request.GET.get("happened_on") if request.htmx else form["happened_on"].value())
    people = list(roster_on(organization, on=day)[: NAMED_UP_TO + 1])
    size = len(people) if len(people) <= NAMED_UP_TO else roster_on(organization, on=day).count()
    if request.htmx:
        form.initial |= {"happened_on": day, "roster_on": day, "present": size, "expected": size, "absent": []}
    ticked = {str(pk) for pk in form["absent"].value() or ()}
    return {
        "form": form,
        "day": day,
        "is_today": day == clock.today(),
        "roster_size": size,
        "people": [
            {"pk": person.pk, "label": person.name, "checked": str(person.pk) in ticked, "reason": form.reason_of(person.pk)}
            for person in people
        ] if size <= NAMED_UP_TO else [],
        "reasons": AbsenceReason.choices,
        "someone": _someone(request.user, people),
        "roster_open": bool(ticked) or "absent" in form.errors,
    }


def is_about_kind(request):
    """Whether htmx asks for the fields of another kind, not for another day's roster."""
    return bool(request.htmx) and request.htmx.target == "extras"


def asked_kind(request):
    """{"kind": key} that htmx asks about, as initial data."""
    return {"kind": key_of(request.GET.get("kind"))} if is_about_kind(request) else {}


def typed_again(request):
    """What was typed, as initial data: without JavaScript a button lists the fields of the kind that was chosen."""
    return initial_of_typed(dict(request.POST.lists()))


def pastes_names(request):
    """Whether a button was pressed that ticks pasted names instead of submitting."""
    return bool({"paste_came", "paste_absent"} & set(request.POST))


def ticked_again(request, organization):
    """(what was typed, as initial data with the pasted names ticked, NamesFound); the people are those of the typed day."""
    initial = typed_again(request)
    day = _typed_day(initial.get("happened_on"))
    people = list(roster_on(organization, on=day)[:NAMED_UP_TO])
    found = names_found(initial.pop("names", ""), people)
    meant = set(found.members)
    absent = [person.pk for person in people if (person.pk in meant) == ("paste_absent" in request.POST)]
    numbers = {"present": len(people) - len(absent), "expected": len(people), "roster_on": day}
    return initial | numbers | {"absent": [str(pk) for pk in absent]}, found


def part(request, form, organization):
    """The part of the page that htmx asks for."""
    if is_about_kind(request):
        return render(request, "campaign/activity_extras.html", {"extras": form.extra_fields})
    return render(request, "campaign/activity_attendance.html", attendance_context(request, form, organization))


def form_context(request, form, organization, *, campaign, start=None, activity=None, hints=(), pasted=None):
    """Everything that activity_form.html shows; `start` of a new activity, `activity` being corrected."""
    user, context = request.user, attendance_context(request, form, organization)
    task = _task(user, form["task"].value())
    kind = form.kind_chosen
    facts = _typed_facts(form, kind, task, context["day"])
    attached = set(activity.photos.values_list("pk", flat=True)) if activity else ()
    drafts = [] if activity else _drafts(user, form["draft_id"].value())
    return context | {
        "organization": organization, "pasted": pasted, "roster_open": context["roster_open"] or pasted is not None,
        "campaign": campaign,
        "activity": activity,
        "start": start,
        "task": task,
        "kind": kind,
        "extras": form.extra_fields,
        "body_words": form.body_words,
        "code_titles": [form.titles[code] for code in form.titles if code in facts.codes],
        "known_open": kind is None or any(name in form.errors for name in (*KNOWN, "task")),
        "tasks": _offered(organization, campaign, task),
        "recent": _recent(user, organization, activity),
        "drafts": drafts,
        "organizations": [] if activity else _organizations(user),
        "uses": uses_of(
            organization, facts, campaign=campaign, on=clock.today(), someone=context["someone"],
            has_roster=_names_known(facts, context["roster_size"]),
            activity=activity if task and activity and activity.task and activity.task.lineage == task.lineage else None,
        ),
        "photos": [{"pk": photo.pk, "url": photo.get_absolute_url(), "label": _photo_label(photo)} for photo in form.kept],
        "photo_error": "".join(form.errors.get("photos", [])),
        "photos_lost": bool(request.FILES) and not hints,
        "hints": hints,
        "documents_lost": "documents" in request.FILES,
        "staged": [photo.pk for photo in form.kept if photo.pk not in attached],
        "most_photos": MOST_PHOTOS,
        "accepted": ACCEPTED,
        "draft_url": "" if activity else reverse("activity_draft"),
    }


def _day(form, value):
    """The typed or prefilled day, or today while it cannot be read."""
    return _typed_day(value, form.fields["happened_on"])


def _typed_day(value, field=ActivityForm.base_fields["happened_on"]):
    try:
        return field.to_python(value) or clock.today()
    except ValidationError:
        return clock.today()


def _someone(user, people):
    """The name that stands for those who came: the author's own, else the first of the list."""
    own = next((person.name for person in people if person.pk == user.member_id), "")
    return own or (people[0].name if people else "")


def _task(user, lineage):
    tasks = Task.objects.visible_to(user).standing().select_related("plan", "kind")
    return tasks.filter(lineage=lineage_of(lineage)).first()


def _typed_facts(form, kind, task, day):
    """ActivityFacts of what stands in the fields, as far as it can be read."""
    numbers = {name: key_of(str(form[name].value() or "")) for name in ("present", "expected")}
    absent = frozenset(key_of(str(pk)) for pk in form["absent"].value() or ())
    codes = tuple(form["codes"].value() or ())
    return ActivityFacts(kind=kind, title="", text="", happened_on=day, task=task, codes=codes, absent=absent, **numbers)


def _names_known(facts, size):
    return bool(size) and facts.expected == size and facts.present == size - len(facts.absent)


def _offered(organization, campaign, chosen):
    tasks = open_tasks(organization, campaign)[: OFFERED + 1]
    return [task for task in tasks if chosen is None or task.lineage != chosen.lineage][:OFFERED]


def _recent(user, organization, activity):
    standing = Activity.objects.visible_to(user).standing().filter(organization=organization)
    if activity is not None:
        standing = standing.exclude(lineage=activity.lineage)
    return list(standing.newest_first()[:RECENT])


def _drafts(user, token):
    drafts = ActivityDraft.objects.visible_to(user).select_related("organization").order_by("-saved_at", "-pk")
    return [draft for draft in drafts if str(draft.token) != str(token)]


def _organizations(user):
    """Organisations that the user may log for, when there are several and few enough to choose from."""
    paths = [grant.organization.path for grant in user.current_grants if grant.role in WRITES_ACTIVITIES]
    mine = Organization.objects.visible_to(user).active().filter(scope.within_any(paths)).in_institutional_order()
    found = list(mine[: MOST_ORGANIZATIONS + 1])
    return found if 1 < len(found) <= MOST_ORGANIZATIONS else []


def _photo_label(photo):
    return f"{photo.taken_on:%Y-%m-%d}" if photo.taken_on else str(photo.pk)
