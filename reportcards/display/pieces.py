"""The display form as it is read: every caption and value, in the order in which it is printed.

The words are those of templates/reportcards/document/display*.html; a test lays a form out and
finds nothing else on its pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reportcards.display.form import DisplayForm, SubjectRow, Text, TraitBlock, TraitRow
from reportcards.documents.paper_form import signing_capacity

COVER = (
    ("full_name", "Họ và tên học sinh"),
    ("class_name", "Lớp"),
    ("school_name", "Trường"),
    ("school_year", "Năm học"),
    ("commune_name", "Xã (Phường, Thị trấn)"),
    ("district_name", "Huyện (Thành phố, Quận, Thị xã)"),
    ("province_name", "Tỉnh (Thành phố)"),
)
INFORMATION = (
    ("full_name", "Họ và tên học sinh"),
    ("gender", "Giới tính"),
    ("date_of_birth", "Ngày, tháng, năm sinh"),
    ("ethnicity", "Dân tộc"),
    ("nationality", "Quốc tịch"),
    ("personal_id", "Mã số định danh cá nhân"),
    ("birth_place", "Nơi sinh"),
    ("home_town", "Quê quán"),
    ("residence", "Nơi ở hiện nay"),
    ("father_name", "Họ và tên cha"),
    ("mother_name", "Họ và tên mẹ"),
    ("guardian_name", "Người giám hộ (nếu có)"),
    ("uuid", "Mã số tra cứu học bạ (UUID)"),
)
NOTE = (
    "(Mã tra cứu học bạ UUID sử dụng để tra cứu học bạ số trên cổng tra cứu Học bạ số - Bộ GDĐT)."
)
SIGNING = (
    ("leader_name", "Người ký học bạ"),
    ("leader_title", "Chức vụ của người ký học bạ"),
    ("issued_on", "Ngày ký học bạ"),
)
SUBJECTS = "1. Kết quả các môn học và hoạt động giáo dục"
SUBJECT_HEADS = ("Môn học và hoạt động giáo dục", "Mức đạt được", "Điểm kiểm tra", "Nhận xét")
QUALITIES = "2. Nhận xét những phẩm chất chủ yếu"
COMPETENCES = "3. Những năng lực cốt lõi"
QUALITY_HEADS = ("Phẩm chất", "Mức đạt được", "Nhận xét")
COMPETENCE_HEADS = ("Năng lực", "Mức đạt được", "Nhận xét")
CONCLUSION = (
    ("outcome", "4. Đánh giá kết quả giáo dục"),
    ("rewards", "5. Khen thưởng"),
    ("completion", "6. Hoàn thành chương trình lớp học/chương trình tiểu học"),
)
CONFIRMATION = "XÁC NHẬN CỦA HIỆU TRƯỞNG"
HOMEROOM = "GIÁO VIÊN CHỦ NHIỆM"
OWNER = "full_name"  # the first field of what the foot says of a page's owner
DIGEST = "Mã băm nội dung (SHA-256)"


@dataclass(frozen=True)
class Piece:
    """`field`: where it stands in the form, "subjects.toan.level", "" of a heading; `caption`: how
    a person calls it. `text` None: nobody knows what stands there. `is_caption`: it is no value,
    but what introduces one. `is_own`: it begins on a line of its own.
    """

    field: str
    caption: str
    text: Text
    is_caption: bool = False
    is_own: bool = True


def pieces(form: DisplayForm) -> tuple[Piece, ...]:
    """All that stands on the pages but what runs at their feet (see `foot`)."""
    return (
        *_headings("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "HỌC BẠ", "TIỂU HỌC"),
        *_labelled(form, _cover(form)),
        *_headings("HỌC BẠ"),
        *_labelled(form, INFORMATION),
        *_headings(NOTE),
        *_labelled(form, SIGNING),
        *_headings(SUBJECTS, *SUBJECT_HEADS),
        *(piece for row in form.subjects for piece in _subject(row)),
        *(piece for at, block in enumerate(form.traits) for piece in _traits(at, block)),
        *_labelled(form, CONCLUSION),
        *_signatures(form),
    )


def foot(form: DisplayForm, page: int, pages: int) -> tuple[Piece, ...]:
    """What runs at the foot of a page. `page` counts from 1."""
    uuid_caption = dict(INFORMATION)["uuid"]
    return (
        Piece("uuid", uuid_caption, f"{uuid_caption}: {form.uuid}"),
        Piece("digest", DIGEST, f"{DIGEST}: {form.digest}"),
        Piece(OWNER, COVER[0][1], _page_of(form.owner, page, pages)),
    )


def _page_of(owner: Text, page: int, pages: int) -> Text:
    return None if owner is None else " · ".join(filter(None, (f"Trang {page}/{pages}", owner)))


def table_heads(form: DisplayForm) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Of each table its title and its columns' captions, which a new page repeats."""
    of_traits = (
        (list(_trait_headings(at, block.name))[-1], COMPETENCE_HEADS if at else QUALITY_HEADS)
        for at, block in enumerate(form.traits)
    )
    return ((SUBJECTS, SUBJECT_HEADS), *of_traits)


