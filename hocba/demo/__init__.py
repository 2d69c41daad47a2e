"""The demo school: invented people, made through the same actions as a real school's."""
