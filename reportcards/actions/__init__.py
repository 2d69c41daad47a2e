from reportcards.actions.printing import (
    print_child_report_card,
    print_class_report_cards,
    print_report_card,
)

__all__ = ["print_child_report_card", "print_class_report_cards", "print_report_card"]
