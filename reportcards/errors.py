from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError


class YearNotFound(DomainError):
    message = _("Học bạ của học sinh không có năm học này.")


class NothingSigned(DomainError):
    message = _(
        "Chưa có năm học nào được hiệu trưởng ký duyệt. "
        "Học bạ sẽ ở đây sau khi nhà trường ký duyệt kết quả cuối năm."
    )
