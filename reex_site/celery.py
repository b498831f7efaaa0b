"""The Celery app: configured by the `CELERY_…` settings, tasks found in the installed apps."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reex_site.settings")

app = Celery("reex")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
@task_postrun.connect
def keep_connections(sender: Any = None, **about: Any) -> None:
    """A connection serves many tasks, as it does many requests: those that broke or are old are closed, the others looked at.

    Celery's own way (`CELERY_DB_REUSE_MAX`) ends it with each task, and a new one knows no table yet: that was a twentieth
    of what reading a page costs.
    """
    if not sender.request.is_eager:
        from django.db import close_old_connections

        close_old_connections()
