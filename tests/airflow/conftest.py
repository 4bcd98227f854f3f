"""An Airflow of its own for these tests, before anything imports it."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
DAGS = REPO / "airflow" / "dags"

HOME = Path(tempfile.mkdtemp(prefix="costlake-airflow-"))
os.environ.update(
    AIRFLOW_HOME=str(HOME),
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{HOME}/airflow.db",
)

# Asked to end, the tests stop what they started.
signal.signal(signal.SIGTERM, signal.default_int_handler)
