"""Take an import back within a day: everything it made goes, everything it changed is as before, or nothing happens."""
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.facts import Fact
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.organizations import rebuild_tree
from units.enums import ImportStage
from units.models import Affiliation, Member, Membership, Organization, Post, RosterImport

UNDO_WITHIN = timedelta(hours=24)
MODELS = {
    "organization": Organization, "affiliation": Affiliation, "member": Member, "membership": Membership, "post": Post,
}
_NAMED = 3  # how many a refusal names
_CHUNK = 5_000
_checks = []


class CannotUndo(Refusal):
    """Too late, or something hangs on what the import made."""


def register_check(check):
    """Let `check(made, *, applied_at)` raise a Refusal when an app has built on an import; called from AppConfig.ready().

    `made` maps model names (organization, member …) to the primary keys of what the import made. Foreign keys to
    those rows need no check: they are found here.
    """
    _checks.append(check)


@transaction.atomic
def undo_import(roster_import, *, by, at):
    """Take a written import back. Raises CannotUndo with what stands in the way."""
    if not RosterImport.objects.filter(pk=roster_import.pk, stage=ImportStage.APPLIED).update(
        stage=ImportStage.UNDONE, undone_at=at
    ):
        raise CannotUndo(_("这次导入没有写入，或已经撤销。"))
    if at - roster_import.applied_at > UNDO_WITHIN:
        raise CannotUndo(_("导入已超过 24 小时，不能撤销。请逐条更正。"))
    effect = roster_import.undo
    made = {name: effect["made"].get(name, []) for name in MODELS}
    for check in _checks:
        check(made, applied_at=roster_import.applied_at)
    rows = {name: _changed_rows(name, effect) for name in ("organization", "member")}
    # What the import changed points elsewhere again in a moment, so it does not hang on what the import made.
    _refuse_what_hangs_on(made, {name: {*keys, *rows.get(name, ())} for name, keys in made.items()})
    _delete(made, ("post", "membership", "member", "affiliation"))
    for name, keys in effect["closed"].items():
        MODELS[name].objects.filter(pk__in=keys).update(superseded_at=None)
    for name, found in rows.items():
        _restore(name, found, effect["before"].get(name, {}))
    _delete(made, ("organization",))
    rebuild_tree()
    record(roster_import, "undo", by=by, at=at, detail={name: len(keys) for name, keys in made.items()})
    roster_import.refresh_from_db()


def can_still_undo(roster_import, *, at):
    """Whether the time for it has not run out; what hangs on the import shows when it is tried."""
    return roster_import.stage == ImportStage.APPLIED and at - roster_import.applied_at <= UNDO_WITHIN


def _chunks(keys):
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def _refuse_what_hangs_on(made, own):
    """Look through every foreign key of every app that points to what the import made; `own` rows may."""
    for name, model in MODELS.items():
        for relation in model._meta.related_objects:
            if relation.field.db_constraint is False:
                continue  # the history only remembers
            source = next((key for key, one in MODELS.items() if one is relation.related_model), None)
            _refuse_relation(name, relation, made[name], own.get(source, ()))


def _refuse_relation(name, relation, keys, own):
    others, hanging = relation.related_model._base_manager, []
    for chunk in _chunks(keys):
        found = others.filter(**{f"{relation.field.name}__in": chunk}).values_list("pk", relation.field.name)
        hanging += [subject for pk, subject in found if pk not in own]
    if hanging:
        subjects = MODELS[name].objects.in_bulk(hanging[:_NAMED]).values()
        raise CannotUndo(
            _("导入以后，%(names)s已经有了别的记录（%(kind)s，共 %(count)d 条），不能撤销。请先处理这些记录，或逐条更正。")
            % {
                "names": "、".join(f"“{_name(subject)}”" for subject in subjects),
                "kind": _kind_words(relation.related_model),
                "count": len(hanging),
            }
        )


def _name(subject):
    """A fact is called by whom it is about."""
    if isinstance(subject, Fact):
        subject = getattr(subject, "member", None) or subject.organization
    return str(subject)


def _kind_words(model):
    words = {"User": _("账号"), "RoleGrant": _("角色"), "Membership": _("组织关系"), "Post": _("职务"), "Member": _("党员"),
             "Organization": _("下级党组织"), "Affiliation": _("隶属关系")}
    named = str(model._meta.verbose_name)
    return words.get(model.__name__) or (named if not named.isascii() else _("工作记录"))


def _changed_rows(name, effect):
    """The rows the import changed, as they stand; refused when somebody has changed them since."""
    after = effect["after"].get(name, {})
    rows = MODELS[name].objects.in_bulk([int(key) for key in after])
    for key, values in after.items():
        row = rows.get(int(key))
        if row is None or any(_plain(getattr(row, column)) != value for column, value in values.items()):
            raise CannotUndo(_("导入以后，“%(name)s”又改过，不能撤销。请逐条更正。") % {"name": row or key})
    return rows


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def _restore(name, rows, before):
    """Write the old values back; unique names and codes are taken out of each other's way first."""
    if not rows:
        return
    columns = sorted({column for values in before.values() for column in values})
    if name == "organization" and {"name", "code"} & set(columns):
        for row in rows.values():
            row.wanted = (row.name, row.code)
            row.name = row.code = f"~#{row.pk}"
        Organization.objects.bulk_update(rows.values(), ["name", "code"], batch_size=500)
        for row in rows.values():
            row.name, row.code = row.wanted
        columns = sorted({*columns, "name", "code"})
    for key, values in before.items():
        for column, value in values.items():
            setattr(rows[int(key)], column, _from_plain(column, value))
    fields = [MODELS[name]._meta.get_field(column).name for column in columns]
    MODELS[name].objects.bulk_update(rows.values(), fields, batch_size=200)


def _from_plain(column, value):
    if column == "id_number_sealed" and value is not None:
        return bytes.fromhex(value)
    return date.fromisoformat(value) if column.endswith("_on") and value else value


def _delete(made, names):
    """Delete without Django's own search for what hangs on it, which was done above; the database still checks."""
    for name in names:
        for chunk in _chunks(made[name]):
            rows = MODELS[name].objects.filter(pk__in=chunk)
            rows._raw_delete(rows.db)
