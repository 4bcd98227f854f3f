"""A running Airflow with Costlake behind it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from company import Company
from conftest import DAGS, REPO
from costlake_airflow.common import POOL
from mail import MailServer
from running import RunningAirflow, until

NIGHTLY = "costlake_nightly"
CLOSE = "costlake_month_close"
COSTLAKE = REPO / "costlake"
# A night of six lines ends before what the second compiler makes is used.
SMALL = {"COSTLAKE_HEAP": "1g", "COSTLAKE_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
RUN_S = 1800
ALERT_S = 180


@pytest.fixture(scope="module")
def mails() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def company(mails: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company(tmp_path_factory.mktemp("company"), mails.port)


@pytest.fixture(scope="module")
def airflow(
    company: Company, mails: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningAirflow]:
    smtp = {
        "conn_type": "smtp",
        "host": "127.0.0.1",
        "port": mails.port,
        "extra": {"disable_ssl": True, "disable_tls": True, "from_email": "costlake@example.com"},
    }
    environment = {
        "COSTLAKE_CONF": str(company.conf),
        **SMALL,
        "COSTLAKE_LOG": str(company.folder / "costlake.log"),
        "AIRFLOW_VAR_COSTLAKE_LAUNCHER": str(COSTLAKE),
        "AIRFLOW_VAR_COSTLAKE_ALERT_TO": "finops@example.com",
        "AIRFLOW_CONN_SMTP_DEFAULT": json.dumps(smtp),
    }
    late = Path(__file__).parent / "late"
    running = RunningAirflow(tmp_path_factory.mktemp("airflow"), [DAGS, late], environment)
    with running:
        running.post("pools", {"name": POOL, "slots": 1, "include_deferred": False})
        running.know(NIGHTLY, CLOSE, "late")
        yield running
    assert running.left() == []


def costlake(company: Company, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COSTLAKE, *arguments],
        env={**os.environ, "COSTLAKE_CONF": str(company.conf), **SMALL},
        capture_output=True,
        text=True,
        check=False,
    )


def test_airflow_reads_our_dags_and_complains_of_none(airflow: RunningAirflow) -> None:
    assert {dag["dag_id"] for dag in airflow.get("dags")["dags"]} == {
        "costlake_alerts",
        "costlake_backfill",
        "costlake_maintenance",
        CLOSE,
        NIGHTLY,
        "costlake_watch",
        "late",
    }
    assert airflow.get("importErrors")["import_errors"] == []
    assert airflow.get("dagWarnings")["dag_warnings"] == []


def test_three_nights_go_green(airflow: RunningAirflow, company: Company) -> None:
    ended = airflow.backfill(NIGHTLY, "2026-08-30", "2026-09-01", RUN_S)
    assert ended == {
        "2026-08-30": "success",
        "2026-08-31": "success",
        "2026-09-01": "success",
    }
    assert airflow.tasks(NIGHTLY, "2026-09-01") == {
        "sources": ("success", 1),
        "land aws-payer": ("success", 1),
        "land azure": ("success", 1),
        "build_audit_publish": ("success", 1),
        "report": ("success", 1),
        "budgets": ("success", 1),
        "alerts": ("success", 1),
    }
    nothing_new = airflow.log(NIGHTLY, "2026-08-31", "build_audit_publish")
    assert any("Nothing new since publication 1." in line for line in nothing_new)
    months = "select distinct x_BillingMonth from allocation.allocated_charges order by 1"
    assert costlake(company, "sql", "--format", "csv", months).stdout.split() == [
        "x_BillingMonth",
        "2026-07-01",
        "2026-08-01",
        "2026-09-01",
    ]
    for month in ("2026-08", "2026-09"):
        assert (company.folder / f"statements/{month}/search/statement.pdf").exists()


def test_each_publication_is_an_event_of_the_tables_it_moved(airflow: RunningAirflow) -> None:
    publications = [
        event["extra"]["publication"]
        for event in airflow.events()
        if event["name"] == "reporting.statements"
    ]
    assert sorted(publications) == [1, 2]


def test_a_bad_delivery_is_red_at_its_own_task_at_the_first_try(
    airflow: RunningAirflow, company: Company, mails: MailServer
) -> None:
    company.deliver("2026-09", "21", cut_off=True)
    assert airflow.backfill(NIGHTLY, "2026-09-02", "2026-09-02", RUN_S) == {"2026-09-02": "failed"}
    assert airflow.tasks(NIGHTLY, "2026-09-02") == {
        "sources": ("success", 1),
        "land aws-payer": ("failed", 1),
        "land azure": ("success", 1),
        "build_audit_publish": ("upstream_failed", 0),
        "report": ("upstream_failed", 0),
        "budgets": ("upstream_failed", 0),
        "alerts": ("upstream_failed", 0),
    }
    last = airflow.log(NIGHTLY, "2026-09-02", "land", map_index=0)[-8:]
    assert any(
        line.startswith("AirflowFailException:")
        and "2026-09/bill.csv.gz: the compressed data ends too early" in line
        for line in last
    ), last
    until("a mail", ALERT_S, lambda: [m for m in mails.mails if f"{NIGHTLY} failed" in m])


def test_cleared_tasks_run_again_in_any_order(airflow: RunningAirflow, company: Company) -> None:
    company.deliver("2026-09", "21")
    airflow.clear(NIGHTLY, "2026-09-02", "land", downstream=True)
    assert airflow.ends(NIGHTLY, "2026-09-02", RUN_S) == "success"
    for day, task in (
        ("2026-09-01", "report"),
        ("2026-08-31", "build_audit_publish"),
        ("2026-09-02", "land"),
        ("2026-08-30", "sources"),
    ):
        airflow.clear(NIGHTLY, day, task)
        assert airflow.ends(NIGHTLY, day, RUN_S) == "success", (day, task)
    nothing_new = costlake(company, "night", "--period", "2026-08..2026-09")
    assert nothing_new.stdout == "Nothing new since publication 3.\n"


def test_a_late_run_alerts_and_a_stopped_one_stops_its_process(
    airflow: RunningAirflow, mails: MailServer
) -> None:
    airflow.post("dags/late/dagRuns", {"logical_date": "2026-09-01T00:00:00Z"})
    until("a mail", ALERT_S, lambda: [m for m in mails.mails if "late is late" in m])
    until("its process", ALERT_S, lambda: airflow.running("sleep", "600"))
    assert airflow.tasks("late", "2026-09-01") == {"sleep": ("running", 1)}
    airflow.fail("late", "2026-09-01", "sleep")
    until("the end of its process", ALERT_S, lambda: not airflow.running("sleep", "600"))


def test_a_month_closes_and_each_team_gets_its_statement_once(
    airflow: RunningAirflow, company: Company, mails: MailServer
) -> None:
    assert airflow.backfill(CLOSE, "2026-08-01", "2026-08-31", RUN_S) == {"2026-08-05": "success"}
    assert airflow.tasks(CLOSE, "2026-08-05") == {
        task: ("success", 1) for task in ("deliveries", "gates", "close", "render", "send")
    }
    for task in ("send", "close"):
        airflow.clear(CLOSE, "2026-08-05", task)
        assert airflow.ends(CLOSE, "2026-08-05", RUN_S) == "success", task
    statements = [mail for mail in mails.mails if "application/pdf" in mail]
    for team in ("platform", "search"):
        assert sum(f"To: {team}@example.com" in mail for mail in statements) == 1, team
    assert len(statements) == 2
