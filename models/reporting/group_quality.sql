select
    billing_month,
    receiver_id as group_id,
    billing_currency,
    position,
    measure,
    money_shown,
    ratio
from {{ ref('economics.receiver_quality') }}
where receiver_kind <> 'team'
