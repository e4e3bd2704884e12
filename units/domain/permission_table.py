"""What each role may do, in words for the one who grants it; the rules themselves stand in the apps' permissions.py."""
from django.utils.translation import gettext_lazy as _

from units.enums import Role

# role, what it sees, what it does, what it never does
ROWS = [
    (
        Role.SECRETARY.label, _("本组织和下级的记录、党员"),
        _("记活动，起草计划和承诺，报整改，登记评议，点评本支部党员，推荐表彰，登记群团组织，更正党员电话和职务"),
        _("审自己的计划和承诺，验收自己的整改，点评本支部"),
    ),
    (
        Role.COMMITTEE.label, _("本单位和各支部的记录、党员"),
        _("审下级的计划和承诺，点评下级，验收整改，改已同意计划里的任务，推荐表彰，办下级党组织的成立和变动"),
        _("审本单位自己的计划，点评本单位"),
    ),
    (
        Role.OFFICE.label, _("范围内全部记录、党员和得分"),
        _("导入台账，办党组织的成立、更名、移动、合并和撤销，登记领导小组和分工，改活动方案、条件和指标，审各单位计划，考评，计分，转办和办结意见，组织评选和导出"),
        _("代单位记活动，代支部推荐"),
    ),
    (Role.LEADER.label, _("范围内全部记录、覆盖情况和得分"), _("点评，导出表彰名单"), _("改下级的记录")),
    (Role.INSPECTOR.label, _("范围内全部记录"), _("登记考评"), _("改下级的记录，看个人排名")),
    (
        Role.MEMBER.label, _("本支部的活动和承诺，自己的页面"), _("写自己的承诺，看自己的得分和收到的点评"),
        _("看别的党员的页面和名册"),
    ),
    (Role.SYSTEM.label, _("账号"), _("开账号，停用，重设密码"), _("看业务记录，授角色")),
    (Role.SECURITY.label, _("账号和角色"), _("授予和撤销角色"), _("给自己授权，看业务记录")),
    (Role.AUDIT.label, _("全部日志"), _("查日志，核对日志有没有被改"), _("看业务页面，改任何东西")),
]
