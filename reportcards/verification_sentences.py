"""The codes of `reportcards.verify` as sentences. Knows no model: the command line uses it too."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reportcards.profiles.violations import Violation
from reportcards.verify.findings import Finding
from reportcards.verify.grounds import Standing
from reportcards.verify.report import Archive, CertificateReport, SignatureReport

Sentences = Mapping[str, str | Promise]
Row = tuple[str | Promise, str]

VIETNAM = timezone(timedelta(hours=7))

OF_FILES: Sentences = {
    "too_large": _("Tệp lớn hơn %(most)s MB nên không được đọc; một học bạ số nhỏ hơn 1 MB."),
    "empty": _("Tệp không có nội dung."),
    "archive": _("Đây là tệp nén. Hãy giải nén rồi chọn tệp XML hoặc PDF của học bạ."),
    "pdf": _("Đây là tệp PDF, không phải tệp XML của học bạ."),
    "not_xml": _(
        "Đây không phải là tệp XML hoặc PDF của học bạ số. Hãy chọn tệp đã ký, như nhà trường cấp."
    ),
    "other_encoding": _("Tệp không dùng bảng mã UTF-8 nên không phải là học bạ số."),
    "document_type": _("Tệp có khai báo kiểu tài liệu (DTD) hoặc thực thể, học bạ số không có."),
    "comment": _("Tệp có chú thích XML, học bạ số không có."),
    "cdata": _("Tệp có đoạn CDATA, học bạ số không có."),
    "processing_instruction": _("Tệp có chỉ thị xử lý XML, học bạ số không có."),
    "other_root": _("Tệp không bắt đầu và kết thúc bằng thẻ HOC_BA hoặc DANH_SACH_HOC_BA."),
    "between_cards": _("Danh sách có nội dung nằm ngoài các thẻ HOC_BA."),
    "too_many_cards": _("Danh sách có hơn %(most)s học bạ. Hãy chia thành nhiều tệp."),
    "card_too_large": _("Một học bạ trong tệp lớn hơn %(most)s MB nên không được đọc."),
    "too_much_markup": _("Tệp có quá nhiều thẻ hoặc thẻ quá dài so với một học bạ số."),
    "not_well_formed": _("Tệp không phải là XML đúng cú pháp (dòng %(line)s)."),
    "pdf_too_large": _("Tệp PDF lớn hơn %(most)s MB nên không được đọc; học bạ số nhỏ hơn 1 MB."),
    "pdf_damaged": _(
        "Tệp PDF bị hỏng, bị cắt hoặc được viết lại bằng phần mềm khác. Hãy tải lại tệp nhà trường "
        "cấp và gửi nguyên tệp, không mở ra lưu lại."
    ),
    "pdf_encrypted": _("Tệp PDF được mã hóa hoặc có mật khẩu, học bạ số không có."),
    "pdf_too_much_inside": _("Tệp PDF chứa quá nhiều thứ so với một học bạ số nên không được đọc."),
    "no_data_node": _(
        "Tệp PDF không có dữ liệu học bạ kèm theo (du_lieu_hoc_ba.xml) nên không phải là học bạ số "
        "đã ký. Bản in và bản sao không kiểm tra được bằng tệp; hãy tra cứu bằng mã."
    ),
    "data_not_canonical": _("Dữ liệu kèm theo tệp PDF không viết đúng dạng của học bạ số."),
    "repeated_card": _("Danh sách có hai học bạ cùng mã tra cứu %(uuid)s."),
}
OF_CARDS: Sentences = {
    "no_uuid": _("Vùng dữ liệu không mang mã tra cứu học bạ (UUID phiên bản 4)."),
    "other_version": _("Phiên bản của học bạ không phải là %(expected)s."),
    "respelled": _(
        "Tệp không còn nguyên từng ký tự như khi phát hành (dấu cách, dấu nháy hoặc cách viết thẻ)."
    ),
    "repeated_id": _("Một định danh (Id) đứng ở hai nơi trong học bạ."),
    "stray_signature": _("Có chữ ký nằm ngoài ô ký của học bạ, hoặc không đọc được."),
    "signed_in_the_future": _("Thời gian ký muộn hơn lúc kiểm tra."),
    "signed_out_of_order": _("Thời gian của các chữ ký không theo thứ tự ký."),
    "differs_from_archive": _("Tệp khác bản lưu của nhà trường."),
    "not_in_archive": _(
        "Hệ thống này không có học bạ mang mã tra cứu ấy nên không đối chiếu được."
    ),
    "unexpected_content": _("Tệp PDF có phần mà học bạ số không có: %(name)s."),
    "not_pdf_a": _("Tệp không còn dấu hiệu của chuẩn lưu trữ lâu dài PDF/A-3b."),
    "changed_after_signing": _("Tệp PDF có phần được thêm vào hoặc sửa đi sau khi ký."),
    "data_differs_from_xml": _("Dữ liệu kèm theo tệp PDF khác dữ liệu đã ký trong XML của học bạ."),
    "pages_differ": _(
        "Trang in không đúng với dữ liệu học bạ ở mục “%(caption)s”: trang ghi “%(found)s”, dữ "
        "liệu là “%(expected)s”."
    ),
    "pages_say_more": _("Trang in có chữ không thuộc mục nào của học bạ: “%(found)s”."),
    "stamp_over_words": _("Ô chữ ký trong tệp PDF nằm đè lên chữ của học bạ."),
    "pages_unreadable": _("Không đọc được chữ trên các trang của tệp PDF để đối chiếu."),
    "not_in_force": _("Học bạ này đã bị thu hồi, được thay thế hoặc không được Sở chấp nhận."),
}
OF_SLOTS: Sentences = {
    "signature_missing": _("Thiếu chữ ký này."),
    "signature_form": _("Chữ ký trong tệp PDF không viết đúng dạng của học bạ số (PAdES-B-B)."),
    "not_whole": _(
        "Chữ ký không bao trùm toàn bộ tệp PDF như lúc ký: tệp đã được lưu lại hoặc viết thêm."
    ),
    "signature_not_of_xml": _("Chữ ký này và chữ ký trong XML không cùng một lần ký."),
    "repeated_slot": _("Ô ký này có hai lần trong học bạ."),
    "unexpected_element": _("Chữ ký có thẻ %(tag)s ở chỗ chỉ được có: %(expected)s."),
    "unexpected_attribute": _("Thuộc tính của thẻ %(tag)s trong chữ ký không đúng quy định."),
    "algorithm_not_allowed": _(
        "Thẻ %(tag)s dùng thuật toán không được phép; học bạ số dùng SHA-256 với RSA hoặc P-256."
    ),
    "unexpected_text": _("Nội dung của thẻ %(tag)s trong chữ ký không đúng quy định."),
    "not_canonical": _("Thẻ %(tag)s trong chữ ký không phải là base64 đúng chuẩn."),
    "bad_time": _("Thời gian ký không phải là một thời điểm có thật."),
    "certificate_unreadable": _("Không đọc được chứng thư số kèm theo chữ ký."),
    "data_changed": _("Dữ liệu học bạ đã bị thay đổi sau khi ký."),
    "signing_time_changed": _("Thời gian ký đã bị thay đổi sau khi ký."),
    "signature_invalid": _("Chữ ký không phải do khóa của chứng thư kèm theo tạo ra."),
    "time_differs": _("NGAY_KY khác thời gian trong chữ ký (SigningTime)."),
    "personal_id_differs": _("SO_CCCD khác số định danh trong chứng thư."),
    "subject_name_differs": _("X509SubjectName khác tên chủ thể trong chứng thư."),
    "revoked_since": _("Sau khi ký, chứng thư của %(certified)s bị thu hồi từ %(on)s."),
    "compromised_since": _(
        "Chứng thư của %(certified)s bị thu hồi từ %(on)s vì lộ khóa, nên không tin được thời gian"
        " ký. Hãy đối chiếu với bản lưu của nhà trường."
    ),
    "demo_certificate": _("CHỨNG THƯ THỬ NGHIỆM: chữ ký này không có giá trị pháp lý."),
}
OF_CERTIFICATES: Sentences = {
    "expired": _("Lúc ký, chứng thư của %(certified)s đã hết hạn từ %(on)s."),
    "not_yet_valid": _("Lúc ký, chứng thư của %(certified)s chưa có hiệu lực; có từ %(on)s."),
    "is_ca": _("Chứng thư của %(certified)s là của một đơn vị cấp chứng thư, không phải để ký."),
    "wrong_usage": _("Chứng thư của %(certified)s không được cấp để ký số."),
    "weak_key": _("Khóa %(algorithm)s quá yếu; RSA phải có từ 2048 bit."),
    "unsupported_key": _("Khóa %(algorithm)s không dùng được cho học bạ số."),
    "wrong_person": _("Chứng thư là của %(certified)s, không phải của người ký %(person)s."),
    "no_personal_id": _("Chứng thư của %(certified)s không có số định danh cá nhân."),
    "wrong_organisation": _("Chứng thư là của %(certified)s, không phải của %(school)s."),
    "demo_in_production": _(
        "CHỨNG THƯ THỬ NGHIỆM của %(certified)s không có giá trị ngoài bản dùng thử."
    ),
    "unknown_issuer": _("Đơn vị cấp chứng thư “%(issuer)s” không thuộc các đơn vị được tin cậy."),
    "issuer_expired": _("Lúc ký, chứng thư của đơn vị cấp “%(issuer)s” không còn hiệu lực."),
    "revoked": _("Chứng thư của %(certified)s bị thu hồi từ %(on)s, trước lúc ký."),
    "issuer_revoked": _("Chứng thư của đơn vị cấp “%(certified)s” bị thu hồi từ %(on)s."),
    "crl_missing": _(
        "Chưa đối chiếu được việc thu hồi chứng thư: không có danh sách thu hồi của “%(issuer)s”."
    ),
    "crl_stale": _("Danh sách thu hồi của “%(issuer)s” lập lúc %(on)s, cũ hơn lúc ký."),
}
SENTENCES: Sentences = OF_FILES | OF_CARDS | OF_SLOTS | OF_CERTIFICATES  # type: ignore[operator]

OF_STRUCTURE: Sentences = {
    "unexpected_element": _("Thẻ %(tag)s không đúng chỗ."),
    "unknown_element": _("Thẻ %(tag)s không có trong mẫu học bạ."),
    "missing_element": _("Thẻ %(tag)s thiếu thẻ %(expected)s."),
    "stray_text": _("Thẻ %(tag)s có chữ nằm ngoài các thẻ con."),
    "unexpected_attribute": _("Thẻ %(tag)s có thuộc tính không được có."),
    "missing_attribute": _("Thẻ %(tag)s thiếu thuộc tính."),
    "invalid_value": _("Nội dung của thẻ %(tag)s không đúng định dạng."),
    "repeated_id": _("Định danh của thẻ %(tag)s đã có ở thẻ khác."),
    "id_differs": _("Định danh của thẻ %(tag)s khác mã tra cứu học bạ."),
}
SLOTS: Sentences = {
    "homeroom": _("giáo viên chủ nhiệm"),
    "leader": _("cán bộ quản lý"),
    "seal": _("dấu của trường"),
}
STANDINGS: Sentences = {
    Standing.VALID: _("còn hiệu lực"),
    Standing.NOT_YET_VALID: _("chưa có hiệu lực"),
    Standing.EXPIRED: _("đã hết hạn"),
    Standing.REVOKED: _("đã bị thu hồi"),
    Standing.UNTRUSTED: _("đơn vị cấp không được tin cậy"),
}
ARCHIVE_ANSWERS: Sentences = {
    Archive.SAME: _("giống từng byte với bản lưu của nhà trường"),
    Archive.DIFFERENT: _("khác bản lưu của nhà trường"),
    Archive.UNKNOWN: _("không có trong kho của hệ thống này"),
}


def sentence_of(finding: Finding) -> str:
    return str(SENTENCES[finding.code]) % _shown(finding.params)


def sentence_of_violation(violation: Violation) -> str:
    return str(OF_STRUCTURE[violation.code]) % _shown(violation.params)


def rows_of(signature: SignatureReport) -> list[Row]:
    """What QĐ 1789/2024, Điều 12.2.a names, as labels and texts."""
    certificate = signature.certificate
    if certificate is None:
        return []
    return [
        (_("Người ký"), _with_organisation(certificate)),
        (_("Đơn vị cấp chữ ký số"), certificate.issuer),
        (_("Thời gian ký"), shown_time(signature.signed_at) if signature.signed_at else ""),
        (_("Toàn vẹn dữ liệu"), _integrity(signature)),
        (_("Số chứng thư"), certificate.serial),
        (_("Thời hạn chứng thư"), _validity(certificate)),
        (_("Trạng thái lúc ký"), str(STANDINGS[certificate.at_signing])),
        (_("Trạng thái khi kiểm tra"), _standing_now(certificate)),
    ]


def shown_time(time: datetime) -> str:
    return f"{time.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    return {
        name: shown_time(value) if isinstance(value, datetime) else value
        for name, value in params.items()
    }


def _with_organisation(certificate: CertificateReport) -> str:
    names = [certificate.holder, certificate.organisation]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _integrity(signature: SignatureReport) -> str:
    if signature.is_intact:
        return gettext("không bị thay đổi sau khi ký")
    return gettext("ĐÃ BỊ THAY ĐỔI sau khi ký")


def _validity(certificate: CertificateReport) -> str:
    return gettext("từ %(start)s đến %(end)s") % {
        "start": shown_time(certificate.valid_from),
        "end": shown_time(certificate.valid_until),
    }


def _standing_now(certificate: CertificateReport) -> str:
    text = str(STANDINGS[certificate.now])
    if certificate.revoked_at is None:
        return text
    return gettext("%(standing)s từ %(time)s") % {
        "standing": text,
        "time": shown_time(certificate.revoked_at),
    }
