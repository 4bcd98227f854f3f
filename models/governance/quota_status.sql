{% import "macros/arithmetic.sql" %}with periods as (
    select * from {{ ref('governance.quota_periods') }}
),

-- what belongs to no day of its billing month is of the first, as in governance.budget_costs
days as (
    select *, if(trunc(usage_date, 'month') = billing_month, usage_date, billing_month) as counted_on
    from {{ ref('governance.quota_days') }}
),

uses as (
    select
        periods.quota_id, periods.period_start,
        sum(days.effective_cost) as effective_cost,
        sum(days.accelerator_s) as accelerator_s,
        max(days.most_accelerator_s) as most_accelerator_s,
        max(struct(days.most_accelerator_s, -unix_seconds(days.most_at), days.most_at)).most_at as most_at
    from periods
    inner join days on periods.quota_id = days.quota_id and days.counted_on between periods.period_start and periods.period_end
    group by all
),

billed as (
    select distinct billing_currency from {{ ref('economics.billed_months') }}
),

used as (
    select
        periods.*,
        uses.most_at,
        case
            when periods.measure = 'money' then if(billed.billing_currency is null, null, coalesce(uses.effective_cost, 0))
            when periods.measured_until is null then null
            when periods.measure = 'accelerator_hours' then {{ divided("coalesce(uses.accelerator_s, 0)", 3600) }}
            else {{ divided("coalesce(uses.most_accelerator_s, 0)", 3600) }}
        end as used
    from periods
    left join uses on periods.quota_id = uses.quota_id and periods.period_start = uses.period_start
    left join billed on periods.currency = billed.billing_currency
)

select
    quota_id,
    team_id,
    accelerator_model,
    measure,
    period_kind,
    period_days,
    currency,
    period_start,
    period_end,
    is_current,
    limit_amount,
    borrowing,
    lending,
    cast(used as decimal(38,21)) as used,
    less(limit_amount, cast(used as decimal(38,21))) as remaining,
    cast({{ divided("used", "limit_amount", 9) }} as decimal(18,9)) as share_used,
    if(measure = 'accelerators', most_at, null) as most_at,
    used > limit_amount + coalesce(borrowing, 0) as is_over,
    measured_until
from used
