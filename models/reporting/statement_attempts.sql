{% import "macros/lines.sql" %}select
    {{ receiver() }},
    run_id,
    attempt,
    stretch,
    stretch_kind,
    status,
    from_ratio,
    until_ratio,
    hours
from {{ ref('economics.receiver_attempts') }}
