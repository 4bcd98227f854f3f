"""Superset's own commands, one after another in one process, since each takes ten seconds to start: a JSON list of their arguments at stdin."""

import json
import sys

from flask.cli import ScriptInfo
from superset.app import create_app
from superset.cli.main import superset

app = create_app()
for arguments in json.load(sys.stdin):
    code = superset.main(args=arguments, standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    assert not code, f"{arguments[:2]} ends with {code}"
