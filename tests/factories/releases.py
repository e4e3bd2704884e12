"""Makers of what is shown: role models, exhibits, papers, bulletins."""
import datetime

import factory

from campaign.models import Bulletin, BulletinEntry, Exhibit, Paper, RoleModel
from tests.factories.campaign import DAY, CampaignFactory, noon
from tests.factories.photos import PhotoFactory
from tests.factories.units import MemberFactory


class ReleaseFactory(factory.django.DjangoModelFactory):
    """Published on DAY by the campaign's root, unless said otherwise."""

    class Meta:
        abstract = True

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    state = "published"
    moved_at = factory.LazyFunction(lambda: noon(DAY))
    published_at = factory.LazyAttribute(lambda made: made.moved_at if made.state == "published" else None)


class RoleModelFactory(ReleaseFactory):
    class Meta:
        model = RoleModel

    title = factory.Sequence("把窗口当作家门口 {}".format)
    member = factory.SubFactory(MemberFactory, organization=factory.SelfAttribute("..organization"))
    story = "每周三晚上延时办公，一年为 40 户老人代办手续。"
    lesson = "把服务时间放到群众下班以后。"
    consent_on = datetime.date(2011, 5, 20)


class ExhibitFactory(ReleaseFactory):
    class Meta:
        model = Exhibit

    title = factory.Sequence("走进社区 {}".format)
    photo = factory.SubFactory(PhotoFactory, organization=factory.SelfAttribute("..organization"))
    happened_on = DAY
    place = "社区服务站"
    people = "党员和社区老人"
    background = "主题实践活动"
    occasion = "上门代办优待证"
    consent_on = datetime.date(2011, 5, 20)


class PaperFactory(ReleaseFactory):
    class Meta:
        model = Paper

    title = factory.Sequence("一次办好的三个做法 {}".format)
    authors = "支部调研组"
    summary = "把材料清单减到三样。"
    text = "第一，清单上墙。第二，代办到户。第三，回访到人。"


class BulletinFactory(factory.django.DjangoModelFactory):
    """The draft of an issue about the days before DAY."""

    class Meta:
        model = Bulletin

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    title = factory.Sequence("六月动态 {}".format)
    starts_on = datetime.date(2011, 5, 1)
    ends_on = datetime.date(2011, 6, 10)
    moved_at = factory.LazyFunction(lambda: noon(DAY))


class BulletinEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BulletinEntry

    bulletin = factory.SubFactory(BulletinFactory)
    position = factory.Sequence(lambda number: number + 1)
    source = "activity"
    key = factory.Sequence(lambda number: f"{number:032x}")
    text = "5月20日，办公厅第一党支部开展主题党日。"
