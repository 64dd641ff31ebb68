"""Every question of the matrix: address, method, reader, class of object, stage; and what the answer must be."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from matrix_asking import HARMLESS, Answer, Asker, Tally, path_of
from matrix_oracle import Situation
from matrix_population import Record, World
from matrix_readers import ENTERS, HERE, Reader
from matrix_table import BOTH, TABLE, Rule

HIDDEN = ("sealed", "conflict_adult", "conflict_alleged", "elsewhere")
"""The classes that are always asked about, whatever the sample: by GET, of every role that comes to a page of records,
without a relationship and, where there is a conflict of interest, of whoever works on the case."""

COME_TO_RECORDS = (*ENTERS, "information_governance_officer")
"""To other roles such a page is not there before it looks for the record: they are asked as the sample has them."""

OF_RECORDS = {name: rule for name, rule in TABLE.items() if rule.may is not None}
SHOWS_SECRETS = ("visit-sheet", "reveal")
"""Where what is protected is shown, to who works on the case, by a request that says so (PR-24)."""

KEEPS_PAGE = (200, 409, 422)


@dataclass(frozen=True)
class Pair:
    """One question."""

    name: str
    method: str
    reader: Reader
    klass: str
    stage: str

    def __str__(self) -> str:
        return f"{self.method} {self.name} of {self.klass}/{self.stage} by {self.reader}"

    @property
    def always(self) -> bool:
        """Asked in every run."""
        if self.method != "GET" or self.klass not in HIDDEN or self.stage != TABLE[self.name].stages[0]:
            return False
        stance = "worker" if self.klass.startswith("conflict") else "nothing"
        comes = [((HERE, role),) for role in COME_TO_RECORDS]
        return self.reader.held in comes and self.reader.stance == stance


def drawn(question: Any, seed: str, share: float) -> bool:
    """Whether a sample of this share, with this seed, has the question in."""
    number = int.from_bytes(hashlib.sha256(f"{seed} {question}".encode()).digest()[:6])
    return number < share * 2**48


def pairs(readers: list[Reader], rules: dict[str, Rule] = OF_RECORDS) -> Iterator[Pair]:
    """All of them, in an order that is the same every time."""
    for name, rule in rules.items():
        for klass in rule.classes:
            for stage in ("closed",) if klass == "closed" else rule.stages:
                for reader in readers:
                    yield from (Pair(name, method, reader, klass, stage) for method in BOTH)


def wanted(readers: list[Reader], seed: str, share: float) -> list[Pair]:
    """Those of a run: all of them where the share is 1."""
    return [pair for pair in pairs(readers) if share >= 1 or pair.always or drawn(pair, seed, share)]


@dataclass
class Matrix:
    """Asks the questions and judges the answers."""

    world: World
    asker: Asker
    tally: Tally = field(default_factory=Tally)
    nobodys: dict[Any, tuple[str, Answer]] = field(default_factory=dict)

    def judge(self, pair: Pair) -> None:
        """Ask one question; everything that is wrong with its answer goes into the tally."""
        rule, record = TABLE[pair.name], self.world.at(pair.klass, pair.stage)
        arguments = rule.address(record)
        if arguments is None:
            return
        situation = Situation(self.world, pair.reader, record)
        path = path_of(pair.name, arguments)
        answer = self.asker.ask(pair.reader, record, pair.method, path)
        allowed = rule.allows(pair.method, situation, record)
        self.tally.asked["pairs"] += 1
        (self.allowed if allowed else self.denied)(pair, situation, answer, path)
        self.whatever(pair, situation, answer)

    def allowed(self, pair: Pair, situation: Situation, answer: Answer, _path: str) -> None:
        """It opens, or says in words what must be put right."""
        self.tally.asked["allowed"] += 1
        if not answer.allowed:
            self.tally.fault("wrong denies", f"{pair}: {answer.status}")

    def denied(self, pair: Pair, situation: Situation, answer: Answer, path: str) -> None:
        """As if there were no such thing: the same words and, where nothing of it may be seen, as many statements."""
        self.tally.asked["denied"] += 1
        if answer.allowed:
            self.tally.fault("wrong allows", f"{pair}: {answer.status} {answer.leads_to}")
            return
        if answer.shown:
            self.tally.fault("reads of what was denied", str(pair))
        if not self.tells_nothing(pair, situation, answer, path):
            self.tally.fault("tell-tale answers", f"{pair}: {answer.status}, {answer.statements} statements")

    def tells_nothing(self, pair: Pair, situation: Situation, answer: Answer, path: str) -> bool:
        """As the answer where there is nothing. Where they may see the record, but not do this, that it is there is no
        secret: then the words alone are compared, and by a method it has not, nothing."""
        s, record = situation, situation.about
        seen = s.sees_case(record) or s.sees_report(record) or s.sees_task(record) or s.discloses(record)
        if seen and pair.method not in TABLE[pair.name].methods:
            return True
        for anew in (False, True):
            others, nobodys = self.nobodys_answer(pair, record, anew=anew)
            if answer.like(nobodys, path, others) and (seen or answer.statements == nobodys.statements):
                return True
        return False

    def whatever(self, pair: Pair, situation: Situation, answer: Answer) -> None:
        """Of every answer: no failure, nothing they may not meet, every look written down, looking changes nothing."""
        if answer.status >= 500:
            self.tally.fault("failures", f"{pair}: {answer.status}")
        for leak in self.asker.leaks(situation, answer):
            if not (pair.name in SHOWS_SECRETS and "secret" in leak and situation.sees_case(situation.about)):
                self.tally.fault("leaks", f"{pair}: {leak}")
        if answer.status in KEEPS_PAGE:
            self.tally.asked["pages shown"] += answer.status == 200
            for unread in self.asker.unread(situation, answer):
                self.tally.fault("missing reads", f"{pair}: {unread}")
        changed = answer.changed - set(HARMLESS)
        if pair.method == "GET" and changed:
            self.tally.fault("changes by looking", f"{pair}: {', '.join(sorted(changed))}")

    def nobodys_answer(self, pair: Pair, record: Record, *, anew: bool) -> tuple[str, Answer]:
        """What somebody of these roles is told of a record that does not exist; `anew` with this very stance."""
        key = (pair.name, pair.method, pair.reader.held)
        if anew or key not in self.nobodys:
            path = path_of(pair.name, TABLE[pair.name].missing)
            self.nobodys[key] = path, self.asker.ask(pair.reader, record, pair.method, path)
        return self.nobodys[key]

    def others(self, pair: Pair) -> None:
        """The methods nobody uses: refused, or harmless."""
        record = self.world.at(pair.klass, pair.stage)
        arguments = TABLE[pair.name].address(record)
        assert arguments is not None
        answer = self.asker.ask(pair.reader, record, pair.method, path_of(pair.name, arguments))
        self.tally.asked["other methods"] += 1
        if answer.status >= 500 or answer.changed - set(HARMLESS):
            self.tally.fault("other methods that act", f"{pair}: {answer.status} {sorted(answer.changed)}")

    def outside(self, name: str, rule: Rule, reader: Reader, method: str) -> None:
        """An address of no object: who may come does, and nobody is shown there."""
        record = self.world.at("open", "enquiry")
        answer = self.asker.ask(reader, record, method, path_of(name, rule.address(record)))
        pair, situation = Pair(name, method, reader, "open", "enquiry"), Situation(self.world, reader, record)
        self.tally.asked["addresses of no object"] += 1
        must_sign_in = rule.kind == "account" and reader.user is None
        if must_sign_in != (answer.asks_to_sign_in and rule.kind == "account"):
            self.tally.fault("wrong denies" if answer.asks_to_sign_in else "wrong allows", str(pair))
        if answer.status >= 500:
            self.tally.fault("failures", f"{pair}: {answer.status}")
        for token, kind, of in self.asker.found_in(answer):
            self.tally.fault("leaks", f"{pair}: {token} ({kind} of {of})")
        assert situation.about.desk.authority.code == HERE
