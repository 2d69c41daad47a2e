import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told

CASES = [Forbidden("user_full_name_present", User, {"full_name": ""})]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)


def test_a_user_name_is_taken_once(cast):
    with pytest.raises(ValidationError, match="username"):
        User(username=cast.hoa.username, full_name="Phạm Thị Hoà").validate_unique()


@pytest.mark.parametrize(
    ("full_name", "short_name"), [("Trần Thị Ngọc", "Ngọc"), ("Kiên", "Kiên"), ("", "kien")]
)
def test_the_short_name_is_the_last_word(full_name, short_name):
    assert User(username="kien", full_name=full_name).get_short_name() == short_name
