"""Sends alerts: always to the log, and by mail if the variable costlake_alert_to is set."""

from __future__ import annotations

import html
import logging
from typing import TYPE_CHECKING, Any

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.sdk import Variable

if TYPE_CHECKING:
    from airflow.sdk import Context

log = logging.getLogger(__name__)


def deadline_missed(dag_id: str, within: str, context: dict[str, Any]) -> None:
    """Report that a run missed its deadline. The run continues."""
    run_id = context.get("dag_run", {}).get("dag_run_id", "a run")
    tell(f"{dag_id} is late", f"{run_id} did not finish within {within}; see airflow/README.md")


def run_failed(context: Context) -> None:
    """Report that a run failed. The last lines of the task's log state the reason."""
    run = context["dag_run"]
    tell(f"{run.dag_id} failed", f"{run.run_id} failed; see airflow/README.md for what to do")


def tell(subject: str, text: str) -> None:
    log.error("%s: %s", subject, text)
    to = Variable.get("costlake_alert_to", default=None)
    if to:
        with SmtpHook(smtp_conn_id="smtp_default") as smtp:
            smtp.send_email_smtp(to=to, subject=subject, html_content=f"<p>{html.escape(text)}</p>")
