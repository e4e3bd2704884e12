"""One answered sheet as it travels: raw words posted page by page, what is asked because of them, and what they mean.

A sheet's answers stand in the order of its questions; of each: single a place, multiple a list of places, matrix a place
or None for each row, number and text themselves; None is skipped or not asked. Posted names are `a3`, of a matrix `a3_0`.
"""
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from evaluations.domain.ballot_paper import size_for
from evaluations.enums import QuestionKind

LONGEST_TEXT = 300
BYTES_OF_A_CHARACTER = 4  # of UTF-8; what JSON escapes takes two


@dataclass
class Line:
    """One question of a sheet: `raw` as posted, `value` as understood, `error` why not; `is_asked` after the conditions."""

    place: int
    question: object
    raw: tuple
    value: object = None
    error: str = ""
    is_asked: bool = True

    @property
    def posted(self):
        """[(name, word)] for the hidden fields of another page."""
        if self.question.kind == QuestionKind.MATRIX:
            return [(f"a{self.place}_{row}", word) for row, word in enumerate(self.raw) if word]
        return [(f"a{self.place}", word) for word in self.raw if word]

    @property
    def choices(self):
        """[(place, word, is chosen)] of a single or multiple choice, for its controls."""
        return [(place, word, str(place) in self.raw) for place, word in enumerate(self.question.options)]

    @property
    def rows(self):
        """[(row, title, choices)] of a matrix."""
        return [
            (row, title, [(place, word, str(place) == raw) for place, word in enumerate(self.question.options)])
            for row, (title, raw) in enumerate(zip(self.question.rows, self.raw, strict=True))
        ]

    @property
    def words(self):
        """[word] of what was answered, for the page that checks; of a matrix one for each row."""
        if self.value is None:
            return []
        if self.question.kind == QuestionKind.SINGLE:
            return [self.question.options[self.value]]
        if self.question.kind == QuestionKind.MULTIPLE:
            return [self.question.options[place] for place in self.value]
        if self.question.kind == QuestionKind.MATRIX:
            return [
                f"{row}：{self.question.options[place] if place is not None else _('没有选')}"
                for row, place in zip(self.question.rows, self.value, strict=True)
            ]
        return [str(self.value)]


def read_lines(questions, posted):
    """[Line] of `posted`, a {name: [word]}; a question whose condition is not met is not asked and has no value."""
    values, lines = {}, []
    for place, question in enumerate(questions):
        line = Line(place, question, _raw(question, place, posted))
        line.is_asked = _is_asked(question, values)
        if line.is_asked:
            try:
                line.value = _value(question, line.raw)
            except ValueError as reason:
                line.error = str(reason)
        values[question.pk] = line.value
        lines.append(line)
    return lines


def _raw(question, place, posted):
    if question.kind == QuestionKind.MATRIX:
        return tuple(posted.get(f"a{place}_{row}", [""])[-1] for row in range(len(question.rows)))
    words = posted.get(f"a{place}", [])
    return tuple(words) if question.kind == QuestionKind.MULTIPLE else tuple(words[-1:]) or ("",)


def _is_asked(question, values):
    if question.shown_after_id is None:
        return True
    chosen = values.get(question.shown_after_id)
    if chosen is None:
        return False
    return bool(set(question.shown_for) & set(chosen if isinstance(chosen, list) else [chosen]))


def _value(question, raw):
    """What a person means by `raw`. Raises ValueError with the sentence for the page."""
    if question.kind == QuestionKind.SINGLE:
        return _choice(question, raw[0])
    if question.kind == QuestionKind.MULTIPLE:
        return sorted({_choice(question, word) for word in raw if word}) or None
    if question.kind == QuestionKind.MATRIX:
        rows = [_choice(question, word) for word in raw]
        return None if all(row is None for row in rows) else rows
    return _number(question, raw[0]) if question.kind == QuestionKind.NUMBER else _text(raw[0])


def _choice(question, word):
    if not word:
        return None
    if not (word.isascii() and word.isdigit() and len(word) < 4 and int(word) < len(question.options)):
        raise ValueError(_("选择不在选项里，请重新选。"))
    return int(word)


def _number(question, word):
    word = unicodedata.normalize("NFKC", word).strip()
    if not word:
        return None
    if not (word.removeprefix("-").isdecimal() and len(word) < 10):
        raise ValueError(_("请填整数，例如 3。"))
    if not question.smallest <= int(word) <= question.largest:
        raise ValueError(_("请填 %(low)s 到 %(high)s 之间的整数。") % {"low": question.smallest, "high": question.largest})
    return int(word)


def _text(word):
    word = "".join(
        letter for letter in word.replace("\r\n", "\n") if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs")
    ).strip()
    if len(word) > LONGEST_TEXT:
        raise ValueError(_("最多 %(most)s 字，现在 %(n)s 字。") % {"most": LONGEST_TEXT, "n": len(word)})
    return word or None


# Inside the envelope (ballot_paper.py) ---------------------------------------------------------
def sheet_size(questions):
    """Bytes of every sheet of a questionnaire: the longest one that may be answered."""
    texts = sum(question.kind == QuestionKind.TEXT for question in questions)
    return size_for([_longest(question) for question in questions], more=texts * LONGEST_TEXT * BYTES_OF_A_CHARACTER)


def _longest(question):
    if question.kind == QuestionKind.MULTIPLE:
        return list(range(len(question.options)))
    if question.kind == QuestionKind.MATRIX:
        return [None] * len(question.rows)
    return "" if question.kind == QuestionKind.TEXT else -(10**10)
