"""The operator with processes that end as Costlake's do."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from costlake_airflow.operator import CostlakeOperator


@pytest.fixture
def launcher(tmp_path: Path) -> Any:
    """Makes a command of a few lines of shell."""

    def make(script: str) -> str:
        file = tmp_path / "a launcher"
        file.write_text(f"#!/usr/bin/env bash\n{script}\n")
        file.chmod(0o755)
        return f"'{file}' --of-the launcher"

    return make


def operator(launcher: str, *arguments: str) -> CostlakeOperator:
    return CostlakeOperator(task_id="task", launcher=launcher, arguments=arguments)


@pytest.mark.parametrize("code", [2, 3])
def test_what_no_retry_can_mend_fails_at_once_with_its_reason(launcher: Any, code: int) -> None:
    command = launcher(
        f"echo working; echo 'costlake: Refused bill.csv.gz: cut off' >&2; exit {code}"
    )
    with pytest.raises(AirflowFailException, match=r"^costlake: Refused bill\.csv\.gz: cut off$"):
        operator(command, "land").execute({})


@pytest.mark.parametrize("code", [1, 4, 137])
def test_every_other_code_is_tried_again(launcher: Any, code: int) -> None:
    with pytest.raises(AirflowException, match=f"^Exit code {code}: trouble") as failure:
        operator(launcher(f"echo trouble; exit {code}"), "night").execute({})
    assert not isinstance(failure.value, AirflowFailException)


def test_gives_the_launcher_its_own_options_first_then_ours(launcher: Any, tmp_path: Path) -> None:
    command = launcher(f"printf '%s\\n' \"$@\" >'{tmp_path}/seen'; echo '[\"$HOME is no name\"]'")
    task = CostlakeOperator(
        task_id="task", launcher=command, arguments=["a b", "--json"], more=["$(c)", "'d"]
    )
    assert task.execute({}) == ["$HOME is no name"]
    assert (tmp_path / "seen").read_text().splitlines() == [
        "--of-the",
        "launcher",
        "a b",
        "--json",
        "$(c)",
        "'d",
    ]


def test_says_that_the_launcher_is_not_there() -> None:
    with pytest.raises(AirflowFailException, match="Correct the variable costlake_launcher"):
        operator("/nowhere/costlake", "night").execute({})


def test_passes_a_kill_on_to_the_process_and_what_it_started(launcher: Any, tmp_path: Path) -> None:
    task = operator(
        launcher(
            f"trap 'echo stopped >\"{tmp_path}/stopped\"; exit 143' TERM\n"
            f"sleep 600 & echo $! >'{tmp_path}/started'; wait"
        )
    )
    failures: list[BaseException] = []

    def execute() -> None:
        try:
            task.execute({})
        except AirflowException as e:
            failures.append(e)

    thread = threading.Thread(target=execute)
    thread.start()
    started = tmp_path / "started"
    while thread.is_alive() and not (started.exists() and started.read_text()):
        time.sleep(0.05)
    task.on_kill()
    thread.join()
    assert str(failures[0]).startswith("Exit code 143")
    assert (tmp_path / "stopped").read_text() == "stopped\n"
    child = Path("/proc", started.read_text().strip(), "stat")
    assert not child.exists() or child.read_text().split()[2] == "Z"
