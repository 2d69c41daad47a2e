"""The nine forms of Phụ lục 2 as domain 2.3 gives them, column by column, and one pupil's row.

What stands under which heading is confirmed. [U], as the printed grid was not seen: that the
qualities stand before the competences (as the guide speaks of them), that the subjects stand in
the order of the học bạ, and that there is no column for the date of birth.
The pupil's levels are T, H, C in turn (T, Đ, C of traits), her scores 10, 9, 8, 7, 6, 5.
"""

FORMS = {
    1: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt | T
Môn học và hoạt động giáo dục / Toán | H
Môn học và hoạt động giáo dục / Đạo đức | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội | T
Môn học và hoạt động giáo dục / Giáo dục thể chất | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | C
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | T
Ghi chú |
""",
    2: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội / Mức đạt được | T
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | C
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | T
Ghi chú |
""",
    3: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội / Mức đạt được | T
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | C
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | T
Đánh giá kết quả giáo dục / HTXS |
Đánh giá kết quả giáo dục / HTT | X
Đánh giá kết quả giáo dục / HT |
Đánh giá kết quả giáo dục / CHT |
Khen thưởng | X
Chưa được lên lớp |
Ghi chú |
""",
    4: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt | T
Môn học và hoạt động giáo dục / Toán | H
Môn học và hoạt động giáo dục / Ngoại ngữ 1 | C
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) | T
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) | H
Môn học và hoạt động giáo dục / Đạo đức | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội | T
Môn học và hoạt động giáo dục / Giáo dục thể chất | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Ghi chú |
""",
    5: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Mức đạt được | C
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Điểm KTĐK | 8
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Mức đạt được | T
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Điểm KTĐK | 7
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Mức đạt được | H
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Điểm KTĐK | 6
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội / Mức đạt được | T
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Ghi chú |
""",
    6: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Mức đạt được | C
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Điểm KTĐK | 8
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Mức đạt được | T
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Điểm KTĐK | 7
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Mức đạt được | H
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Điểm KTĐK | 6
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | C
Môn học và hoạt động giáo dục / Tự nhiên và Xã hội / Mức đạt được | T
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | H
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | T
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | H
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Đánh giá kết quả giáo dục / HTXS |
Đánh giá kết quả giáo dục / HTT | X
Đánh giá kết quả giáo dục / HT |
Đánh giá kết quả giáo dục / CHT |
Khen thưởng | X
Chưa được lên lớp |
Ghi chú |
""",
    7: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Mức đạt được | C
Môn học và hoạt động giáo dục / Lịch sử và Địa lí / Mức đạt được | T
Môn học và hoạt động giáo dục / Khoa học / Mức đạt được | H
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Mức đạt được | C
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Mức đạt được | T
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | H
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | T
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | H
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | C
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Ghi chú |
""",
    8: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Mức đạt được | C
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Điểm KTĐK | 8
Môn học và hoạt động giáo dục / Lịch sử và Địa lí / Mức đạt được | T
Môn học và hoạt động giáo dục / Lịch sử và Địa lí / Điểm KTĐK | 7
Môn học và hoạt động giáo dục / Khoa học / Mức đạt được | H
Môn học và hoạt động giáo dục / Khoa học / Điểm KTĐK | 6
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Mức đạt được | C
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Điểm KTĐK | 5
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Mức đạt được | T
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | H
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | T
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | H
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | C
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Ghi chú |
""",
    9: """
STT | 1
Họ và tên | Nông Thị Mây
Môn học và hoạt động giáo dục / Tiếng Việt / Mức đạt được | T
Môn học và hoạt động giáo dục / Tiếng Việt / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Toán / Mức đạt được | H
Môn học và hoạt động giáo dục / Toán / Điểm KTĐK | 9
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Mức đạt được | C
Môn học và hoạt động giáo dục / Ngoại ngữ 1 / Điểm KTĐK | 8
Môn học và hoạt động giáo dục / Lịch sử và Địa lí / Mức đạt được | T
Môn học và hoạt động giáo dục / Lịch sử và Địa lí / Điểm KTĐK | 7
Môn học và hoạt động giáo dục / Khoa học / Mức đạt được | H
Môn học và hoạt động giáo dục / Khoa học / Điểm KTĐK | 6
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Mức đạt được | C
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Tin học) / Điểm KTĐK | 5
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Mức đạt được | T
Môn học và hoạt động giáo dục / Tin học và Công nghệ (Công nghệ) / Điểm KTĐK | 10
Môn học và hoạt động giáo dục / Đạo đức / Mức đạt được | H
Môn học và hoạt động giáo dục / Giáo dục thể chất / Mức đạt được | C
Môn học và hoạt động giáo dục / Nghệ thuật (Âm nhạc) / Mức đạt được | T
Môn học và hoạt động giáo dục / Nghệ thuật (Mĩ thuật) / Mức đạt được | H
Môn học và hoạt động giáo dục / Hoạt động trải nghiệm / Mức đạt được | C
Phẩm chất chủ yếu / Yêu nước | T
Phẩm chất chủ yếu / Nhân ái | Đ
Phẩm chất chủ yếu / Chăm chỉ | C
Phẩm chất chủ yếu / Trung thực | T
Phẩm chất chủ yếu / Trách nhiệm | Đ
Năng lực cốt lõi / Năng lực chung / Tự chủ và tự học | C
Năng lực cốt lõi / Năng lực chung / Giao tiếp và hợp tác | T
Năng lực cốt lõi / Năng lực chung / Giải quyết vấn đề và sáng tạo | Đ
Năng lực cốt lõi / Năng lực đặc thù / Ngôn ngữ | C
Năng lực cốt lõi / Năng lực đặc thù / Tính toán | T
Năng lực cốt lõi / Năng lực đặc thù / Khoa học | Đ
Năng lực cốt lõi / Năng lực đặc thù / Công nghệ | C
Năng lực cốt lõi / Năng lực đặc thù / Tin học | T
Năng lực cốt lõi / Năng lực đặc thù / Thẩm mĩ | Đ
Năng lực cốt lõi / Năng lực đặc thù / Thể chất | C
Đánh giá kết quả giáo dục / HTXS |
Đánh giá kết quả giáo dục / HTT | X
Đánh giá kết quả giáo dục / HT |
Đánh giá kết quả giáo dục / CHT |
Khen thưởng | X
Chưa được lên lớp |
Ghi chú |
""",
}


def form(number: int) -> list[tuple[str, str]]:
    lines = FORMS[number].strip().splitlines()
    pairs = [line.partition(" |") for line in lines]
    return [(heading, cell.strip()) for heading, _bar, cell in pairs]
