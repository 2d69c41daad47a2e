"""The e-mail that reminds a teacher: what is missing, by class, with links and no pupil's name."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.calendar import period_name
from assessments.owing import Debtor
from schools.models import StaffMember


def nudge_email(debtor: Debtor, *, sender: StaffMember, site_url: str) -> EmailMessage:
    """In the school's language: whoever sends may read another."""
    with translation.override(settings.LANGUAGE_CODE):
        period = period_name(debtor.debts[0].period)
        body = render_to_string(
            "assessments/nudge_email.txt",
            {
                "teacher": debtor.teacher,
                "sender": sender,
                "school": debtor.teacher.school,
                "period": period,
                "debts": _lines(debtor, site_url),
                "site_url": site_url,
            },
        )
        subject = _("%(school)s: kết quả %(period)s còn thiếu") % {
            "school": debtor.teacher.school.name,
            "period": period[:1].lower() + period[1:],
        }
    reply_to = [sender.acting_user.email] if sender.acting_user.email else []
    return EmailMessage(subject, body, to=[debtor.address], reply_to=reply_to)


def _lines(debtor: Debtor, site_url: str) -> Sequence[dict[str, str]]:
    return [
        {"sentence": debt.sentence, "url": f"{site_url.rstrip('/')}{debt.url}"}
        for debt in debtor.debts
    ]
