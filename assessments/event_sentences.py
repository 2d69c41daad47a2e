"""What each audit event is called on the history pages: one table, and a sentence for the rest."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventLook:
    """The sentence may name %(pupil)s, %(subject)s, %(school_class)s and %(period)s."""

    sentence: str | Promise
    tone: str = ""


EVENT_LOOKS: dict[str, EventLook] = {
    "class_period.submitted": EventLook(
        _("Gửi lớp %(school_class)s lên hiệu trưởng%(period)s"), "waiting"
    ),
    "class_period.returned": EventLook(_("Trả lại lớp %(school_class)s%(period)s"), "attention"),
    "class_period.signed_off": EventLook(_("Ký duyệt lớp %(school_class)s%(period)s"), "done"),
    "class_period.reopened": EventLook(_("Mở lại lớp %(school_class)s%(period)s"), "waiting"),
    "period_record.submitted": EventLook(_("Gửi kết quả của %(pupil)s lên hiệu trưởng%(period)s")),
    "period_record.returned": EventLook(_("Trả lại kết quả của %(pupil)s%(period)s"), "attention"),
    "period_record.signed_off": EventLook(_("Ký duyệt kết quả của %(pupil)s%(period)s"), "done"),
    "period_record.reopened": EventLook(_("Mở lại kết quả của %(pupil)s%(period)s"), "waiting"),
    "period_record.saved": EventLook(
        _("Nhập nghỉ học, sức khỏe, nhận xét của %(pupil)s%(period)s")
    ),
    "subject_result.saved": EventLook(_("Nhập %(subject)s của %(pupil)s%(period)s")),
    "trait_results.saved": EventLook(_("Nhập phẩm chất, năng lực của %(pupil)s%(period)s")),
    "trait_note.saved": EventLook(_("Ghi chú về phẩm chất, năng lực của %(pupil)s%(period)s")),
    "year_decision.confirmed": EventLook(_("Xác nhận kết quả năm học của %(pupil)s")),
    "year_decision.reward_refused": EventLook(
        _("Không tặng danh hiệu cuối năm cho %(pupil)s"), "attention"
    ),
    "year_decision.reward_restored": EventLook(
        _("Bỏ việc không tặng danh hiệu cuối năm cho %(pupil)s")
    ),
    "subject.confirmed": EventLook(_("Xác nhận kết quả môn %(subject)s%(period)s"), "done"),
    "supplementary_assessment.planned": EventLook(_("Lập kế hoạch đánh giá bổ sung cho %(pupil)s")),
    "supplementary_assessment.decided": EventLook(
        _("Quyết định sau đánh giá bổ sung của %(pupil)s"), "done"
    ),
    "reopen_request.asked": EventLook(_("Đề nghị mở lại%(period)s"), "waiting"),
    "reopen_request.granted": EventLook(_("Chấp thuận đề nghị mở lại%(period)s"), "done"),
    "reopen_request.refused": EventLook(_("Không chấp thuận đề nghị mở lại%(period)s")),
    "extension_request.asked": EventLook(_("Đề nghị gia hạn%(period)s"), "waiting"),
    "extension_request.granted": EventLook(_("Chấp thuận đề nghị gia hạn%(period)s"), "done"),
    "extension_request.refused": EventLook(_("Không chấp thuận đề nghị gia hạn%(period)s")),
    "extension.granted": EventLook(_("Gia hạn nhập%(period)s"), "done"),
    "extension.revoked": EventLook(_("Thu hồi gia hạn%(period)s"), "attention"),
    "retest.proposed": EventLook(
        _("Đề nghị cho %(pupil)s kiểm tra lại %(subject)s%(period)s"), "waiting"
    ),
    "retest.agreed": EventLook(
        _("Đồng ý cho %(pupil)s kiểm tra lại %(subject)s%(period)s"), "done"
    ),
    "retest.declined": EventLook(
        _("Không đồng ý cho %(pupil)s kiểm tra lại %(subject)s%(period)s"), "attention"
    ),
    "retest.taken": EventLook(_("Ghi điểm kiểm tra lại %(subject)s của %(pupil)s%(period)s")),
    "retest.withdrawn": EventLook(
        _("Rút đề nghị cho %(pupil)s kiểm tra lại %(subject)s%(period)s")
    ),
    "commendation.proposed": EventLook(_("Đề nghị khen thưởng %(pupil)s"), "waiting"),
    "commendation.forwarded": EventLook(_("Đề nghị cấp trên khen thưởng %(pupil)s"), "waiting"),
    "commendation.awarded": EventLook(_("Khen thưởng %(pupil)s"), "done"),
    "commendation.sent": EventLook(_("Gửi thư khen %(pupil)s"), "done"),
    "commendation.declined": EventLook(
        _("Không khen thưởng %(pupil)s như đã đề nghị"), "attention"
    ),
    "commendation.withdrawn": EventLook(_("Rút khen thưởng hoặc thư khen của %(pupil)s")),
    "handover.saved": EventLook(_("Ghi biên bản bàn giao lớp %(school_class)s")),
    "handover_note.saved": EventLook(_("Ghi nét nổi bật, hạn chế của %(pupil)s để bàn giao")),
    "handover.receiver_named": EventLook(_("Chọn người nhận lớp %(school_class)s")),
    "handover.handed_over": EventLook(_("Bàn giao lớp %(school_class)s"), "waiting"),
    "handover.received": EventLook(_("Nhận bàn giao lớp %(school_class)s"), "done"),
    "handover.returned": EventLook(
        _("Trả lại biên bản bàn giao lớp %(school_class)s"), "attention"
    ),
    "handover.printed": EventLook(_("In biên bản bàn giao lớp %(school_class)s")),
    "nudge.sent": EventLook(_("Gửi thư nhắc nhập kết quả")),
    "nudge.failed": EventLook(_("Không gửi được thư nhắc nhập kết quả"), "attention"),
    "child_card.read": EventLook(_("Gia đình đọc phiếu của %(pupil)s%(period)s")),
    "reward_list.printed": EventLook(_("In danh sách khen thưởng có %(pupil)s")),
    "period_report.printed": EventLook(_("In phiếu liên lạc của %(pupil)s%(period)s")),
    "report_card.printed": EventLook(_("In học bạ của %(pupil)s")),
    "report_card.created": EventLook(_("Khởi tạo học bạ số của %(pupil)s")),
    "report_card.signed_by_homeroom_teacher": EventLook(
        _("Chủ nhiệm ký học bạ số của %(pupil)s"), "waiting"
    ),
    "report_card.signed_by_leader": EventLook(_("Lãnh đạo ký học bạ số của %(pupil)s"), "waiting"),
    "report_card.issued": EventLook(_("Phát hành học bạ số của %(pupil)s"), "done"),
    "report_card.discarded": EventLook(_("Bỏ bản học bạ số của %(pupil)s"), "attention"),
    "report_card.sent": EventLook(_("Gửi Sở học bạ số của %(pupil)s"), "waiting"),
    "report_card.accepted": EventLook(_("Sở tiếp nhận học bạ số của %(pupil)s"), "waiting"),
    "report_card.circulated": EventLook(_("Sở cho lưu hành học bạ số của %(pupil)s"), "done"),
    "report_card.refused": EventLook(_("Sở từ chối học bạ số của %(pupil)s"), "attention"),
    "report_card.taken_back": EventLook(_("Rút về học bạ số của %(pupil)s"), "attention"),
    "report_card.withdrawal_requested": EventLook(
        _("Đề nghị Sở cho thu hồi học bạ số của %(pupil)s"), "attention"
    ),
    "report_card.withdrawal_refused": EventLook(_("Sở không cho thu hồi học bạ số của %(pupil)s")),
    "report_card.withdrawn": EventLook(_("Thu hồi học bạ số của %(pupil)s"), "attention"),
    "report_card.superseded": EventLook(_("Học bạ mới thay cho học bạ số của %(pupil)s")),
    "report_card.pupil_corrected": EventLook(_("Sửa thông tin của %(pupil)s để thay học bạ")),
    "report_card.downloaded": EventLook(_("Tải tệp học bạ số của %(pupil)s")),
    "withdrawal_request.granted": EventLook(
        _("Ghi trả lời: Sở cho thu hồi học bạ số của %(pupil)s")
    ),
    "withdrawal_request.refused": EventLook(
        _("Ghi trả lời: Sở không cho thu hồi học bạ số của %(pupil)s")
    ),
    "certified_copy.given": EventLook(_("Cấp bản sao, tệp học bạ số của %(pupil)s")),
    "signing_run.started": EventLook(_("Bắt đầu lượt ký học bạ số"), "waiting"),
    "signing_run.prepared": EventLook(_("Chuẩn bị mã băm học bạ số để ký ở nơi khác"), "waiting"),
    "signing_run.signature_refused": EventLook(_("Từ chối ký một học bạ số"), "attention"),
    "signing_run.timed_out": EventLook(_("Hết thời gian chờ chữ ký học bạ số"), "attention"),
    "signing_run.given_up": EventLook(_("Máy ký dừng vì chứng thư hoặc khóa"), "attention"),
    "signing_run.retried": EventLook(_("Ký lại các học bạ số chưa ký được"), "waiting"),
    "signing_run.resumed": EventLook(_("Gọi lại máy ký học bạ số"), "waiting"),
    "signing_run.cancelled": EventLook(_("Hủy lượt ký học bạ số"), "attention"),
    "rendering.asked": EventLook(_("Yêu cầu tạo tài liệu PDF"), "waiting"),
    "rendering.resumed": EventLook(_("Gọi lại máy tạo tài liệu PDF"), "waiting"),
    "rendering.made": EventLook(_("Tạo xong một tài liệu PDF")),
    "rendering.refused": EventLook(_("Không tạo được một tài liệu PDF"), "attention"),
    "print_run.started": EventLook(_("Bắt đầu lượt in học bạ, phiếu liên lạc"), "waiting"),
    "print_run.finished": EventLook(_("Ghép xong tệp của lượt in"), "done"),
    "print_run.refused": EventLook(_("Không ghép được tệp của lượt in"), "attention"),
    "print_run.retried": EventLook(_("Làm lại lượt in"), "waiting"),
    "print_run.resumed": EventLook(_("Gọi lại máy tạo tài liệu cho lượt in"), "waiting"),
    "print_run.cancelled": EventLook(_("Hủy lượt in"), "attention"),
    "print_run.downloaded": EventLook(_("Tải tệp của lượt in")),
    "rendering.purged": EventLook(_("Xóa các bản nháp PDF quá một ngày")),
    "print_run.expired": EventLook(_("Xóa tệp của lượt in đã hết hạn")),
    "card_year.closed": EventLook(_("Chốt học bạ của năm học"), "done"),
    "allotted_uuids.received": EventLook(_("Ghi mã tra cứu học bạ do Sở cấp")),
    "signing_certificate.registered": EventLook(_("Đăng ký chứng thư số")),
    "signing_certificate.approved": EventLook(_("Ghi phê duyệt của Sở cho chứng thư số"), "done"),
    "signing_certificate.ended": EventLook(_("Ngừng dùng chứng thư số"), "attention"),
    "signing_certificate.resealed": EventLook(_("Niêm phong lại tệp khóa ký số")),
    "revocation_list.received": EventLook(_("Nhận danh sách thu hồi chứng thư")),
    "summary_sheet.printed": EventLook(_("In bảng tổng hợp của lớp %(school_class)s%(period)s")),
    "summary_sheet.downloaded": EventLook(
        _("Tải về Excel bảng tổng hợp của lớp %(school_class)s%(period)s")
    ),
    "ministry_results.downloaded": EventLook(
        _("Tải về tệp kết quả nộp cơ sở dữ liệu ngành%(period)s")
    ),
    "comment_entry.created": EventLook(_("Thêm mã nhận xét")),
    "comment_entry.changed": EventLook(_("Sửa mã nhận xét")),
    "comment_entry.removed": EventLook(_("Xóa mã nhận xét")),
    "student.created": EventLook(_("Thêm hồ sơ của %(pupil)s")),
    "student.updated": EventLook(_("Sửa hồ sơ của %(pupil)s")),
    "student.removed": EventLook(_("Xóa hồ sơ nhập nhầm")),
    "guardian.confirmed": EventLook(_("Xác nhận cha mẹ, người giám hộ của %(pupil)s")),
    "enrollment.started": EventLook(_("Xếp %(pupil)s vào lớp")),
    "enrollment.ended": EventLook(_("Ghi %(pupil)s rời lớp")),
    "enrollment.reopened": EventLook(_("Ghi lại: %(pupil)s chưa rời lớp")),
    "enrollment.removed": EventLook(_("Xóa xếp lớp nhầm của %(pupil)s")),
    "class_sheet.downloaded": EventLook(_("Tải về tệp Excel của lớp %(school_class)s%(period)s")),
    "sheet_upload.uploaded": EventLook(_("Tải lên tệp Excel của lớp %(school_class)s%(period)s")),
    "sheet_upload.confirmed": EventLook(
        _("Ghi kết quả từ tệp Excel của lớp %(school_class)s%(period)s")
    ),
    "sheet_upload.expired": EventLook(
        _("Bỏ tệp Excel quá hạn, chưa xác nhận, của lớp %(school_class)s")
    ),
    "enrollment.assessment_settled": EventLook(_("Ghi quyết định về việc đánh giá %(pupil)s")),
    "individual_plan.written": EventLook(_("Ghi kế hoạch giáo dục cá nhân của %(pupil)s")),
    "school_class.created": EventLook(_("Lập lớp %(school_class)s")),
    "subject_offering.added": EventLook(_("Thêm môn %(subject)s cho lớp %(school_class)s")),
    "subject_offering.removed": EventLook(
        _("Bỏ môn %(subject)s của lớp %(school_class)s"), "attention"
    ),
    "subject_offering.renamed": EventLook(
        _("Đặt tên ngôn ngữ của môn %(subject)s, lớp %(school_class)s")
    ),
    "homeroom_assignment.started": EventLook(_("Phân công chủ nhiệm lớp %(school_class)s")),
    "teaching_assignment.started": EventLook(_("Phân công giảng dạy lớp %(school_class)s")),
}

UNKNOWN_EVENT = EventLook(_("Thay đổi khác (%(event)s)"))


def look_of(event: str) -> EventLook:
    return EVENT_LOOKS.get(event, UNKNOWN_EVENT)
