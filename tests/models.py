"""The models of our own apps."""

from django.apps import apps
from django.db import models

APPS = ["audit", "accounts", "schools", "students", "assessments", "reportcards", "exchange"]


def our_models() -> list[type[models.Model]]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]
