"""Calling the workers for documents that wait."""

from django.db import transaction

from reportcards.rendering_tasks import call_once


def call_renderer() -> None:
    """Once what the worker shall find stands in the database."""
    transaction.on_commit(call_once)
