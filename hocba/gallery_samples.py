"""What the gallery of components shows. Every name is invented."""

from datetime import datetime
from typing import Any

from django.utils.timezone import get_default_timezone


def everything() -> dict[str, Any]:
    return {
        "crumbs": _crumbs(),
        "error_entries": _error_entries(),
        "events": _events(),
        "gaps": _gaps(),
        "summary_rows": _summary_rows(),
        "table_columns": _table_columns(),
        "table_rows": _table_rows(),
        "tile_groups": _tile_groups(),
        "sections": _sections(),
        "figures": _figures(),
        "works": _works(),
        "steps": _steps(),
        "grid_rows": _grid_rows(),
        "trait_columns": _trait_columns(),
        "locked_rows": _locked_rows(),
        "subjects": _subjects(),
        "trait_groups": _trait_groups(),
    }


def _at(hour: int, minute: int, day: int = 22, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=get_default_timezone())


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": "Bàn làm việc", "url": "#"},
        {"label": "4A", "url": "#"},
        {"label": "Toán", "url": ""},
    ]


def _error_entries() -> list[dict[str, str]]:
    return [
        {
            "where": "Lò Thị Mai",
            "sentence": "Điểm kiểm tra là số nguyên từ 1 đến 10.",
            "target": "row-4-score",
        },
        {
            "where": "H'Hen Êban",
            "sentence": "Nhận xét đã được người khác sửa, xin chọn một.",
            "target": "row-5-choice",
        },
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {
            "at": _at(16, 5),
            "by": "Nguyễn Thu Hằng",
            "sentence": "Ký duyệt lớp 4A, cuối học kỳ I",
            "tone": "done",
        },
        {
            "at": _at(20, 41, day=21),
            "by": "Trần Văn Bình",
            "sentence": "Sửa điểm Toán của Lò Thị Mai",
            "before": "7",
            "after": "8",
        },
        {
            "at": _at(9, 12, day=20),
            "by": "Nguyễn Thu Hằng",
            "sentence": "Trả lại lớp 4A",
            "reason": "Còn ba em chưa có nhận xét môn Khoa học.",
            "tone": "attention",
        },
        {"at": _at(17, 30, day=18), "by": "Lê Thị Lan", "sentence": "Gửi lớp 4A lên hiệu trưởng"},
    ]


def _gaps() -> list[dict[str, str]]:
    return [
        {"where": "Lò Thị Mai", "what": "Toán: chưa có điểm kiểm tra", "url": "#"},
        {"where": "Vàng A Páo", "what": "Khoa học: chưa có nhận xét", "url": "#"},
        {"where": "Sùng Thị Dở", "what": "chưa có chiều cao, cân nặng", "url": "#"},
    ]


def _summary_rows() -> list[dict[str, str]]:
    return [
        {"term": "Lớp", "value": "4A · 35 " + "học sinh"},
        {"term": "Giáo viên chủ nhiệm", "value": "Lê Thị Lan", "url": "#", "url_label": "Đổi"},
        {"term": "Thời điểm", "value": "Cuối học kỳ I, 2026-2027"},
        {"term": "Ngày khóa", "value": ""},
    ]


def _table_columns() -> list[dict[str, str]]:
    return [
        {"label": "STT", "kind": "number"},
        {"label": "Họ và tên"},
        {"label": "Ngày sinh", "kind": "date"},
        {"label": "Lớp"},
        {"label": "Số buổi nghỉ", "kind": "number"},
        {"label": "Trạng thái"},
    ]


def _table_rows() -> list[list[dict[str, Any]]]:
    pupils = [
        ("Nguyễn Hoàng An", "05/09/2017", "4A", 0, "signed_off"),
        ("H'Hen Êban", "17/11/2017", "4A", 2, "reopened"),
        ("Vàng A Páo", "02/01/2017", "4B", 11, "missing"),
    ]
    return [
        [
            {"text": number, "kind": "number"},
            {"text": name, "url": "#", "kind": "name"},
            {"text": born_on, "kind": "date"},
            {"text": class_name},
            {"text": absences, "kind": "number"},
            {"status": status},
        ]
        for number, (name, born_on, class_name, absences, status) in enumerate(pupils, start=1)
    ]


def _tile_groups() -> list[dict[str, Any]]:
    states = {
        3: [("3A", "signed_off", ""), ("3B", "signed_off", ""), ("3C", "submitted", "20/12")],
        4: [("4A", "submitted", "18/12"), ("4B", "open", "31/35"), ("4C", "returned", "20/12")],
        5: [("5A", "late", "3 ngày"), ("5B", "reopened", "1 em"), ("5C", "missing", "0/34")],
    }
    return [
        {
            "label": f"Khối {grade_level}",
            "tiles": [
                {"label": name, "status": status, "detail": detail, "url": "#"}
                for name, status, detail in tiles
            ],
        }
        for grade_level, tiles in states.items()
    ]


def _sections() -> list[dict[str, Any]]:
    return [
        {"label": "Môn học", "url": "#", "is_current": True},
        {"label": "Phẩm chất, năng lực", "url": "#", "count": 4},
        {"label": "Nghỉ học, sức khỏe", "url": "#", "count": 0},
    ]


def _figures() -> list[dict[str, Any]]:
    return [
        {"number": 3, "sentence": "lớp chờ thầy/cô ký duyệt", "url": "#"},
        {"number": 18, "sentence": "lớp đã ký duyệt"},
        {"number": 4, "sentence": "lớp còn đang nhập", "url": "#"},
        {"number": 6, "sentence": "ngày nữa là hết hạn"},
    ]


