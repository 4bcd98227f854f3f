select
    billing_month,
    receiver_id as team_id,
    billing_currency,
    history_month,
    series,
    series_position,
    cost_shown,
    is_split
from {{ ref('economics.receiver_history') }}
where receiver_kind = 'team'
