"""Profile v1.0: Công văn 2088/BGDĐT-GDTH (08/5/2024), Phụ lục 1 and 1.1, as a table.

The field codes are the ministry's, literally, THONG_SO_BUOI_NGHI_KHONG_PHEP and
NANG_LUC_GIAO_TIEP_HOC_TAC with their misspellings; order and requiredness are those of Phụ lục
1.1. Its sample file was not to be had: what the text leaves open is marked `is_assumed`.
"""

from reportcards.profiles.tables import Field, Group, Profile, Slot, Spelling
from reportcards.profiles.writing import (
    as_boolean,
    as_circular,
    as_date_of_birth,
    as_gender,
    as_measure,
    as_midnight,
    as_subject_code,
    as_two_digits,
    completion_sentence,
    homeroom_teacher_id,
    homeroom_teacher_name,
    primary_completion,
    promotion,
    subject_name,
    the_school_stage,
    the_version,
)

SUBJECT_CODES = {
    "tieng_viet": "TVI",
    "toan": "TOA",
    "ngoai_ngu_1": "NN1",
    "lich_su_va_dia_li": "LDL",
    "khoa_hoc": "KHO",
    "tin_hoc": "TIN",
    "cong_nghe": "CNG",
    "dao_duc": "DDU",
    "tu_nhien_va_xa_hoi": "TNX",
    "giao_duc_the_chat": "GTC",
    "am_nhac": "AMN",
    "mi_thuat": "MTH",
    "hoat_dong_trai_nghiem": "HTN",
    "tieng_dan_toc": "TDT",
}
"""Assumed: DM_MON_HOC has codes of three characters (the 2026 set), its values were not found."""

SPELLING = Spelling(
    version="1.0",
    circulars={"tt27": "TT27/2020"},  # assumed; the 2026 set has room for ten characters
    school_stage="02",
    date_of_birth="%d/%m/%Y",  # the ministry's sample in II.2.6, against II.1.3
    booleans=("false", "true"),  # assumed: a String in Phụ lục 1.1, a bool in the 2026 set
    genders={"male": "Nam", "female": "Nữ"},
    subject_codes=SUBJECT_CODES,
)

# fmt: off
GENERAL = Group("THONG_TIN_CHUNG", (
    Field("PHIEN_BAN", "profile", derives=the_version, is_required=True, is_assumed=True),
    Field("THONG_TU", "ruleset", as_circular, is_required=True, is_assumed=True),
    Field("MA_TRA_CUU_UUID", "uuid", is_required=True),
    Field("TEN_NAM_HOC", "school_year", is_required=True),
    Field("MA_SO_GIAO_DUC", "department.code", is_required=True),
    Field("TEN_SO_GD", "department.name", is_required=True),
    Field("MA_TRUONG", "school.ministry_code", is_required=True),
    Field("TEN_TRUONG", "school.name", is_required=True),
    Field("TEN_QUAN_HUYEN", "school.district_name", is_required=True),
    Field("TEN_XA_PHUONG", "school.commune_name", is_required=True),
    Field("TEN_TINH_THANH_PHO", "school.province_name", is_required=True),
    Field("MA_CAP_HOC", "profile", derives=the_school_stage, is_required=True),
    Field("SO_SO_DANG_BO", "student.register_number", is_required=True),
    Field("HO_VA_TEN", "student.full_name", is_required=True),
    Field("SO_CCCD", "student.personal_id", is_required=True),
    Field("MA_HOC_SINH", "student.ministry_code", is_required=True),
    Field("GIOI_TINH", "student.gender", as_gender, is_required=True),
    Field("NGAY_SINH", "student.date_of_birth", as_date_of_birth, is_required=True),
    Field("CAN_NANG", "body.weight_kg", as_measure, is_required=True),
    Field("CHIEU_CAO", "body.height_cm", as_measure, is_required=True),
    Field("TONG_SO_BUOI_NGHI_CO_PHEP", "attendance.absences_with_leave", is_required=True),
    Field("THONG_SO_BUOI_NGHI_KHONG_PHEP", "attendance.absences_without_leave", is_required=True),
    Field("NOI_SINH", "student.birth_place", is_required=True),
    Field("QUE_QUAN", "student.home_town", is_required=True),
    Field("CHO_O_HIEN_NAY", "student.residence", is_required=True),
    Field("DAN_TOC", "student.ethnicity", is_required=True),
    Field("QUOC_TICH", "student.nationality", is_required=True),
    Field("HO_VA_TEN_CHA", "student.father_name"),
    Field("HO_VA_TEN_ME", "student.mother_name", is_required=True),
    Field("HO_VA_TEN_NGUOI_GIAM_HO", "student.guardian_name"),
    Field("TEN_GIAM_HIEU_KY_HOC_BA", "leader.full_name", is_required=True),
    Field("SO_CCCD_GIAM_HIEU_KY_HOC_BA", "leader.personal_id", is_required=True),
    Field("DIA_DANH_PHAT_HANH_HOC_BA", "place_of_issue", is_required=True),
    Field("NGAY_TAO_HOC_BA", "made_at", is_required=True),
    Field("NGAY_KY_PHAT_HANH_HOC_BA", "issued_on", as_midnight, is_required=True),
    Field("CHUC_VU_GIAM_HIEU_KY_HOC_BA", "leader.position_title", is_required=True),
    Field("TEN_GIAO_VIEN_CHU_NHIEM", "homeroom_signer.full_name", derives=homeroom_teacher_name),
    Field("SO_CCCD_GIAO_VIEN_CHU_NHIEM", "homeroom_signer.personal_id",
          derives=homeroom_teacher_id),
    Field("MA_KHOI", "school_class.grade_level", as_two_digits, is_required=True, is_assumed=True),
    Field("TEN_LOP", "school_class.name", is_required=True),
))

