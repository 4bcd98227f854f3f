"""A real Airflow: its processes, its API, and nothing left of it afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
MARK = "COSTLAKE_TEST_RUN"
COMPONENTS = (
    ("api-server",),
    ("scheduler", "--skip-serve-logs"),
    ("dag-processor",),
)
START_S = 180
STOP_S = 30
ENDED = ("success", "failed")
# On SQLite a second writer may be turned away; what it began is undone, so it may try again.
LOCKED = 503


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def until(what: str, within_s: float, ask: Callable[[], T | None]) -> T:
    """The first answer that is something; waits for it."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        answer = ask()
        if answer:
            return answer
        time.sleep(1)
    raise AssertionError(f"Not within {within_s} s: {what}")


class Refused(AssertionError):
    """An answer of the API that is no success."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class RunningAirflow:
    """
    Scheduler, DAG processor and API server, as processes on loopback ports.

    :param folder: of its own
    :param dags: folders whose files become its DAGs
    :param environment: what its tasks see beside
    """

    def __init__(self, folder: Path, dags: list[Path], environment: dict[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.mark = secrets.token_hex(8)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.token = ""
        for source in dags:
            shutil.copytree(source, folder / "dags", dirs_exist_ok=True)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "AIRFLOW_HOME": str(folder),
            "AIRFLOW__CORE__DAGS_FOLDER": str(folder / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "3",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            # Runs come from the tests alone, not from the date of the day.
            "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.port}/execution/",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db?timeout=60",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
            **environment,
            MARK: self.mark,
        }

    def __enter__(self) -> RunningAirflow:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _start(self) -> None:
        self._airflow("db", "migrate")
        for component in COMPONENTS:
            output = (self.folder / f"{component[0]}.out").open("wb")
            with output:
                self.processes.append(
                    subprocess.Popen(
                        ["airflow", *component],
                        env=self.environment,
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )
        until("Airflow is healthy", START_S, self._healthy)
        self.token = self._call("GET", "/auth/token")["access_token"]

    def _airflow(self, *arguments: str) -> None:
        subprocess.run(
            ["airflow", *arguments], env=self.environment, check=True, capture_output=True
        )

    def _healthy(self) -> bool:
        for process in self.processes:
            if process.poll() is not None:
                raise AssertionError(f"{process.args} ended: {self.said()}")
        with contextlib.suppress(OSError):
            health = self._call("GET", "/api/v2/monitor/health")
            return all(
                health[part]["status"] == "healthy"
                for part in ("metadatabase", "scheduler", "dag_processor")
            )
        return False

    def said(self) -> str:
        """The last of what each process printed."""
        return "\n".join(
            f"{file.name}: {file.read_text()[-2000:]}" for file in self.folder.glob("*.out")
        )

    def _stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_S)
        for pid in self.left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()

    def left(self) -> list[int]:
        """Processes that this Airflow started and that still run."""
        mark = f"{MARK}={self.mark}".encode()
        pids = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if mark in environ.read_bytes().split(b"\0"):
                    pids.append(int(environ.parent.name))
        return pids

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Accept": "application/json",
                "Authorization": f"Bearer {self.token}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
                text = answer.read()
        except urllib.error.HTTPError as e:
            raise Refused(e.code, f"{method} {path}: {e.read().decode()}") from e
        return json.loads(text) if text else None

    def get(self, path: str, **query: str) -> Any:
        return self._call("GET", f"/api/v2/{path}?{urllib.parse.urlencode(query)}")

    def events(self) -> list[Any]:
        """All events of assets. The server returns at most 100 at once."""
        events: list[Any] = []
        while True:
            page = self.get("assets/events", limit="100", offset=str(len(events)))
            events += page["asset_events"]
            if len(events) >= page["total_entries"]:
                return events

    def post(self, path: str, body: Any) -> Any:
        return self._call("POST", f"/api/v2/{path}", body)

    def know(self, *dag_ids: str) -> None:
        """Waits until the DAG processor has read these DAGs."""
        until(
            f"DAGs {dag_ids}",
            START_S,
            lambda: {d["dag_id"] for d in self.get("dags")["dags"]} >= set(dag_ids),
        )

    def runs(self, dag_id: str) -> dict[str, str]:
        """State of each run, by the day of its logical date."""
        found = self.get(f"dags/{dag_id}/dagRuns", order_by="logical_date")["dag_runs"]
        return {run["logical_date"][:10]: run["state"] for run in found}

    def backfill(self, dag_id: str, first: str, last: str, within_s: float) -> dict[str, str]:
        """Runs a DAG for each interval that begins on these days; how each run ended."""
        begun = until(
            f"start of a backfill of {dag_id}", START_S, lambda: self._begin(dag_id, first, last)
        )
        until(
            f"backfill of {dag_id}",
            within_s,
            lambda: self.get(f"backfills/{begun['id']}")["completed_at"],
        )
        return {day: state for day, state in self.runs(dag_id).items() if first <= day <= last}

    def _begin(self, dag_id: str, first: str, last: str) -> Any:
        body = {
            "dag_id": dag_id,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T23:59:59Z",
            "max_active_runs": 1,
            "reprocess_behavior": "none",
        }
        return self._unless_locked("backfills", body)

    def _unless_locked(self, path: str, body: Any) -> Any:
        try:
            return self.post(path, body)
        except Refused as e:
            if e.code != LOCKED:
                raise
            return None

    def run_id(self, dag_id: str, day: str) -> str:
        for run in self.get(f"dags/{dag_id}/dagRuns")["dag_runs"]:
            if run["logical_date"].startswith(day):
                return str(run["dag_run_id"])
        raise AssertionError(f"{dag_id} has no run of {day}")

    def tasks(self, dag_id: str, day: str) -> dict[str, tuple[str, int]]:
        """State and try of each task of a run; a mapped one is named by what it stands for."""
        path = f"dags/{dag_id}/dagRuns/{self.run_id(dag_id, day)}/taskInstances"
        return {
            task["task_id"]
            + (f" {task['rendered_map_index']}" if task["map_index"] >= 0 else ""): (
                task["state"],
                task["try_number"],
            )
            for task in self.get(path)["task_instances"]
        }

    def log(self, dag_id: str, day: str, task_id: str, map_index: int = -1) -> list[str]:
        """What stands in the log of a task's first try, line by line as the page shows it."""
        run = self.run_id(dag_id, day)
        path = f"dags/{dag_id}/dagRuns/{run}/taskInstances/{task_id}/logs/1"
        content = self.get(path, map_index=str(map_index), full_content="true")["content"]
        lines = []
        for line in content:
            lines.append(str(line["event"]))
            for detail in line.get("error_detail") or ():
                lines.append(f"{detail['exc_type']}: {detail['exc_value']}")
        return lines

    def clear(self, dag_id: str, day: str, *task_ids: str, downstream: bool = False) -> None:
        """Clears tasks of a run, as a person does to have them run again."""
        body = {
            "dry_run": False,
            "dag_run_id": self.run_id(dag_id, day),
            "task_ids": list(task_ids),
            "only_failed": False,
            "reset_dag_runs": True,
            "include_downstream": downstream,
        }
        path = f"dags/{dag_id}/clearTaskInstances"
        until(f"clearing of {task_ids}", START_S, lambda: self._unless_locked(path, body))

    def ends(self, dag_id: str, day: str, within_s: float) -> str:
        """How a run ends that goes on."""
        return until(
            f"end of {dag_id} {day}",
            within_s,
            lambda: state if (state := self.runs(dag_id).get(day)) in ENDED else None,
        )

    def fail(self, dag_id: str, day: str, task_id: str) -> None:
        """Says that a running task has failed, which stops it."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{self.run_id(dag_id, day)}/taskInstances/{task_id}"
        self._call("PATCH", path, {"new_state": "failed"})

    def running(self, *command: str) -> list[int]:
        """Processes of this Airflow that run a command."""
        wanted = "\0".join(command).encode() + b"\0"
        found = []
        for pid in self.left():
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/cmdline").read_bytes() == wanted:
                    found.append(pid)
        return found
