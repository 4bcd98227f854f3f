{% import "macros/lines.sql" %}select
    {{ receiver() }},
    history_month,
    series,
    series_position,
    cost_shown,
    is_split
from {{ ref('economics.receiver_purpose_months') }}
