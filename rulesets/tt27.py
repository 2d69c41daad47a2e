"""Thông tư 27/2020/TT-BGDĐT: Quy định đánh giá học sinh tiểu học, as tables."""

from rulesets.catalogue import DueTests, Level, Period, Subject, Trait, TraitGroup
from rulesets.rewards import RewardTitle
from rulesets.ruleset import Ruleset
from rulesets.scores import ScoreScale
from rulesets.summary_forms import FormPart, SummaryForm, TraitHeading
from rulesets.year import EntryKind, YearRow
from rulesets.year import YearOutcome as Outcome

GRADES_1_5 = frozenset({1, 2, 3, 4, 5})
GRADES_1_3 = frozenset({1, 2, 3})
GRADES_1_2 = frozenset({1, 2})
GRADES_3_5 = frozenset({3, 4, 5})
GRADES_4_5 = frozenset({4, 5})
GRADE_3 = frozenset({3})
NO_GRADE: frozenset[int] = frozenset()

SUBJECTS = (
    Subject("tieng_viet", "Tiếng Việt", 1, "Tiếng Việt", GRADES_1_5),
    Subject("toan", "Toán", 2, "Toán", GRADES_1_5),
    Subject("ngoai_ngu_1", "Ngoại ngữ 1", 3, "NN1", GRADES_3_5, GRADES_1_2),
    Subject("lich_su_va_dia_li", "Lịch sử và Địa lí", 4, "LS&ĐL", GRADES_4_5),
    Subject("khoa_hoc", "Khoa học", 5, "Khoa học", GRADES_4_5),
    Subject("tin_hoc", "Tin học và Công nghệ (Tin học)", 6, "Tin học", GRADES_3_5, GRADES_1_2),
    Subject("cong_nghe", "Tin học và Công nghệ (Công nghệ)", 7, "Công nghệ", GRADES_3_5),
    Subject("dao_duc", "Đạo đức", 8, "Đạo đức", GRADES_1_5),
    Subject("tu_nhien_va_xa_hoi", "Tự nhiên và Xã hội", 9, "TN&XH", GRADES_1_3),
    Subject("giao_duc_the_chat", "Giáo dục thể chất", 10, "GDTC", GRADES_1_5),
    Subject("am_nhac", "Nghệ thuật (Âm nhạc)", 11, "Âm nhạc", GRADES_1_5),
    Subject("mi_thuat", "Nghệ thuật (Mĩ thuật)", 12, "Mĩ thuật", GRADES_1_5),
    Subject("hoat_dong_trai_nghiem", "Hoạt động trải nghiệm", 13, "HĐTN", GRADES_1_5),
    Subject("tieng_dan_toc", "Tiếng dân tộc", 14, "Tiếng DT", NO_GRADE, GRADES_1_5),
)
"""Phụ lục 1, mục 1, with Tin học và Công nghệ in two rows (Quyết định 2904/QĐ-BGDĐT).

Grades: Chương trình giáo dục phổ thông 2018. Tin học may be taught early, in grades 1 and 2: the
sector database's sheet for them has its column. An optional subject counts towards the year
result of those who take it; the circular does not say, and `counts_towards_result` turns it off.
"""

SPECIAL_CLASS_SUBJECTS = frozenset({"tieng_viet", "toan"})
"""Điều 8.3: lớp dành cho người khuyết tật."""

QUALITIES = TraitGroup("pham_chat", "Những phẩm chất chủ yếu")
GENERAL = TraitGroup("nang_luc_chung", "Những năng lực chung")
SPECIFIC = TraitGroup("nang_luc_dac_thu", "Những năng lực đặc thù")

