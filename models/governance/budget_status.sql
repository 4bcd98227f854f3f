{% import "macros/arithmetic.sql" %}with periods as (
    select * from {{ ref('governance.budget_periods') }}
),

uses as (
    select * from {{ ref('governance.budget_use') }}
),

-- what a budget counts is unknown in a currency of no bill, and before telemetry began
known as (
    select 'money' as measure, billing_currency, cast(null as date) as first_day from {{ ref('economics.billed_months') }}
    union
    select 'accelerator_hours', null, min(usage_date) from {{ ref('allocation.workload_owners') }} having count(*) > 0
    union
    select 'tokens', null, min(usage_date) from {{ ref('telemetry.inference_hours') }} having count(*) > 0
),

spent as (
    select
        periods.budget_id, periods.period_start, sum(uses.used) as used,
        sum(if(uses.usage_date <= periods.billed_until, uses.used, 0)) as used_elapsed
    from periods
    inner join uses on periods.budget_id = uses.budget_id and uses.usage_date between periods.period_start and periods.period_end
    group by all
),

burnt as (
    select periods.budget_id, periods.period_start, sum(uses.used) as used
    from periods
    inner join uses on periods.budget_id = uses.budget_id and uses.usage_date between periods.burn_from and periods.billed_until
    group by all
),

thresholds as (
    select
        budget_id, period_start, max(if(threshold_basis = 'amount', reached_on, null)) as amount_reached_on,
        array_sort(collect_list(if(threshold_basis = 'amount', null, struct(threshold_basis, percent, amount, reached_on)))) as thresholds
    from {{ ref('governance.budget_limits') }}
    group by all
),

forecast as (
    select scope_value as budget_id, period_start, max(struct(as_of, expected, low, high, reason)) as last
    from {{ ref('governance.forecasts') }}
    where scope_kind = 'budget' and period_kind = 'budget'
    group by all
),

measured as (
    select
        periods.*, thresholds.amount_reached_on, thresholds.thresholds,
        if(periods.is_current, forecast.last, null) as forecast,
        if(known.measure is null, null, coalesce(spent.used, 0)) as actual,
        if(known.measure is null or periods.billed_until is null, null, coalesce(spent.used_elapsed, 0)) as used_elapsed,
        if(known.measure is null or periods.burn_from is null, null, coalesce(burnt.used, 0)) as used_lately
    from periods
    inner join thresholds on periods.budget_id = thresholds.budget_id and periods.period_start = thresholds.period_start
    left join known
        on periods.measure = known.measure and periods.billing_currency <=> known.billing_currency
        and (known.first_day is null or known.first_day <= periods.period_end)
    left join spent on periods.budget_id = spent.budget_id and periods.period_start = spent.period_start
    left join burnt on periods.budget_id = burnt.budget_id and periods.period_start = burnt.period_start
    left join forecast on periods.budget_id = forecast.budget_id and periods.period_start = forecast.period_start
),

rated as (
    select
        *,
        {{ divided("used_lately", "datediff(billed_until, burn_from) + 1") }} as burn_7_days,
        {{ divided("used_elapsed", "days_elapsed") }} as burn_period
    from measured
),

-- days until the amount is reached; what bills already have for later days is part of the burn
projected as (
    select
        *,
        if(burn_7_days > 0, ceil({{ divided("less(amount, cast(used_elapsed as decimal(38,21)))", "burn_7_days") }}), null) as days_left
    from rated
)

select
    budget_id, budget_name, team_id, owner_team_id, scope_kind, scope_value, period_kind, period_start, period_end,
    is_current, measure, billing_currency, cost_basis, amount,
    cast(actual as decimal(38,21)) as actual,
    less(amount, cast(actual as decimal(38,21))) as remaining,
    cast({{ divided("actual", "amount", 9) }} as decimal(18,9)) as share_used,
    datediff(period_end, period_start) + 1 as days_in_period,
    billed_until,
    days_elapsed,
    burn_7_days,
    burn_period,
    case
        when actual >= amount then amount_reached_on
        when period_kind <> 'rolling' and days_left <= datediff(period_end, billed_until)
            then date_add(billed_until, cast(greatest(days_left, 1) as int))
    end as breach_at_burn,
    forecast.expected as forecast,
    forecast.low as forecast_low,
    forecast.high as forecast_high,
    forecast.reason as forecast_reason,
    thresholds
from projected
