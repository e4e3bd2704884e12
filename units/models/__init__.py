"""Models of the organisation's side: one module per concept."""
from units.models.account import User
from units.models.exemption import Exemption
from units.models.export import Export
from units.models.handover import Handover
from units.models.history import HistoryEntry, HistoryHead
from units.models.honour import Honour
from units.models.leadership import Charge, LeadershipPost
from units.models.linked_body import BodyHonour, LinkedBody
from units.models.member import Member
from units.models.membership import Membership
from units.models.organization import Affiliation, Organization
from units.models.page_view import PageView
from units.models.party_group import GroupPlace, PartyGroup
from units.models.post import Post
from units.models.probation import ProbationDecision
from units.models.role import RoleGrant
from units.models.roster_import import ImportLine, RosterImport
from units.models.sanction import Sanction
from units.models.second_factor import RecoveryCode, SecondFactor
from units.models.sign_in import SignIn
from units.models.submission import Submission
from units.models.transfer import Transfer

__all__ = [
    "Affiliation",
    "BodyHonour",
    "Charge",
    "Exemption",
    "Export",
    "GroupPlace",
    "Handover",
    "HistoryEntry",
    "HistoryHead",
    "Honour",
    "ImportLine",
    "LeadershipPost",
    "LinkedBody",
    "Member",
    "Membership",
    "Organization",
    "PartyGroup",
    "Post",
    "ProbationDecision",
    "RecoveryCode",
    "RoleGrant",
    "RosterImport",
    "Sanction",
    "SecondFactor",
    "SignIn",
    "Submission",
    "Transfer",
    "User",
    "PageView",
]
