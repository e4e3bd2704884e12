"""Every list can be taken away as a workbook, or stands below with the reason why not (docs/development.md, "Adding a list")."""
import re

import pytest

from tests.house import sources
from tests.house.test_urls import codes_of, named, reaches
from units.list_exports import listed

PAGER, BUTTON = 'include "components/_pager.html"', "{% export_list %}"
STEP = "a step of a form: what is to be chosen or decided there; the records have a list of their own"
WITHOUT = {
    "campaign/activity_list.html": "its own workbook (activity_export), which also asks for what a kind of activity adds",
    "campaign/plan_missing.html": "its own workbook (plan_missing_export) beside the button that reminds them all",
    "campaign/board.html": "public: whoever has no account has no exports",
    "evaluations/opinion_months.html": "public: whoever has no account has no exports; the figures are published as they stand",
    "campaign/bulletin_choose.html": STEP,
    "campaign/carry_over_members.html": STEP,
    "campaign/commitment_review.html": STEP,
    "evaluations/appraisal_form.html": STEP,
    "evaluations/nomination_pick.html": STEP,
    "units/organization_choice.html": STEP,
    "evaluations/appraisal_members.html": "what people say of persons: it is read where the page says what is hidden and why",
    "evaluations/poll_result.html": "its own files (poll_export): a workbook and the sheet to sign, of the published cells alone",
    "units/import_changed.html": "the preview of one import, with the ticks of what is to be written",
    "units/import_rows.html": "the preview of one import: the rows are those of the file that was uploaded",
    "units/import_wrong.html": "its own workbook (import_wrong_rows), to be mended and uploaded again",
    "units/export_list.html": "the finished workbooks themselves",
    "units/styleguide_data.html": "samples of the components",
}
_INCLUDED = re.compile(r"{%\s*include\s+[\"']([\w/]+\.html)[\"']")


def lists(templates):
    """{name: text} of the templates that show a list: they have a pager, or are called one."""
    return {name: text for name, text in templates.items() if PAGER in text or name.endswith("_list.html")}


def without_button(templates):
    return {name for name, text in lists(templates).items() if BUTTON not in text}


def templates():
    own = {str(path.relative_to("templates")): text for path, text in sources.templates()}
    return {name: text for name, text in own.items() if not name.startswith(("components/", "frame/"))}


def with_what_it_includes(name, known):
    """The texts of a template and of all that it includes."""
    found, waiting = {}, [name]
    while waiting:
        here = waiting.pop()
        if here in known and here not in found:
            found[here] = known[here]
            waiting += _INCLUDED.findall(known[here])
    return "".join(found.values())


def pages_with_button():
    known = templates()
    return {name for name in known if BUTTON in with_what_it_includes(name, known)}


def rendered_by(view):
    """The templates that a view may render."""
    return {const for code in codes_of(view) for const in code.co_consts if isinstance(const, str) and const.endswith(".html")}


def test_every_list_can_be_exported_or_says_why_not():
    assert without_button(templates()) == set(WITHOUT)


def test_every_address_called_a_list_is_registered_or_says_why_not():
    excused = {name for name, entry in named() if rendered_by(entry.callback) & set(WITHOUT)}
    assert {name for name, _entry in named() if name.endswith("_list") and not listed(name)} - excused == set()


def test_a_page_with_the_button_gives_its_rows():
    """The view ends in list_page, and its address is registered: otherwise the button would never be there."""
    pages = pages_with_button()
    silent = [
        (name, found) for name, entry in named() if (found := rendered_by(entry.callback) & pages)
        and not (listed(name) and reaches(entry.callback, "list_page"))
    ]
    assert silent == []


def test_every_page_with_the_button_belongs_to_an_address():
    included = {part for text in templates().values() for part in _INCLUDED.findall(text)}
    shown = {page for _name, entry in named() for page in rendered_by(entry.callback)}
    assert pages_with_button() - included - shown == set()


# The rules can refuse -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "text", "refused"),
    [
        ("campaign/new_list.html", "<ul></ul>", True), ("campaign/news.html", f"{{% {PAGER} with page=page only %}}", True),
        ("campaign/new_list.html", BUTTON, False), ("campaign/news.html", "<ul></ul>", False),
    ],
)
def test_a_list_without_the_button_is_found(name, text, refused):
    assert without_button({name: text}) == ({name} if refused else set())


def test_the_button_is_found_in_what_a_page_includes():
    known = {"a.html": '{% include "b.html" with x=1 %}', "b.html": BUTTON}
    assert BUTTON in with_what_it_includes("a.html", known)
