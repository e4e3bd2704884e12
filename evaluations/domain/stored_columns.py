"""The very columns in which ballots are kept, read from the database's own schema, for the page that explains them."""
from django.db import connection
from django.utils.translation import gettext_lazy as _

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
)

MEANINGS = {
    (PollCode, "id"): _("编号"), (PollCode, "digest"): _("投票码的指纹，倒推不出投票码"),
    (PollCode, "is_spent"): _("用过没有"), (PollCode, "group_id"): _("发给哪一组（党员或群众）"),
    (Envelope, "id"): _("编号"), (Envelope, "sealed"): _("密封的选票，计票前谁也打不开"), (Envelope, "poll_id"): _("哪一次测评"),
    (Receipt, "id"): _("编号，按核对码的字母顺序排"), (Receipt, "code"): _("核对码"), (Receipt, "poll_id"): _("哪一次测评"),
    (Answer, "id"): _("编号，打乱以后重新排"), (Answer, "choice"): _("选了哪一档"),
    (Answer, "group_id"): _("哪一组（党员或群众）"),
    (Answer, "question_id"): _("哪一项"), (Answer, "subject_id"): _("评的是谁"),
    (AnswerCode, "id"): _("编号"), (AnswerCode, "digest"): _("答题码的指纹，倒推不出答题码"),
    (AnswerCode, "is_spent"): _("用过没有"), (AnswerCode, "group_id"): _("发给哪一组（党员、群众或不限）"),
    (AnswerGate, "id"): _("编号"), (AnswerGate, "hour"): _("最近收到答卷的是哪个小时，所有人合在一起"),
    (AnswerGate, "taken"): _("那个小时一共收了几份"), (AnswerGate, "questionnaire_id"): _("哪一份问卷"),
    (SealedSheet, "id"): _("编号"), (SealedSheet, "sealed"): _("密封的答卷，统计前谁也打不开"),
    (SealedSheet, "is_trial"): _("是不是试填的，试填的不打开就清除"), (SealedSheet, "questionnaire_id"): _("哪一份问卷"),
    (SheetReceipt, "id"): _("编号，按核对码的字母顺序排"), (SheetReceipt, "code"): _("核对码"),
    (SheetReceipt, "questionnaire_id"): _("哪一份问卷"),
    (SheetAnswer, "id"): _("编号，打乱以后重新排"), (SheetAnswer, "row"): _("题里的哪一行或哪个选项"),
    (SheetAnswer, "choice"): _("选了哪一项"), (SheetAnswer, "number"): _("填的数"), (SheetAnswer, "text"): _("写的话"),
    (SheetAnswer, "group_id"): _("哪一组（党员、群众或不限）"), (SheetAnswer, "question_id"): _("哪一题"),
}
TABLES = (
    (PollCode, _("投票码"), _("投票期间保存，计票后全部销毁")), (Envelope, _("密封票"), _("投票期间保存，计票后全部销毁")),
    (Receipt, _("核对码"), _("计票后公布")), (Answer, _("选择"), _("计票时打乱写入，和核对码、投票码都不相连")),
    (AnswerCode, _("问卷的答题码"), _("答题期间保存，统计后全部销毁")),
    (AnswerGate, _("公开问卷每小时的份数"), _("答题期间保存，统计后销毁")),
    (SealedSheet, _("密封答卷"), _("答题期间保存，统计后全部销毁")), (SheetReceipt, _("问卷的核对码"), _("统计后公布")),
    (SheetAnswer, _("问卷的答案"), _("统计时一题一题拆开、打乱写入，和核对码、答题码都不相连")),
)


def stored_columns():
    """[(table, when, [(column, meaning)])]; a column without a meaning here would be shown with its bare name."""
    with connection.cursor() as cursor:
        return [
            (title, when, [
                (column.name, MEANINGS.get((model, column.name), ""))
                for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            ])
            for model, title, when in TABLES
        ]
