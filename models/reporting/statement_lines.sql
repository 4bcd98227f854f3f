{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_lines') }}
    where receiver_kind = 'team' and breakdown <> 'team'
)

select
    billing_month,
    team_id,
    billing_currency,
    breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    name,
    members,
    correction_of_month,
    effective_cost,
    cost_shown,
    previous_shown,
    share_ratio
from lines
