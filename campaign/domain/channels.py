"""The ways a reminder leaves the application: mail, and text messages through an HTTP gateway.

A channel has a `name` (ReminderChannel), `hand_over(reminder, at=)` → (ReminderState, error) and `close()`.
"""
import smtplib

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from campaign.enums import ReminderChannel, ReminderState
from config.kit.gateway import Outcome, hand_over

STATES = {
    Outcome.SENT: ReminderState.SENT, Outcome.REFUSED: ReminderState.FAILED, Outcome.AWAY: ReminderState.QUEUED,
    Outcome.UNKNOWN: ReminderState.UNKNOWN,
}
LONGEST = 70  # characters of one text message


class MailChannel:
    """One session for a batch; `site_url` begins every link."""

    name = ReminderChannel.MAIL

    def __init__(self, site_url):
        self.site_url = site_url.rstrip("/")
        self.connection = get_connection()

    def hand_over(self, reminder, *, at):
        message = EmailMessage(
            subject=_("提醒：%(title)s") % {"title": reminder.title},
            body="\n\n".join(filter(None, [reminder.body, self.site_url + reminder.url])),
            to=[reminder.recipient.email],
            connection=self.connection,
        )
        try:
            self.connection.open()
            message.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as reason:
            return ReminderState.FAILED, str(reason)
        except (
            ConnectionRefusedError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError
        ) as reason:
            return ReminderState.QUEUED, str(reason)
        except (OSError, smtplib.SMTPException) as reason:
            self.connection.connection = None  # whatever became of the session, the next mail opens a new one
            return ReminderState.UNKNOWN, str(reason)
        return ReminderState.SENT, ""

    def close(self):
        self.connection.close()


class SmsChannel:
    """Each message is a request of its own; its id is the reminder's, so the gateway can tell a second one too."""

    name = ReminderChannel.SMS

    def __init__(self, gateway, site_url):
        self.gateway, self.site_url = gateway, site_url.rstrip("/")

    def hand_over(self, reminder, *, at):
        member = reminder.recipient.member
        if member is None or not member.phone:
            return ReminderState.FAILED, _("没有联系电话。")
        text = _("提醒：%(title)s") % {"title": reminder.title}
        values = {
            "phone": "".join(member.phone.split()), "text": text[:LONGEST], "title": reminder.title,
            "url": self.site_url + reminder.url, "id": str(reminder.pk),
        }
        outcome, said = hand_over(self.gateway, values, at=at, message_id=f"reminder-{reminder.pk}-{reminder.lease}")
        return STATES[outcome], "" if outcome == Outcome.SENT else said

    def close(self):
        """Nothing stays open."""
