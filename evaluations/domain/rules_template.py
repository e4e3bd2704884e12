"""The common scoring rules that a new campaign starts with: indicators, assessment sheets, gates and bands.

The measures are those of the scoring contract (3-scoring.md). Points and targets are demonstration values that the office
edits; bands and gates are the field's usual ones (1-domain.md, Assessment sheets).
"""
from django.db import transaction

from campaign.enums import Track
from evaluations.enums import GateEffect, MeasureName, Source
from evaluations.models import Band, Gate, Indicator, SheetItem

POINT = 10_000  # one point in ten-thousandths

# criterion, code, title, points, source, measure, parameters
ORGANIZATION_INDICATORS = [
    ("G1", "G1-1", "班子建设考评", 60, Source.ASSESSMENT, MeasureName.MARKED, {"items": ["O1", "O2"]}),
    ("G1", "G1-2", "领导干部讲党课", 40, Source.RESULTS, MeasureName.REACHED,
     {"kinds": ["party_lecture"], "target": 1, "window": "phase"}),
    ("G2", "G2-1", "党员参加活动", 40, Source.RESULTS, MeasureName.TOOK_PART, {"kinds": [], "window": "phase"}),
    ("G2", "G2-2", "公开承诺兑现", 35, Source.RESULTS, MeasureName.KEPT, {"of": "all"}),
    ("G2", "G2-3", "党员队伍评议", 25, Source.OPINION, MeasureName.SATISFIED,
     {"formula": "top2", "audience": "all", "items": ["org_building"]}),
    ("G3", "G3-1", "制度执行检查", 40, Source.ASSESSMENT, MeasureName.MARKED, {"items": ["O3"]}),
    ("G3", "G3-2", "计划任务按期完成", 60, Source.RESULTS, MeasureName.ON_TIME, {}),
    ("G4", "G4-1", "中心工作考评", 40, Source.ASSESSMENT, MeasureName.MARKED, {"items": ["O4"]}),
    ("G4", "G4-2", "主题实践活动", 35, Source.RESULTS, MeasureName.REACHED,
     {"kinds": ["theme_practice", "volunteer", "innovation", "window"], "target": 2, "window": "phase"}),
    ("G4", "G4-3", "重点任务评议", 25, Source.OPINION, MeasureName.SATISFIED,
     {"formula": "top2", "audience": "all", "items": ["org_central_work"]}),
    ("G5", "G5-1", "群众满意", 60, Source.OPINION, MeasureName.SATISFIED,
     {"formula": "top2", "audience": "masses", "items": []}),
    ("G5", "G5-2", "联系服务群众的活动", 40, Source.RESULTS, MeasureName.REACHED,
     {"kinds": [], "target": 2, "window": "phase"}),
]

MEMBER_INDICATORS = [
    ("L1", "L1-1", "参加学习", 100, Source.RESULTS, MeasureName.TOOK_PART,
     {"kinds": ["study", "party_lecture"], "window": "phase"}),
    ("L2", "L2-1", "承诺兑现", 60, Source.RESULTS, MeasureName.KEPT, {"of": "members"}),
    ("L2", "L2-2", "立足岗位评议", 40, Source.OPINION, MeasureName.SATISFIED,
     {"formula": "top2", "audience": "all", "items": ["member_duties"]}),
    ("L3", "L3-1", "联系服务群众评议", 60, Source.OPINION, MeasureName.SATISFIED,
     {"formula": "top2", "audience": "all", "items": ["member_masses"]}),
    ("L3", "L3-2", "参加服务活动", 40, Source.RESULTS, MeasureName.TOOK_PART,
     {"kinds": ["volunteer", "theme_practice", "window"], "window": "phase"}),
    ("L4", "L4-1", "遵纪守法考评", 100, Source.ASSESSMENT, MeasureName.MARKED, {"items": ["M1"]}),
    ("L5", "L5-1", "参加组织生活", 100, Source.RESULTS, MeasureName.TOOK_PART, {"kinds": [], "window": "phase"}),
]

# track, code, title, how points are taken off, how it is verified, maximum, cap of the bonus (points)
SHEET_ITEMS = [
    (Track.ORGANIZATION, "O1", "班子学习", "少学一次扣 2 分。", "学习记录", 30, 0),
    (Track.ORGANIZATION, "O2", "民主集中制", "重大事项没有集体研究，一次扣 5 分。", "会议记录", 30, 0),
    (Track.ORGANIZATION, "O3", "制度执行", "三会一课缺一次扣 3 分。", "活动记录、会议记录", 50, 0),
    (Track.ORGANIZATION, "O4", "中心工作完成", "重点任务没有按时完成，一项扣 5 分；受到上级通报表扬的加 5 分。", "听汇报、查文件", 50, 5),
    (Track.MEMBER, "M1", "遵守纪律", "违反单位制度一次扣 10 分；受处分的不得分。", "查文件、走访", 100, 0),
]

GATES = [
    ("mass_90", "群众满意率低于 90%", 9_000, GateEffect.CAP, "fair"),
    ("mass_80", "群众满意率低于 80%", 8_000, GateEffect.BAR, ""),
]

BANDS = [("good", "好", 90), ("better", "较好", 80), ("fair", "一般", 60), ("poor", "较差", 0)]


@transaction.atomic
def set_up_rules(campaign, *, by, at):
    """Write the template's rules for `campaign` as their first version; returns the number of rows written."""
    version = {"campaign": campaign, "recorded_at": at, "recorded_by": by}
    indicators = [
        Indicator(
            track=track, criterion_code=criterion, code=code, title=title, points=points, source=source,
            measure=measure, parameters=parameters, position=n, **version,
        )
        for track, rows in ((Track.ORGANIZATION, ORGANIZATION_INDICATORS), (Track.MEMBER, MEMBER_INDICATORS))
        for n, (criterion, code, title, points, source, measure, parameters) in enumerate(rows)
    ]
    items = [
        SheetItem(
            track=track, code=code, title=title, text=text, verification=verification, maximum=maximum * POINT,
            bonus_cap=bonus * POINT, position=n, **version,
        )
        for n, (track, code, title, text, verification, maximum, bonus) in enumerate(SHEET_ITEMS)
    ]
    gates = [
        Gate(
            track=Track.ORGANIZATION, code=code, title=title, measure=MeasureName.SATISFIED,
            parameters={"formula": "top2", "audience": "masses", "items": []}, minimum=minimum, effect=effect,
            cap_band=cap, position=n, **version,
        )
        for n, (code, title, minimum, effect, cap) in enumerate(GATES)
    ]
    bands = [
        Band(code=code, title=title, minimum=minimum * POINT, position=n, **version)
        for n, (code, title, minimum) in enumerate(BANDS)
    ]
    for model, rows in ((Indicator, indicators), (SheetItem, items), (Gate, gates), (Band, bands)):
        model.objects.bulk_create(rows)
    return len(indicators) + len(items) + len(gates) + len(bands)
