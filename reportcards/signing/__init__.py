"""Digital signatures on report cards, in pure Python (CV 2088/BGDĐT-GDPT §1.6; NĐ 23/2025)."""