def _works() -> list[dict[str, Any]]:
    return [
        {
            "title": "4C · Toán",
            "status": "returned",
            "done": 34,
            "total": 34,
            "missing": "Đủ; sửa theo lời hiệu trưởng",
            "saved_at": _at(20, 41, day=18),
            "url": "#",
            "url_label": "Sửa lại",
            "returned_reason": "Nhận xét của em Vàng A Páo và em Lò Thị Mai giống hệt nhau.",
            "returned_by": "Nguyễn Thu Hằng, 20/12/2026",
        },
        {
            "title": "4A · Toán",
            "status": "open",
            "done": 31,
            "total": 35,
            "missing": "Thiếu 4 điểm, 2 nhận xét",
            "saved_at": _at(20, 41),
            "url": "#",
            "url_label": "Nhập tiếp",
        },
        {
            "title": "4B · Công nghệ",
            "status": "missing",
            "done": 0,
            "total": 33,
            "missing": "Chưa nhập",
            "url": "#",
            "url_label": "Bắt đầu nhập",
        },
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": "Chọn tệp", "is_done": True, "url": "#"},
        {"label": "Xem trước", "is_current": True},
        {"label": "Ghi vào sổ"},
    ]


def _grid_rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "Nguyễn Hoàng An",
            "level": "T",
            "score": "9",
            "comment": "Tính nhẩm nhanh, trình bày bài sạch; biết giúp bạn cùng bàn.",
            "state": "saved",
        },
        {
            "name": "Trần Gia Bảo",
            "level": "H",
            "score": "7",
            "comment": "Thực hiện đúng các phép tính, cần đọc kĩ đề toán có lời văn.",
            "state": "changed",
        },
        {"name": "Vàng A Páo", "level": "", "score": "", "comment": "", "state": "missing"},
        {
            "name": "Lò Thị Mai",
            "level": "H",
            "score": "7,5",
            "comment": "Có tiến bộ rõ về phép chia.",
            "state": "invalid",
            "error": "Điểm kiểm tra là số nguyên từ 1 đến 10, không có phần thập phân.",
        },
        {
            "name": "H'Hen Êban",
            "level": "T",
            "score": "10",
            "comment": "Say mê giải toán, nắm chắc phân số.",
            "state": "conflict",
            "theirs": "Nắm chắc phân số, cần viết chữ số rõ hơn.",
            "theirs_by": "Lê Thị Lan, 20:38",
        },
        {
            "name": "Sùng Thị Dở",
            "level": "C",
            "score": "4",
            "comment": "Đã thuộc bảng nhân 2 đến 5; cô kèm thêm phép nhân có nhớ chiều thứ Ba.",
            "state": "waiting",
        },
    ]


def _trait_columns() -> list[dict[str, Any]]:
    return [
        {
            "label": "Phẩm chất chủ yếu",
            "traits": ["Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"],
        },
        {
            "label": "Năng lực chung",
            "traits": [
                "Tự chủ và tự học",
                "Giao tiếp và hợp tác",
                "Giải quyết vấn đề và sáng tạo",
            ],
        },
        {
            "label": "Năng lực đặc thù",
            "traits": [
                "Ngôn ngữ",
                "Tính toán",
                "Khoa học",
                "Công nghệ",
                "Tin học",
                "Thẩm mĩ",
                "Thể chất",
            ],
        },
    ]


def _locked_rows() -> list[dict[str, Any]]:
    return [
        row | {"state": "locked"}
        for row in _grid_rows()
        if row["state"] in {"saved", "changed", "waiting"}
    ]


def _subjects() -> list[dict[str, Any]]:
    return [
        {
            "name": "Tiếng Việt",
            "level": "Hoàn thành tốt",
            "score": 9,
            "comment": (
                "Đọc trôi chảy, diễn cảm. Bài văn tả cây bàng của con có nhiều hình ảnh "
                "đẹp và chân thật; con đã biết sửa lỗi câu sau khi tự đọc lại. "
                "Học kỳ tới cô mong con mạnh dạn đọc trước lớp."
            ),
        },
        {"name": "Toán", "level": "Hoàn thành tốt", "score": 10, "comment": "Nắm chắc phân số."},
        {
            "name": "Khoa học",
            "level": "Hoàn thành",
            "score": 8,
            "comment": "Thích quan sát, hay hỏi.",
        },
        {"name": "Đạo đức", "level": "Hoàn thành tốt", "comment": ""},
        {
            "name": "Nghệ thuật (Âm nhạc)",
            "level": "Hoàn thành tốt",
            "comment": "Hát đúng giai điệu, biết gõ đệm.",
        },
    ]


def _trait_groups() -> list[dict[str, Any]]:
    good, reached = "Tốt", "Đạt"
    return [
        {
            "name": "Phẩm chất chủ yếu",
            "comment": "Con thương bạn, thật thà, tự giác trực nhật.",
            "traits": [
                {"name": "Yêu nước", "level": good},
                {"name": "Nhân ái", "level": good},
                {"name": "Chăm chỉ", "level": reached},
                {"name": "Trung thực", "level": good},
                {"name": "Trách nhiệm", "level": good},
            ],
        },
        {
            "name": "Năng lực chung",
            "comment": "Biết chuẩn bị bài trước khi đến lớp; làm việc nhóm tốt.",
            "traits": [
                {"name": "Tự chủ và tự học", "level": good},
                {"name": "Giao tiếp và hợp tác", "level": reached},
                {"name": "Giải quyết vấn đề và sáng tạo", "level": good},
            ],
        },
    ]
