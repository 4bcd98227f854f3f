select
    quotas.quota_id,
    quotas.team_id,
    quotas.accelerator_model,
    quotas.measure,
    quotas.period_kind,
    quotas.period_days,
    quotas.currency,
    limits.valid_from,
    date_sub(lead(limits.valid_from) over (partition by quotas.quota_id order by limits.valid_from nulls first), 1) as valid_until,
    limits.amount as limit_amount,
    limits.borrowing,
    limits.lending
from {{ source('conf.quotas') }} as quotas
inner join {{ source('conf.quota_limits') }} as limits on quotas.quota_id = limits.quota_id
