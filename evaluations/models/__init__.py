"""Models of the judging side: one module per concept."""
from evaluations.models.answer_sheet import AnswerCode, AnswerGate, SealedSheet, SheetAnswer, SheetReceipt
from evaluations.models.appraisal import Appraisal, AppraisalCount, AppraisalTurnout, LowItem, SecondTyping
from evaluations.models.award import AwardRound, HonourCondition, Quota
from evaluations.models.ballot import Answer, Envelope, PollCode, Receipt
from evaluations.models.decision import AwardDecision
from evaluations.models.flood import FloodHour, SpentChallenge
from evaluations.models.indicator import Band, Gate, Indicator, SheetItem
from evaluations.models.inquiry import Inquiry
from evaluations.models.marking import Mark, Marking
from evaluations.models.nomination import Nomination
from evaluations.models.opinion import (
    Opinion,
    OpinionAttachment,
    OpinionCommitment,
    OpinionFollowUp,
    OpinionMessage,
)
from evaluations.models.opinion_month import OpinionMonth
from evaluations.models.poll import MemberYearlyGrade, Poll, PollCell, PollGroup, PollQuestion, PollSubject, Tally
from evaluations.models.question_follow_up import QuestionFollowUp
from evaluations.models.questionnaire import (
    Question,
    Questionnaire,
    QuestionnaireCell,
    QuestionnaireGroup,
    SheetCount,
)
from evaluations.models.review import Review, ReviewProblem
from evaluations.models.review_circulation import ReviewCirculation
from evaluations.models.review_meeting import ReviewMeeting
from evaluations.models.review_reply import ReviewReply
from evaluations.models.run import CurrentRun, RunChunk, RunMember, RunScope, ScoringRun
from evaluations.models.score import Score, ScoreLine
from evaluations.models.slip_print import SlipPrint
from evaluations.models.symposium import Symposium, SymposiumParty, SymposiumPoint

__all__ = [
    "Answer",
    "AnswerCode",
    "AnswerGate",
    "Appraisal",
    "AppraisalCount",
    "AppraisalTurnout",
    "AwardDecision",
    "AwardRound",
    "Band",
    "CurrentRun",
    "Envelope",
    "FloodHour",
    "Gate",
    "HonourCondition",
    "Indicator",
    "Inquiry",
    "LowItem",
    "Mark",
    "Marking",
    "MemberYearlyGrade",
    "Nomination",
    "Opinion",
    "OpinionAttachment",
    "OpinionCommitment",
    "OpinionFollowUp",
    "OpinionMessage",
    "OpinionMonth",
    "Poll",
    "PollCell",
    "PollCode",
    "PollGroup",
    "PollQuestion",
    "PollSubject",
    "Question",
    "QuestionFollowUp",
    "Questionnaire",
    "QuestionnaireCell",
    "QuestionnaireGroup",
    "Quota",
    "Receipt",
    "Review",
    "ReviewCirculation",
    "ReviewMeeting",
    "ReviewProblem",
    "ReviewReply",
    "RunChunk",
    "RunMember",
    "RunScope",
    "Score",
    "ScoreLine",
    "ScoringRun",
    "SealedSheet",
    "SecondTyping",
    "SheetAnswer",
    "SheetCount",
    "SheetItem",
    "SheetReceipt",
    "SlipPrint",
    "SpentChallenge",
    "Symposium",
    "SymposiumParty",
    "SymposiumPoint",
    "Tally",
]
