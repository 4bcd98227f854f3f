{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_value') }}
    where receiver_kind <> 'team'
)

select
    billing_month,
    receiver_id as group_id,
    billing_currency,
    position,
    {{ line_id("'v'") }} as line_id,
    model_id,
    benefit_kind,
    benefit_quantity,
    benefit_shown,
    value_assumption,
    cost_shown,
    roi,
    status
from lines
