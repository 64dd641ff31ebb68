from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from haven.casework.events.running import Sealer
from haven.project.watching import start_watching


class Command(BaseCommand):
    help = "Take jobs from the queue, seal the log and watch who looks at what, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        sealer = Sealer()
        sealer.start()
        watching = start_watching()
        connector: Any = app.connector
        try:
            with app.replace_connector(connector.get_worker_connector()) as worker:
                worker.run_worker(
                    name="haven", concurrency=2, install_signal_handlers=True, shutdown_graceful_timeout=20
                )
        finally:
            watching.set()
            sealer.stop()
