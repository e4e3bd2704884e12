"""The sheet of a released poll that is printed and signed: every question with all and each audience apart, and what is
suppressed said in words. It is made of the published cells only, so nothing else can get onto the paper."""
from dataclasses import dataclass

from config.kit.numbers import largest_remainder, share_in_tenths
from evaluations.domain.appraisal_figures import LABELS, WHOLE, Tally, satisfaction
from evaluations.domain.poll_results import RATED_OPTIONS
from evaluations.enums import Audience, PollSheet, SatisfactionFormula

FORMULA = SatisfactionFormula.TOP2  # the one that results open with


@dataclass(frozen=True)
class SheetLine:
    """One group's answers to one question; `counts` has one number for each option and 弃权, None where it is suppressed."""

    label: object
    counts: list | None

    @property
    def cells(self):
        """[(count, share in tenths of a percent)] of the options that are rated; the shares add up to 1000."""
        rated = self.counts[:RATED_OPTIONS]
        return list(zip(rated, largest_remainder(rated, 1000), strict=True))

    @property
    def others(self):
        """不了解, where the sheet has it, and 弃权: counted, without a share."""
        return self.counts[RATED_OPTIONS:]

    @property
    def tenths(self):
        """Satisfaction by FORMULA in tenths of a percent."""
        return share_in_tenths(*satisfaction(Tally(*self.counts[:RATED_OPTIONS]), FORMULA))


@dataclass(frozen=True)
class SheetBlock:
    """One question about one subject, or with `question` None all of a subject's questions together."""

    subject: object
    question: object
    lines: list


def sheet_blocks(poll):
    """[SheetBlock] in the order of the ballot; on the two standard sheets each subject ends with its questions together."""
    groups = _groups(poll)
    cells = {
        (cell.subject_id, cell.question_id, cell.audience): cell.counts
        for cell in poll.cells.filter(organization__isnull=True)
    }
    questions = list(poll.questions.order_by("position"))
    blocks = []
    for subject in poll.subjects.select_related("member", "organization").order_by("position"):
        own = [
            SheetBlock(subject, question, [
                SheetLine(label, cells.get((subject.pk, question.pk, audience))) for audience, label in groups
            ])
            for question in questions
        ]
        blocks += own
        if has_satisfaction(poll):
            by_group = zip(*(block.lines for block in own), strict=True)
            blocks.append(SheetBlock(subject, None, [_together(lines) for lines in by_group]))
    return blocks


def has_satisfaction(poll):
    """Whether the sheet asks how satisfied people are; grades of members and cadres have no such share."""
    return poll.sheet in (PollSheet.ORGANIZATION, PollSheet.MEMBER)


def _groups(poll):
    """[(audience as a cell names it, label)]: all, then everybody who was asked, unless they are all of one kind."""
    asked = {group.audience for group in poll.groups.all()}
    if len(asked) == 1:
        return [("", LABELS[WHOLE])]
    return [("", LABELS[WHOLE]), *((audience.value, audience.label) for audience in Audience if audience.value in asked)]


def _together(lines):
    """The sum of one group's lines; suppressed as soon as one of them is."""
    if any(line.counts is None for line in lines):
        return SheetLine(lines[0].label, None)
    return SheetLine(lines[0].label, [sum(numbers) for numbers in zip(*(line.counts for line in lines), strict=True)])
