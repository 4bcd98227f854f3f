"""Runs Costlake in its own process. Its exit code decides whether Airflow retries the task."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import Asset, AssetAlias, BaseOperator, BaseSensorOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

if TYPE_CHECKING:
    from airflow.sdk import Context

# Exit code 2: a person must fix the setup. 3: the data is wrong. A retry does not help.
NO_RETRY = (2, 3)
HERE = Path(__file__).resolve().parents[3] / "costlake"
LAUNCHER = "{{ var.value.get('costlake_launcher', '" + str(HERE) + "') }}"


def table_asset(table: str) -> Asset:
    """Return the asset of a published table, such as ``focus.cost_and_usage``."""
    return Asset(name=table, uri="x-costlake://lake/" + table.replace(".", "/"))


def run(hook: SubprocessHook, launcher: str, arguments: Sequence[str]) -> Any:
    """
    Run one command of Costlake; its output goes to the task's log.

    :return: the last line of its output, read as JSON, if the arguments have ``--json``
    """
    try:
        done = hook.run_command([*shlex.split(launcher), *arguments])
    except OSError as e:
        raise AirflowFailException(
            f"Cannot start {launcher}: {e}. Correct the variable costlake_launcher."
        ) from e
    if done.exit_code in NO_RETRY:
        raise AirflowFailException(done.output)
    if done.exit_code != 0:
        raise AirflowException(f"Exit code {done.exit_code}: {done.output}")
    return json.loads(done.output) if "--json" in arguments else None


class CostlakeOperator(BaseOperator):
    """
    Runs one command of Costlake. Exit codes 2 and 3 fail at once; other failures are retried.

    :param arguments: command and options (templated)
    :param more: further options, for dynamic task mapping (templated)
    :param launcher: program to run: ``costlake``, or ``spark-submit`` with its options (templated)
    """

    template_fields: Sequence[str] = ("arguments", "more", "launcher")

    def __init__(
        self,
        *,
        arguments: Sequence[str],
        more: Sequence[str] = (),
        launcher: str = LAUNCHER,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.arguments = arguments
        self.more = more
        self.launcher = launcher

    @cached_property
    def hook(self) -> SubprocessHook:
        return SubprocessHook()

    def execute(self, context: Context) -> Any:
        result = run(self.hook, self.launcher, [*self.arguments, *self.more])
        for outlet in self.outlets:
            if isinstance(outlet, AssetAlias):
                for table in result.get("tables", []):
                    context["outlet_events"][outlet].add(
                        table_asset(table), extra={"publication": result["publication"]}
                    )
        return result

    def on_kill(self) -> None:
        self.hook.send_sigterm()


class DeliveriesSensor(BaseSensorOperator):
    """
    Waits until the deliveries of every source for a month are published.

    :param period: the billing month, YYYY-MM (templated)
    """

    template_fields: Sequence[str] = ("period", "launcher")

    def __init__(self, *, period: str, launcher: str = LAUNCHER, **kwargs: Any) -> None:
        super().__init__(mode="reschedule", **kwargs)
        self.period = period
        self.launcher = launcher

    @cached_property
    def hook(self) -> SubprocessHook:
        return SubprocessHook()

    def poke(self, context: Context) -> bool:
        sources = run(self.hook, self.launcher, ["sources", "--period", self.period, "--json"])
        missing = [source["id"] for source in sources if not source["delivered"]]
        if missing:
            self.log.info("Not published for %s yet: %s", self.period, ", ".join(missing))
        return not missing

    def on_kill(self) -> None:
        self.hook.send_sigterm()
