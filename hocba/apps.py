from django.apps import AppConfig


class HocbaConfig(AppConfig):
    name = "hocba"
