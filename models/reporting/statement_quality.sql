{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    measure,
    money_shown,
    ratio
from {{ ref('economics.receiver_quality') }}
