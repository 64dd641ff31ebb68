"""/metrics: figures of the service, for this machine or who bears the token, and nothing of anybody in them (TR-41)."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from haven.casework.desk.continuity import make_packs
from haven.casework.upkeep.counting import count_findings
from haven.project.metrics import timing

LINE = re.compile(r'[a-z_]+(\{([a-z_]+="[\w.+/:-]*",?)+\})? -?[0-9.e+-]+|haven_request_seconds_bucket\{.*\} [0-9.e+-]+')


@pytest.fixture(autouse=True)
def counts_of_this_test(settings, tmp_path):
    settings.HAVEN_HOME = tmp_path
    timing._own.cache_clear()
    yield
    timing._own.cache_clear()


def said(**headers: str) -> str:
    answer = Client().get("/metrics", **headers)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return answer.content.decode()


def test_every_line_is_one_that_prometheus_reads(case, report):
    lines = said().splitlines()

    assert len(lines) > 20
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_what_waits_and_how_long_is_told(report):
    found = said()

    assert 'haven_waiting{queue="contacts"} 1' in found
    assert re.search(r'haven_waiting_oldest_seconds\{queue="contacts"\} [1-9]', found)
    assert 'haven_waiting{queue="deliveries_dead"} 0' in found
    assert "haven_log_unsealed_seconds" in found and "haven_jobs" in found
    assert "haven_watch_seconds_ago -1" in found


def test_requests_are_counted_by_the_name_of_the_page_and_never_by_its_address(case, priya, sign_in):
    sign_in(priya).get(f"/cases/{case.reference}/")
    Client().get("/no/such/page/Joan-Whitlock")

    found = said()

    assert 'haven_request_seconds_count{route="case"} 1' in found
    assert 'haven_request_seconds_bucket{route="case",le="+Inf"} 1' in found
    assert 'haven_request_seconds_count{route="unnamed"} 1' in found
    assert case.reference not in found and "Joan" not in found


def test_the_counts_of_several_processes_are_added(db: None):
    Client().get("/healthz")
    theirs = timing.Counts(timing.folder() / f"{timing._digest()}-1-1", timing.names())
    theirs.count("healthz", 0.2, Client().get("/healthz"))

    assert 'haven_request_seconds_count{route="healthz"} 3' in said()


def test_nobody_stands_in_it(case, report, joan, authority, priya, sign_in):
    count_findings(timezone.now())
    sign_in(priya).get(f"/people/{joan.pk}/")

    found = said()

    for word in ("Joan", "Whitlock", "Priya", "Almond", "Tom", "@", case.reference, report.reference, str(joan.pk)):
        assert word not in found


def test_the_age_of_the_pack_is_told_by_the_code_of_its_authority(authority, settings, tmp_path):
    settings.HAVEN_FILES, settings.HAVEN_KEYS = tmp_path / "files", tmp_path / "keys"
    make_packs(authority, timezone.now())

    assert 'haven_continuity_pack_seconds_ago{authority="eastmere"} ' in said()


@pytest.mark.parametrize(
    "headers",
    [{"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"}],
)
def test_from_elsewhere_and_through_a_proxy_there_is_no_such_page(db: None, headers):
    assert Client().get("/metrics", **headers).status_code == 404


def test_with_a_token_only_its_bearer_is_answered(db: None, settings):
    settings.METRICS_TOKEN = "a long token that only the watching system has"

    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer another").status_code == 404
    assert "haven_database_up 1" in said(
        HTTP_AUTHORIZATION=f"Bearer {settings.METRICS_TOKEN}", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="10.0.0.9"
    )


def test_it_is_asked_and_never_told(db: None):
    assert Client().post("/metrics").status_code == 405
