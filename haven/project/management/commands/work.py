from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from haven.project.watching import start_watching


class Command(BaseCommand):
    help = "Take jobs from the queue and watch who looks at what, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        connector: Any = app.connector
        start_watching()
        with app.replace_connector(connector.get_worker_connector()) as worker:
            worker.run_worker(name="haven", concurrency=2, install_signal_handlers=True, shutdown_graceful_timeout=20)
