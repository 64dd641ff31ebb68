import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.project.bench.audit.measuring import Plan as AuditPlan
from haven.project.bench.audit.measuring import measure_audit
from haven.project.bench.looks import measure_looks
from haven.project.bench.measuring import Plan, measure
from haven.project.bench.restoring import measure_restore


class Command(BaseCommand):
    help = "Measure Haven: a concern's life, pages at several sizes, the public sending at once, counting the figures."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "part",
            nargs="?",
            choices=["audit", "looks", "restore"],
            help="only one part, at its full size: the sealed log, who looked at what, or losing all and restoring it",
        )
        parser.add_argument("--rows", type=int, default=10_000_000, help="of looks: how many reads")
        parser.add_argument("--times", type=int, default=20, help="of looks: how often each is measured")
        parser.add_argument(
            "--sizes", type=_sizes, default=(), metavar="N,N", help="cases; 1000,10000,100000 if not given"
        )
        parser.add_argument("--seed", type=int, default=Plan.seed)
        parser.add_argument("--quick", action="store_true", help="fewer of everything, over 1,000 cases if no --sizes")

    def handle(self, *args: Any, **options: Any) -> None:
        sizes, seed = options["sizes"], options["seed"]
        if options["part"] == "audit":
            of_audit = AuditPlan.quick(seed) if options["quick"] else AuditPlan(seed)
            return self.stdout.write(measure_audit(of_audit, _say), ending="")
        if options["part"] == "looks":
            return self.stdout.write(measure_looks(options["rows"], options["times"], seed, _say), ending="")
        if options["part"] == "restore":
            cases = max(sizes, default=0 if options["quick"] else 10_000)
            return self.stdout.write(measure_restore(seed, cases, _say), ending="")
        plan = Plan.quick(sizes, seed) if options["quick"] else Plan(sizes or Plan.sizes, seed)
        self.stdout.write(measure(plan, _say), ending="")


def _sizes(given: str) -> tuple[int, ...]:
    sizes = tuple(int(size) for size in given.split(",") if size.strip().isdecimal())
    if not sizes or min(sizes) < 100:
        raise CommandError("--sizes are numbers of cases from 100, such as 1000,10000.")
    return sizes


def _say(line: str) -> None:
    sys.stderr.write(f"· {line}\n")
    sys.stderr.flush()
