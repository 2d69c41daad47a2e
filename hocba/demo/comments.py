"""The school's comment bank, in the words in which teachers write."""

from collections.abc import Iterator

from assessments.actions import write_comment_entries
from assessments.comment_drafts import CommentDraft
from schools.models import School, StaffMember

TOAN, TIENG_VIET, HOMEROOM = "toan", "tieng_viet", "homeroom_comment"
QUALITY, GENERAL, SPECIFIC = (
    "quality_comment",
    "general_competence_comment",
    "specific_competence_comment",
)

BANK = {
    (TOAN, "T"): [
        "{tên} nắm chắc kiến thức, tính toán nhanh và chính xác.",
        "Vận dụng tốt kiến thức đã học để giải các bài toán có lời văn.",
        "Có tư duy toán học tốt, trình bày bài khoa học; {tên} cần phát huy.",
        "{tên} tích cực phát biểu, biết tìm nhiều cách giải cho một bài toán.",
    ],
    (TOAN, "H"): [
        "{tên} hoàn thành các nội dung đã học; cần tính cẩn thận hơn khi làm bài.",
        "Nắm được kiến thức cơ bản; cần luyện thêm giải toán có lời văn.",
        "Thực hiện được các phép tính đã học, đặt tính đôi khi còn nhầm.",
        "{tên} có tiến bộ; cần học thuộc bảng nhân, bảng chia để tính nhanh hơn.",
    ],
    (TOAN, "C"): [
        "{tên} còn lúng túng khi thực hiện phép tính; cô sẽ kèm thêm cho em mỗi ngày.",
        "Chưa thuộc bảng nhân, bảng chia; gia đình nhắc em ôn bài ở nhà.",
        "Còn chậm khi giải toán có lời văn; cần đọc kĩ đề và hỏi cô khi chưa hiểu.",
    ],
    (TIENG_VIET, "T"): [
        "{tên} đọc to, rõ ràng, diễn cảm; viết đúng chính tả, chữ đẹp.",
        "Vốn từ phong phú, câu văn giàu hình ảnh, biết bộc lộ cảm xúc.",
        "{tên} hiểu bài nhanh, trả lời câu hỏi đọc hiểu đầy đủ và mạch lạc.",
        "Kể chuyện tự nhiên, viết đoạn văn đúng yêu cầu và sáng tạo.",
    ],
    (TIENG_VIET, "H"): [
        "{tên} đọc đúng, tốc độ vừa phải; cần ngắt nghỉ đúng chỗ hơn.",
        "Viết đúng chính tả các bài đã học; cần chú ý dấu hỏi, dấu ngã.",
        "Viết được đoạn văn đúng yêu cầu; cần dùng thêm từ ngữ gợi tả.",
        "{tên} có tiến bộ trong đọc hiểu; cần mạnh dạn phát biểu hơn.",
    ],
    (TIENG_VIET, "C"): [
        "{tên} đọc còn chậm, phải đánh vần một số tiếng; cần luyện đọc mỗi ngày.",
        "Viết còn sai nhiều lỗi chính tả; gia đình giúp em luyện viết ở nhà.",
        "Câu văn chưa đủ ý; cô sẽ hướng dẫn em tập nói trước khi viết.",
    ],
    (HOMEROOM, "T"): [
        "{tên} chăm ngoan, học tốt đều các môn, hòa đồng và giúp đỡ bạn bè. Cô khen em.",
        "{tên} tự giác, có trách nhiệm với việc của lớp và tiến bộ rõ. Em hãy tiếp tục phát huy.",
        "{tên} thông minh, nhanh nhẹn, hăng hái phát biểu; chữ viết cần nắn nót hơn.",
    ],
    (HOMEROOM, "H"): [
        "{tên} ngoan, lễ phép, hoàn thành nhiệm vụ học tập; cần mạnh dạn hơn trước lớp.",
        "{tên} có nhiều cố gắng trong học tập. Gia đình tiếp tục động viên em.",
        "{tên} đi học đều, biết vâng lời; cần tập trung hơn trong giờ học.",
    ],
    (HOMEROOM, "C"): [
        "{tên} còn gặp khó khăn khi học; gia đình và cô cùng kèm em mỗi ngày.",
        "{tên} đã cố gắng nhưng tiếp thu còn chậm; em cần được luyện đọc và tính toán thêm.",
    ],
    (QUALITY, "T"): [
        "{tên} chăm học, trung thực, biết yêu thương và chia sẻ với bạn.",
        "Lễ phép, có trách nhiệm, biết giữ gìn của công.",
    ],
    (QUALITY, "Đ"): ["Ngoan, vâng lời; {tên} cần tự giác hơn trong học tập."],
    (QUALITY, "C"): ["{tên} cần đi học đúng giờ và giữ lời hứa với bạn."],
    (GENERAL, "T"): ["{tên} biết tự học, hợp tác tốt và mạnh dạn nêu ý kiến khi làm việc nhóm."],
    (GENERAL, "Đ"): ["Biết chuẩn bị đồ dùng học tập; {tên} cần chủ động hơn khi làm việc nhóm."],
    (SPECIFIC, "T"): ["Diễn đạt lưu loát, tính toán nhanh; {tên} có năng khiếu vẽ và hát."],
    (SPECIFIC, "Đ"): ["Diễn đạt rõ ý, tính toán đúng; {tên} cần rèn luyện thể lực thường xuyên."],
}  # fmt: skip
# What one teacher has added for herself.
OWN = [
    CommentDraft("DT", TIENG_VIET, "T", "{tên} đọc thơ rất hay, cả lớp đều thích nghe."),
    CommentDraft("VD", "", "", "{tên} vắng nhiều buổi trong đợt này; em cần bù bài cùng cô."),
    CommentDraft("CG", HOMEROOM, "", "Cô rất vui vì {tên} đã cố gắng nhiều trong học kì này."),
]


def write_comment_banks(school: School, *, leader: StaffMember, teacher: StaffMember) -> None:
    write_comment_entries(school=school, owner=None, drafts=list(school_bank()), by=leader)
    write_comment_entries(school=school, owner=teacher, drafts=OWN, by=teacher)


def school_bank() -> Iterator[CommentDraft]:
    """T1, T2 … H1 … for each purpose; Đ is written D in codes, which have no diacritics."""
    for (purpose, level), texts in BANK.items():
        for number, text in enumerate(texts, 1):
            yield CommentDraft(f"{level}{number}".replace("Đ", "D"), purpose, level, text)
