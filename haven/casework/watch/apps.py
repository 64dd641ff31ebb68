from importlib import import_module

from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "haven.casework.watch"
    label = "watch"

    def ready(self) -> None:
        """Be asked of arrivals, facts, faults of the log and ways in that open; tell what readers share (PR-26)."""
        jobs = import_module("haven.casework.watch.kept_jobs")
        import_module("haven.casework.contacts.arriving").ON_ARRIVAL.append(jobs.on_arrival)
        import_module("haven.casework.people.recording").ON_FACT.append(jobs.on_fact)
        log_faults = import_module("haven.casework.watch.log_faults")
        import_module("haven.casework.events.keeping").ON_FAULT.append(log_faults.on_fault)
        import_module("haven.casework.access.ways_in").OPENED.append(import_module("haven.casework.watch.ways_in").tell)
        sharing = import_module("haven.casework.watch.sharing")
        import_module("haven.casework.watch.registries").OWN_DETAILS.append(sharing.shared_by_digest)
