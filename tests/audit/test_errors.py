import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError, NotPermitted


class TooLate(DomainError):
    message = "Đã quá hạn."


def test_an_error_has_the_sentence_of_its_class():
    assert TooLate().message == str(TooLate()) == "Đã quá hạn."


def test_an_error_may_have_a_sentence_of_its_own():
    error = TooLate("Lớp 4A đã quá hạn.")
    assert error.message == str(error) == "Lớp 4A đã quá hạn."


def test_a_sentence_of_ones_own_leaves_the_classs_alone():
    TooLate("Lớp 4A đã quá hạn.")
    assert TooLate().message == "Đã quá hạn."


def test_the_sentence_is_in_the_readers_language_not_the_raisers():
    with translation.override("vi"):
        error = NotPermitted(_("Đổi mật khẩu"))
    with translation.override("en"):
        assert str(error.message) == "Change password"


def test_a_refusal_of_permission_is_told_apart():
    with pytest.raises(DomainError):
        raise NotPermitted("Chỉ hiệu trưởng.")
    assert not issubclass(TooLate, NotPermitted)
