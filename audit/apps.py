from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        """For every app, this one and those above it: whose tables are guarded, a model says."""
        from audit.triggers import install_triggers, release_for_migration

        pre_migrate.connect(release_for_migration)
        post_migrate.connect(install_triggers)
