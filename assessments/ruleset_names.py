"""The names that rulesets give, written out where makemessages finds them.

`assessments.wording.translated` looks them up; a name of a new ruleset is added here.
"""

from django.utils.translation import gettext_noop

SUBJECTS = (
    gettext_noop("Tiếng Việt"),
    gettext_noop("Toán"),
    gettext_noop("Ngoại ngữ 1"),
    gettext_noop("Lịch sử và Địa lí"),
    gettext_noop("Khoa học"),
    gettext_noop("Tin học và Công nghệ (Tin học)"),
    gettext_noop("Tin học và Công nghệ (Công nghệ)"),
    gettext_noop("Đạo đức"),
    gettext_noop("Tự nhiên và Xã hội"),
    gettext_noop("Giáo dục thể chất"),
    gettext_noop("Nghệ thuật (Âm nhạc)"),
    gettext_noop("Nghệ thuật (Mĩ thuật)"),
    gettext_noop("Hoạt động trải nghiệm"),
    gettext_noop("Tiếng dân tộc"),
)
SHORT_SUBJECTS = (
    gettext_noop("NN1"),
    gettext_noop("LS&ĐL"),
    gettext_noop("Tin học"),
    gettext_noop("Công nghệ"),
    gettext_noop("TN&XH"),
    gettext_noop("GDTC"),
    gettext_noop("Âm nhạc"),
    gettext_noop("Mĩ thuật"),
    gettext_noop("HĐTN"),
    gettext_noop("Tiếng DT"),
)
TRAIT_GROUPS = (
    gettext_noop("Những phẩm chất chủ yếu"),
    gettext_noop("Những năng lực chung"),
    gettext_noop("Những năng lực đặc thù"),
)
SUMMARY_HEADINGS = (
    gettext_noop("Phẩm chất chủ yếu"),
    gettext_noop("Năng lực cốt lõi"),
    gettext_noop("Năng lực chung"),
    gettext_noop("Năng lực đặc thù"),
)
TRAITS = (
    gettext_noop("Yêu nước"),
    gettext_noop("Nhân ái"),
    gettext_noop("Chăm chỉ"),
    gettext_noop("Trung thực"),
    gettext_noop("Trách nhiệm"),
    gettext_noop("Tự chủ và tự học"),
    gettext_noop("Giao tiếp và hợp tác"),
    gettext_noop("Giải quyết vấn đề và sáng tạo"),
    gettext_noop("Ngôn ngữ"),
    gettext_noop("Tính toán"),
    gettext_noop("Thẩm mĩ"),
    gettext_noop("Thể chất"),
)
LEVELS = (
    gettext_noop("Hoàn thành tốt"),
    gettext_noop("Hoàn thành"),
    gettext_noop("Chưa hoàn thành"),
    gettext_noop("Miễn"),
    gettext_noop("Tốt"),
    gettext_noop("Đạt"),
    gettext_noop("Cần cố gắng"),
)
OUTCOMES = (
    gettext_noop("Hoàn thành xuất sắc"),
    gettext_noop("HTXS"),
    gettext_noop("HTT"),
    gettext_noop("HT"),
    gettext_noop("CHT"),
)
REWARD_TITLES = (
    gettext_noop("Học sinh Xuất sắc"),
    gettext_noop("Đạt danh hiệu Học sinh Xuất sắc"),
    gettext_noop("Học sinh Tiêu biểu"),
    gettext_noop("Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"),
)
RULESET_NAMES = frozenset(
    SUBJECTS
    + SHORT_SUBJECTS
    + TRAIT_GROUPS
    + SUMMARY_HEADINGS
    + TRAITS
    + LEVELS
    + OUTCOMES
    + REWARD_TITLES
)
