{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_change_lines') }}
    where receiver_kind = 'team'
)

select
    billing_month,
    team_id,
    billing_currency,
    {{ change_columns() }}
from lines