def _headings(*texts: str) -> Iterator[Piece]:
    return (Piece("", text, text, is_caption=True) for text in texts)


def _cover(form: DisplayForm) -> Iterator[tuple[str, str]]:
    """Since districts are no more, most schools have none, and no line for one."""
    return (row for row in COVER if row[0] != "district_name" or form.district_name)


def _labelled(form: DisplayForm, rows: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    for field, caption in rows:
        yield Piece(field, caption, f"{caption}:", is_caption=True)
        yield Piece(field, caption, getattr(form, field))


def _subject(row: SubjectRow) -> Iterator[Piece]:
    place, name = f"subjects.{row.code}", row.name or row.code
    _, level, score, comment = SUBJECT_HEADS
    yield Piece(f"{place}.name", SUBJECT_HEADS[0], row.name)
    yield Piece(f"{place}.level", f"{level} ({name})", row.level)
    yield Piece(f"{place}.score", f"{score} ({name})", row.score)
    yield Piece(f"{place}.comment", f"{comment} ({name})", row.comment)


def _traits(position: int, block: TraitBlock) -> Iterator[Piece]:
    """The comment stands in the first row, over all of them; a long one beside them all."""
    heads = COMPETENCE_HEADS if position else QUALITY_HEADS
    yield from _headings(*_trait_headings(position, block.name), *heads)
    rows = [_trait(row, heads) for row in block.rows]
    caption = f"{heads[2]} ({block.name})"
    rows[-1 if block.is_long else 0].append(
        Piece(f"comments.{block.group}", caption, block.comment)
    )
    yield from chain(*rows)


def _trait(row: TraitRow, heads: Sequence[str]) -> list[Piece]:
    name, level, _comment = heads
    return [
        Piece(f"traits.{row.code}.name", name, row.name),
        Piece(f"traits.{row.code}.level", f"{level} ({row.name})", row.level),
    ]


def _trait_headings(position: int, name: str) -> Iterator[str]:
    if position == 0:
        yield QUALITIES
        return
    if position == 1:
        yield COMPETENCES
    yield f"3.{position}. {name}"


def _signatures(form: DisplayForm) -> Iterator[Piece]:
    day, month, year = (form.issued_on or "//").split("/")
    date = f", ngày {day} tháng {month} năm {year}" if form.issued_on else None
    yield Piece("place_of_issue", "Nơi phát hành", form.place_of_issue)
    yield Piece("issued_on", dict(SIGNING)["issued_on"], date, is_own=False)
    yield from _headings(CONFIRMATION, HOMEROOM)
    for line in signing_capacity(form.leader_title or ""):
        yield Piece("leader_title", dict(SIGNING)["leader_title"], line.upper())
    yield Piece("leader_name", dict(SIGNING)["leader_name"], form.leader_name)
    yield Piece("homeroom_teacher", HOMEROOM.capitalize(), form.homeroom_teacher)