TRAITS = (
    Trait("yeu_nuoc", "Yêu nước", QUALITIES, GRADES_1_5),
    Trait("nhan_ai", "Nhân ái", QUALITIES, GRADES_1_5),
    Trait("cham_chi", "Chăm chỉ", QUALITIES, GRADES_1_5),
    Trait("trung_thuc", "Trung thực", QUALITIES, GRADES_1_5),
    Trait("trach_nhiem", "Trách nhiệm", QUALITIES, GRADES_1_5),
    Trait("tu_chu_va_tu_hoc", "Tự chủ và tự học", GENERAL, GRADES_1_5),
    Trait("giao_tiep_va_hop_tac", "Giao tiếp và hợp tác", GENERAL, GRADES_1_5),
    Trait("giai_quyet_van_de_va_sang_tao", "Giải quyết vấn đề và sáng tạo", GENERAL, GRADES_1_5),
    Trait("ngon_ngu", "Ngôn ngữ", SPECIFIC, GRADES_1_5),
    Trait("tinh_toan", "Tính toán", SPECIFIC, GRADES_1_5),
    Trait("khoa_hoc", "Khoa học", SPECIFIC, GRADES_1_5),
    Trait("cong_nghe", "Công nghệ", SPECIFIC, GRADES_3_5),
    Trait("tin_hoc", "Tin học", SPECIFIC, GRADES_3_5),
    Trait("tham_mi", "Thẩm mĩ", SPECIFIC, GRADES_1_5),
    Trait("the_chat", "Thể chất", SPECIFIC, GRADES_1_5),
)
"""Điều 5 and Phụ lục 1, mục 2 và 3."""

SUBJECT_LEVELS = (
    Level("T", "Hoàn thành tốt"),
    Level("H", "Hoàn thành"),
    Level("C", "Chưa hoàn thành"),
)
"""Điều 7.1.a."""

EXEMPT_LEVEL = Level("M", "Miễn")
"""Not in the circular: the national data set records a subject's exemption as M."""

TRAIT_LEVELS = (Level("T", "Tốt"), Level("Đ", "Đạt"), Level("C", "Cần cố gắng"))
"""Điều 7.2."""

PERIODS = (Period.MID_TERM_1, Period.END_TERM_1, Period.MID_TERM_2, Period.END_YEAR)
"""Điều 7.1.a, 7.2 and 9.1."""

MID_TERMS = frozenset({Period.MID_TERM_1, Period.MID_TERM_2})
TERM_ENDS = frozenset({Period.END_TERM_1, Period.END_YEAR, Period.SUPPLEMENTARY})

TESTED_1_2 = frozenset({"tieng_viet", "toan"})
TESTED_3 = TESTED_1_2 | {"ngoai_ngu_1", "tin_hoc", "cong_nghe"}
TESTED_4_5 = TESTED_3 | {"lich_su_va_dia_li", "khoa_hoc"}

DUE_TESTS = (
    DueTests(MID_TERMS, GRADES_4_5, frozenset({"tieng_viet", "toan"})),
    DueTests(TERM_ENDS, GRADES_1_2, TESTED_1_2),
    DueTests(TERM_ENDS, GRADE_3, TESTED_3),
    DueTests(TERM_ENDS, GRADES_4_5, TESTED_4_5),
)
"""Điều 7.1.b; Tin học và Công nghệ is tested in each half (Quyết định 2904/QĐ-BGDĐT)."""

RETEST_PERIODS = frozenset({Period.END_TERM_1, Period.END_YEAR})
"""Điều 7.1.d: only the tests of cuối học kỳ I and cuối năm học, when a score is abnormal."""

SCORE_SCALE = ScoreScale(minimum=1, maximum=10, allows_zero=False)
"""Điều 7.1.d: thang điểm 10, không cho điểm thập phân. Whether 0 is a score the circular does
not say; the sector database takes 1 to 10."""

LEVEL, TRAIT, SCORE = EntryKind.SUBJECT_LEVEL, EntryKind.TRAIT_LEVEL, EntryKind.TEST_SCORE

# fmt: off
YEAR_ROWS = (
    YearRow(Outcome.EXCELLENT, "Hoàn thành xuất sắc", "HTXS", {LEVEL: "T", TRAIT: "T", SCORE: 9}),
    YearRow(Outcome.GOOD,      "Hoàn thành tốt",      "HTT",  {LEVEL: "T", TRAIT: "T", SCORE: 7}),
    YearRow(Outcome.COMPLETED, "Hoàn thành",          "HT",   {LEVEL: "H", TRAIT: "Đ", SCORE: 5}),
    YearRow(Outcome.NOT_COMPLETED, "Chưa hoàn thành", "CHT"),
)
# fmt: on
"""Điều 9.2.a, in its order: only the tests of the year's end, no averages, no weights."""

