"""Models of the campaign: one module per concept."""
from campaign.models.activity import Activity, ActivityBody, ActivityCriterion
from campaign.models.bulletin import Bulletin, BulletinEntry
from campaign.models.busy_period import BusyPeriod
from campaign.models.calendar_day import CalendarDay
from campaign.models.calendar_feed import CalendarFeed
from campaign.models.campaign import Aim, Campaign, CategoryTheme, Milestone, Phase, Step
from campaign.models.commitment import (
    Commitment,
    CommitmentOutcome,
    CommitmentProgress,
    OutcomeDocument,
    OutcomePhoto,
)
from campaign.models.criterion import Criterion
from campaign.models.designation import Designation
from campaign.models.document import ActivityDocument, Document
from campaign.models.draft import ActivityDraft
from campaign.models.exhibit import Exhibit
from campaign.models.expectation import Expectation
from campaign.models.former_deadline import FormerDeadline
from campaign.models.former_place import FormerPlace
from campaign.models.hint import FriendlyHint
from campaign.models.kind import ActivityKind, KindField
from campaign.models.oversight import Oversight, OversightFollowUp, OversightPaper, OversightPresence
from campaign.models.paper import Paper
from campaign.models.part import ActivityPart
from campaign.models.participation import Participation
from campaign.models.phase_permission import PhasePermission
from campaign.models.photo import ActivityPhoto, Photo, StagedPhoto
from campaign.models.plan import Plan
from campaign.models.plan_version import PlanVersion
from campaign.models.rectification import Rectification, RectificationClosing
from campaign.models.rectification_progress import RectificationPhoto, RectificationProgress
from campaign.models.reminder import Delivery, Reminder, ReminderChoice
from campaign.models.role_model import RoleModel
from campaign.models.sketch import PhotoSketch, PromiseBand, TextBand
from campaign.models.spot_check import SpotCheck, SpotInspector
from campaign.models.spot_visit import FindingPhoto, SpotVisit, VisitAnswer, VisitInspector
from campaign.models.task import Task, TaskCriterion, TaskResult

__all__ = [
    "Activity",
    "ActivityBody",
    "ActivityCriterion",
    "ActivityDocument",
    "ActivityDraft",
    "ActivityKind",
    "ActivityPart",
    "ActivityPhoto",
    "Aim",
    "Bulletin",
    "BulletinEntry",
    "CalendarDay",
    "BusyPeriod",
    "CalendarFeed",
    "Campaign",
    "CategoryTheme",
    "Commitment",
    "CommitmentOutcome",
    "CommitmentProgress",
    "Criterion",
    "Delivery",
    "Designation",
    "Document",
    "Exhibit",
    "Expectation",
    "FindingPhoto",
    "FormerDeadline",
    "FormerPlace",
    "FriendlyHint",
    "KindField",
    "Milestone",
    "OutcomeDocument",
    "OutcomePhoto",
    "Oversight",
    "OversightFollowUp",
    "OversightPaper",
    "OversightPresence",
    "Paper",
    "Participation",
    "Phase",
    "PhasePermission",
    "Photo",
    "PhotoSketch",
    "Plan",
    "PlanVersion",
    "PromiseBand",
    "Rectification",
    "RectificationClosing",
    "RectificationPhoto",
    "RectificationProgress",
    "Reminder",
    "ReminderChoice",
    "RoleModel",
    "SpotCheck",
    "SpotInspector",
    "SpotVisit",
    "StagedPhoto",
    "Step",
    "Task",
    "TaskCriterion",
    "TaskResult",
    "TextBand",
    "VisitAnswer",
    "VisitInspector",
]
