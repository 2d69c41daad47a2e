"""The words of what is sent to the department and of what it answers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reportcards.workflow import CardStep

Text = str | Promise


@dataclass(frozen=True)
class DeliveryWords:
    """`title_of_class`, `success_of_class` name the class, `title`, `success` the pupil."""

    title: Text
    title_of_class: Text
    lead: Text
    button: Text
    success: Text
    success_of_class: Text


WORDS = {
    CardStep.SEND: DeliveryWords(
        title=_("Ghi việc gửi Sở học bạ của em %(name)s"),
        title_of_class=_("Ghi việc gửi Sở học bạ lớp %(name)s"),
        lead=_(
            "Ghi khi đã nộp học bạ lên cổng tiếp nhận của Sở. Từ đây học bạ chờ Sở trả lời; "
            "nội dung không đổi."
        ),
        button=_("Ghi đã gửi Sở"),
        success=_("Đã ghi: học bạ của em %(name)s đã gửi Sở."),
        success_of_class=_("Đã ghi: học bạ lớp %(name)s đã gửi Sở."),
    ),
    CardStep.ACCEPT: DeliveryWords(
        title=_("Ghi việc Sở tiếp nhận học bạ của em %(name)s"),
        title_of_class=_("Ghi việc Sở tiếp nhận học bạ lớp %(name)s"),
        lead=_("Ghi khi cổng của Sở báo đã tiếp nhận."),
        button=_("Ghi Sở đã tiếp nhận"),
        success=_("Đã ghi: Sở đã tiếp nhận học bạ của em %(name)s."),
        success_of_class=_("Đã ghi: Sở đã tiếp nhận học bạ lớp %(name)s."),
    ),
    CardStep.CIRCULATE: DeliveryWords(
        title=_("Ghi việc Sở cho lưu hành học bạ của em %(name)s"),
        title_of_class=_("Ghi việc Sở cho lưu hành học bạ lớp %(name)s"),
        lead=_("Ghi khi Sở đã cho lưu hành: học bạ tra cứu được trên kho học bạ số."),
        button=_("Ghi đang lưu hành"),
        success=_("Đã ghi: học bạ của em %(name)s đang lưu hành."),
        success_of_class=_("Đã ghi: học bạ lớp %(name)s đang lưu hành."),
    ),
    CardStep.REFUSE: DeliveryWords(
        title=_("Ghi việc Sở từ chối học bạ của em %(name)s"),
        title_of_class=_("Ghi việc Sở từ chối học bạ lớp %(name)s"),
        lead=_(
            "Ghi khi Sở trả lời không tiếp nhận. Lãnh đạo trường rút học bạ về, sửa rồi khởi tạo "
            "bản mới với mã tra cứu mới; không cần quyết định thu hồi của Sở."
        ),
        button=_("Ghi Sở từ chối"),
        success=_("Đã ghi: Sở từ chối học bạ của em %(name)s."),
        success_of_class=_("Đã ghi: Sở từ chối các học bạ đã chọn của lớp %(name)s."),
    ),
}


def delivery_words(step: CardStep) -> DeliveryWords:
    return WORDS[step]
