"""The Celery app: configured by the `CELERY_…` settings, tasks found in the installed apps."""

import logging
import os
from typing import Any

from celery import Celery, Task
from celery.exceptions import OperationalError
from celery.signals import task_postrun, task_prerun

log = logging.getLogger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reex_site.settings")


class Message(Task):
    """A task whose message only says "look now": where the broker is away, the row that it is about waits for the sweeper.

    So nobody's page breaks with the broker, and what was asked for begins when it is back.
    """

    abstract = True

    def apply_async(self, *args: Any, **options: Any) -> Any:
        """Send the message; None, and a line in the log, when there is no broker to leave it with."""
        try:
            return super().apply_async(*args, **options)
        except (OperationalError, OSError, *self.app.connection_for_write().channel_errors) as error:
            log.warning("no message for %s, the sweeper will see to it: %s", self.name, error)
            return None


app = Celery("reex", task_cls=Message)
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
