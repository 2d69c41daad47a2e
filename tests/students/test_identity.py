"""A pupil's file in rows, as much of it as its reader may see."""

import pytest
from django.utils import translation

from students.identity import identity
from tests import factories
from tests.cast import Cast
from tests.vietnamese import is_vietnamese


def rows(cast: Cast, *, sees_file: bool = True, sees_sensitive: bool = True) -> dict[str, str]:
    found = identity(cast.anh.student, sees_file=sees_file, sees_sensitive=sees_sensitive)
    return {row["term"]: row["value"] for row in found}


def test_everybody_who_teaches_the_pupil_reads_who_it_is(cast: Cast) -> None:
    assert rows(cast, sees_file=False, sees_sensitive=False) == {
        "Ngày sinh": "14/03/2017",
        "Mã học sinh": cast.anh.student.ministry_code,
        "Giới tính": "Nữ",
    }


@pytest.mark.parametrize("term", ["Họ và tên mẹ", "Tài khoản của gia đình"])
def test_the_family_is_in_the_file_only(term: str, cast: Cast) -> None:
    assert term in rows(cast, sees_sensitive=False)
    assert term not in rows(cast, sees_file=False)


@pytest.mark.parametrize("term", ["Dân tộc", "Quê quán", "Loại khuyết tật"])
def test_origin_and_disability_are_sensitive(term: str, cast: Cast) -> None:
    assert term in rows(cast, sees_file=False)
    assert term not in rows(cast, sees_sensitive=False)


def test_the_personal_id_is_sensitive(cast: Cast) -> None:
    personal_id = cast.anh.student.personal_id
    assert personal_id in rows(cast).values()
    assert personal_id not in rows(cast, sees_sensitive=False).values()


def test_what_is_not_known_is_an_empty_text(cast: Cast) -> None:
    assert None not in rows(cast).values()
    cast.anh.student.personal_id = None
    assert None not in rows(cast).values()


def test_the_familys_readers_are_named_with_what_they_are_to_the_child(cast: Cast) -> None:
    assert rows(cast)["Tài khoản của gia đình"] == "Phạm Thị Hòa (mẹ)"


def test_several_readers_are_all_named(cast: Cast) -> None:
    father = factories.make_user("cha", "Lê Văn Thử")
    factories.make_guardian(father, cast.anh.student, confirmed_by=cast.tam.user, relation="father")
    readers = rows(cast)["Tài khoản của gia đình"]
    assert set(readers.split(", ")) == {"Phạm Thị Hòa (mẹ)", "Lê Văn Thử (cha)"}


def test_an_account_that_waits_for_the_school_is_not_named(cast: Cast) -> None:
    father = factories.make_user("cha", "Lê Văn Thử")
    factories.make_guardian(father, cast.anh.student, confirmed_by=None, relation="father")
    assert rows(cast)["Tài khoản của gia đình"] == "Phạm Thị Hòa (mẹ)"


def test_the_ethnic_group_is_a_word(cast: Cast) -> None:
    assert rows(cast)["Dân tộc"] == "Kinh"


def test_every_term_is_told_once(cast: Cast) -> None:
    terms = [row["term"] for row in identity(cast.anh.student, sees_file=True, sees_sensitive=True)]
    assert len(terms) == len(set(terms))


def test_terms_follow_the_readers_language(cast: Cast) -> None:
    with translation.override("en"):
        assert not any(map(is_vietnamese, rows(cast)))