# NAM_HOC stands at the end of the general group in the transcription; the national set and QĐ
# 1789, Phụ lục II have it in each row.
HISTORY = Group("QUA_TRINH_HOC_TAP", (
    Group("NAM_HOC_CHI_TIET", (
        Field("NAM_HOC", "school_year", is_required=True),
        Field("TEN_LOP", "class_name", is_required=True),
        Field("TEN_TRUONG", "school_name", is_required=True),
        Field("NGAY_TRANG_THAI_CHUYEN_DEN", "entered_on", as_midnight, is_required=True),
    ), each="history", is_assumed=True),
))

# Levels as codes, as in the national set; the year's result in words, for which that set has
# fifty characters.
SUBJECTS = Group("BANG_DIEM", (
    Group("MON_HOC", (
        Field("MA_MON_HOC", "code", as_subject_code, is_required=True, is_assumed=True),
        Field("TEN_MON_HOC", "name", derives=subject_name, is_required=True),
        Field("MUC_DAT_DUOC", "level", is_required=True, is_assumed=True),
        Field("DIEM_KIEM_TRA_DINH_KY", "score"),
    ), each="subjects", is_assumed=True),
), is_assumed=True)

TRAITS = Group("DANH_GIA_NANG_LUC_PHAM_CHAT", (
    Field("NANG_LUC_TU_CHU_TU_HOC", "traits.tu_chu_va_tu_hoc.level", is_required=True),
    Field("NANG_LUC_GIAO_TIEP_HOC_TAC", "traits.giao_tiep_va_hop_tac.level", is_required=True),
    Field("NANG_LUC_GIAI_QUYET_VAN_DE_SANG_TAO", "traits.giai_quyet_van_de_va_sang_tao.level",
          is_required=True),
    Field("NANG_LUC_NGON_NGU", "traits.ngon_ngu.level", is_required=True),
    Field("NANG_LUC_TINH_TOAN", "traits.tinh_toan.level", is_required=True),
    Field("NANG_LUC_KHOA_HOC", "traits.khoa_hoc.level", is_required=True),
    Field("NANG_LUC_CONG_NGHE", "traits.cong_nghe.level"),
    Field("NANG_LUC_TIN_HOC", "traits.tin_hoc.level"),
    Field("NANG_LUC_THAM_MI", "traits.tham_mi.level", is_required=True),
    Field("NANG_LUC_THE_CHAT", "traits.the_chat.level", is_required=True),
    Field("PHAM_CHAT_YEU_NUOC", "traits.yeu_nuoc.level", is_required=True),
    Field("PHAM_CHAT_NHAN_AI", "traits.nhan_ai.level", is_required=True),
    Field("PHAM_CHAT_CHAM_CHI", "traits.cham_chi.level", is_required=True),
    Field("PHAM_CHAT_TRUNG_THUC", "traits.trung_thuc.level", is_required=True),
    Field("PHAM_CHAT_TRACH_NHIEM", "traits.trach_nhiem.level", is_required=True),
    Field("NHAN_XET_PHAM_CHAT", "comments.quality", is_required=True),
    Field("NHAN_XET_NANG_LUC_CHUNG", "comments.general_competence", is_required=True),
    Field("NHAN_XET_NANG_LUC_DAC_THU", "comments.specific_competence", is_required=True),
), is_assumed=True)

# In the last grade DUOC_LEN_LOP says what DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC says: it is
# required of every grade, and a fifth-grader goes on when she has completed.
YEAR = Group("TONG_KET", (
    Field("KET_QUA_XEP_LOAI", "year_decision.result_name", is_required=True, is_assumed=True),
    Field("DUOC_LEN_LOP", "year_decision.is_promoted", derives=promotion,
          is_required=True, is_assumed=True),
    Field("NOI_DUNG_HOAN_THANH_CHUONG_TRINH", "year_decision", derives=completion_sentence),
    Field("DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC", "year_decision.has_completed", as_boolean,
          is_required=True, is_assumed=True),
    Field("DA_HOAN_THANH_CHUONG_TRINH_TIEU_HOC", "year_decision", derives=primary_completion,
          is_assumed=True),
    Field("NOI_DUNG_KHEN_THUONG", "year_decision.reward"),
    Field("NOI_DUNG_KHEN_THUONG_DOT_XUAT", "year_decision.extraordinary_reward"),
    Field("NHAN_XET_GVCN", "comments.homeroom", is_required=True),
    SUBJECTS,
    TRAITS,
))
# fmt: on

SLOT_LIST = "DANH_SACH_THONG_TIN_KY"

SLOTS = (
    Slot("homeroom", (SLOT_LIST, "GVCN"), is_required=False),
    Slot("leader", (SLOT_LIST, "CBQL")),
    Slot("seal", (SLOT_LIST, "KY_PHAT_HANH"), has_personal_id=False),
)

V1_0 = Profile(
    key="v1.0",
    title="Công văn 2088/BGDĐT-GDTH (08/5/2024), phiên bản 1.0",
    can_be_signed=True,
    spelling=SPELLING,
    tree=Group("DU_LIEU_HOC_BA", (GENERAL, HISTORY, YEAR), part=""),
    slot_lists=(SLOT_LIST,),
    slots=SLOTS,
    schema_file="v1_0.xsd",
)