REWARD_TITLES = (
    RewardTitle(
        "excellent_pupil",
        "Học sinh Xuất sắc",
        "Đạt danh hiệu Học sinh Xuất sắc",
        Outcome.EXCELLENT,
    ),
    RewardTitle(
        "exemplary_pupil",
        "Học sinh Tiêu biểu",
        "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện",
        Outcome.GOOD,
        needs_recognition=True,
    ),
)
"""Điều 13.1.a; the wordings are those of Phụ lục 1, mục 5."""

END_OF_TERM = frozenset({Period.END_TERM_1})
END_OF_YEAR = frozenset({Period.END_YEAR})

TERM_PARTS = (FormPart.SUBJECTS, FormPart.TRAITS, FormPart.REMARKS)
YEAR_PARTS = (
    FormPart.SUBJECTS,
    FormPart.TRAITS,
    FormPart.YEAR_OUTCOME,
    FormPart.REWARD,
    FormPart.NOT_PROMOTED,
    FormPart.REMARKS,
)
TRAIT_HEADINGS = (
    TraitHeading("Phẩm chất chủ yếu", ((QUALITIES.code, ""),)),
    TraitHeading(
        "Năng lực cốt lõi",
        ((GENERAL.code, "Năng lực chung"), (SPECIFIC.code, "Năng lực đặc thù")),
    ),
)

# fmt: off
SUMMARY_FORMS = (
    SummaryForm(1, GRADES_1_2, MID_TERMS,   TERM_PARTS, TRAIT_HEADINGS, is_level_only=True),
    SummaryForm(2, GRADES_1_2, END_OF_TERM, TERM_PARTS, TRAIT_HEADINGS),
    SummaryForm(3, GRADES_1_2, END_OF_YEAR, YEAR_PARTS, TRAIT_HEADINGS),
    SummaryForm(4, GRADE_3,    MID_TERMS,   TERM_PARTS, TRAIT_HEADINGS, is_level_only=True),
    SummaryForm(5, GRADE_3,    END_OF_TERM, TERM_PARTS, TRAIT_HEADINGS),
    SummaryForm(6, GRADE_3,    END_OF_YEAR, YEAR_PARTS, TRAIT_HEADINGS),
    SummaryForm(7, GRADES_4_5, MID_TERMS,   TERM_PARTS, TRAIT_HEADINGS),
    SummaryForm(8, GRADES_4_5, END_OF_TERM, TERM_PARTS, TRAIT_HEADINGS),
    SummaryForm(9, GRADES_4_5, END_OF_YEAR, YEAR_PARTS, TRAIT_HEADINGS),
)
# fmt: on
"""Phụ lục 2 and its guide, with Tin học và Công nghệ in two columns (Quyết định 2904/QĐ-BGDĐT).

That the qualities stand before the competences follows the guide; the printed grid was not seen.
Neither was a column for the date of birth, which some reprints have: there is none here.
"""

TT27 = Ruleset(
    key="tt27",
    title="Thông tư 27/2020/TT-BGDĐT",
    circular="27/2020/TT-BGDĐT",
    grade_levels=(1, 2, 3, 4, 5),
    subjects=SUBJECTS,
    special_class_subjects=SPECIAL_CLASS_SUBJECTS,
    trait_groups=(QUALITIES, GENERAL, SPECIFIC),
    traits=TRAITS,
    subject_levels=SUBJECT_LEVELS,
    exempt_level=EXEMPT_LEVEL,
    trait_levels=TRAIT_LEVELS,
    periods=PERIODS,
    supplementary_period=Period.SUPPLEMENTARY,
    due_tests=DUE_TESTS,
    retest_periods=RETEST_PERIODS,
    score_scale=SCORE_SCALE,
    year_rows=YEAR_ROWS,
    reward_titles=REWARD_TITLES,
    summary_forms=SUMMARY_FORMS,
)
