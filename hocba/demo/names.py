"""Invented people. Every name is put together by chance from lists of common name parts."""

import random
from dataclasses import dataclass

KINH_FAMILIES = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trương Tạ
""".split()
GIRL_MIDDLES = """
    Thị Ngọc Minh Thu Phương Khánh Bảo Thùy Mỹ Như
""".split()
BOY_MIDDLES = """
    Văn Minh Gia Đức Quốc Hữu Bảo Tuấn Thành Hoàng
""".split()
GIRL_NAMES = """
    An Anh Ánh Bích Chi Diệp Dung Giang Hà Hân Hiền Hoa Huyền Hương Khuê Lan Linh Ly Mai My
    Nga Ngân Nhi Nhung Oanh Phượng Quyên Quỳnh Tâm Thảo Thư Thủy Trang Trâm Trúc Uyên Vân Vy
    Xuân Yến
""".split()
BOY_NAMES = """
    An Bách Bảo Bình Cường Dũng Duy Đạt Đăng Đức Hải Hiếu Hoàng Huy Hùng Hưng Khang Khánh Khoa
    Khôi Kiên Lâm Long Lộc Minh Nam Nghĩa Nhân Phong Phúc Quang Quân Sơn Tài Thắng Thiện Thịnh
    Tín Trí Vinh
""".split()
EDE_FAMILIES = """
    Niê Mlô Êban Ayun Byă Kbuôr Hđơk Ênuôl
""".split()
EDE_GIRL_NAMES = """
    H'Hen H'Liêu H'Mơ H'Nga H'Rin H'Juyn H'Wê
""".split()
EDE_BOY_NAMES = ["Y Khoa", "Y Bhem", "Y Thiên", "Y Quốc", "Y Nguyên", "Y Jôn", "Y Rin", "Y Phong"]
TAY_FAMILIES = """
    Nông Hoàng Triệu Lương Ma Bế Hứa Vi
""".split()
HMONG_FAMILIES = """
    Giàng Sùng Vàng Lầu Thào Mùa
""".split()
HMONG_GIRL_NAMES = """
    Dếnh Mỷ Chía Sua Pà Máy
""".split()
HMONG_BOY_NAMES = """
    Páo Chứ Dình Sính Tủa Vừ
""".split()

# Ethnic group's code → share of the school in percent.
SHARES = {"01": 62, "12": 22, "02": 6, "07": 5, "08": 5}


@dataclass(frozen=True)
class Person:
    full_name: str
    gender: str
    ethnicity_code: str


# Those of whom the log-ins speak; everybody else is put together by chance.
HHEN = Person("H'Hen Niê", "female", "12")
YOUNGER_CHILD = Person("Trần Bảo Ngân", "female", "01")
ELDER_CHILD = Person("Trần Minh Khôi", "male", "01")
MOTHER_OF_TWO, FATHER_OF_TWO = "Đinh Thị Hiền", "Trần Văn Sơn"
TEACHER_AND_MOTHER, HER_HUSBAND = "H'Liêu Êban", "Y Phong Niê"


def invent_pupil(chance: random.Random) -> Person:
    gender = chance.choice(["female", "male"])
    (ethnicity_code,) = chance.choices(list(SHARES), weights=list(SHARES.values()))
    return Person(_name(chance, gender, ethnicity_code), gender, ethnicity_code)


def invent_adult(chance: random.Random, gender: str, *, family: str = "") -> str:
    middles = GIRL_MIDDLES if gender == "female" else BOY_MIDDLES
    names = GIRL_NAMES if gender == "female" else BOY_NAMES
    family = family or chance.choice(KINH_FAMILIES)
    return f"{family} {chance.choice(middles[:4])} {chance.choice(names)}"


def invent_parent(chance: random.Random, child: Person, gender: str) -> str:
    if child.ethnicity_code == "12":
        names = EDE_GIRL_NAMES if gender == "female" else EDE_BOY_NAMES
        return f"{chance.choice(names)} {chance.choice(EDE_FAMILIES)}"
    family = child.full_name.split()[0] if gender == "male" else ""
    return invent_adult(chance, gender, family=family)


def _name(chance: random.Random, gender: str, ethnicity_code: str) -> str:
    if ethnicity_code == "12":
        names = EDE_GIRL_NAMES if gender == "female" else EDE_BOY_NAMES
        return f"{chance.choice(names)} {chance.choice(EDE_FAMILIES)}"
    if ethnicity_code == "08":
        names = HMONG_GIRL_NAMES if gender == "female" else HMONG_BOY_NAMES
        middle = "Thị" if gender == "female" else "A"
        return f"{chance.choice(HMONG_FAMILIES)} {middle} {chance.choice(names)}"
    families = TAY_FAMILIES if ethnicity_code in {"02", "07"} else KINH_FAMILIES
    middles = GIRL_MIDDLES if gender == "female" else BOY_MIDDLES
    names = GIRL_NAMES if gender == "female" else BOY_NAMES
    return f"{chance.choice(families)} {chance.choice(middles)} {chance.choice(names)}"
