{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    members,
    run_id,
    run_name,
    run_kind,
    experiment_id,
    started_on,
    reason,
    attempts
from {{ ref('economics.receiver_unpriced_runs') }}
