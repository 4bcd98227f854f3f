{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    measure,
    money_shown,
    ratio,
    records
from {{ ref('economics.receiver_quality') }}
