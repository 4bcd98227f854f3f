with billed as (
    select min(billing_month) as first_day, max(last_day) as last_day from {{ ref('economics.billed_days') }}
),

held as (
    select min(usage_date) as first_day, max(usage_date) as last_day from {{ ref('allocation.workload_owners') }}
),

-- bills are the clock of money, and of accelerators that were never measured
clocks as (
    select 'money' as clock, first_day, last_day, last_day as measured_until from billed
    union all
    select 'accelerators', coalesce(held.first_day, billed.first_day), coalesce(held.last_day, billed.last_day), held.last_day
    from held cross join billed
),

limits as (
    select limits.*, coalesce(limits.period_kind, 'month') as unit, clocks.first_day, clocks.last_day, clocks.measured_until
    from {{ ref('governance.quota_limits') }} as limits
    inner join clocks on clocks.clock = if(limits.measure = 'money', 'money', 'accelerators') and clocks.last_day is not null
),

started as (
    select
        *,
        explode(if(
            unit = 'rolling', array(date_sub(last_day, period_days - 1)),
            sequence(cast(trunc(first_day, unit) as date), last_day, if(unit = 'quarter', interval 3 months, interval 1 month))
        )) as unit_start
    from limits
),

units as (
    select
        *,
        case unit
            when 'rolling' then last_day
            else date_sub(add_months(unit_start, if(unit = 'quarter', 3, 1)), 1)
        end as unit_end
    from started
),

-- what may be held changes within a month; hours and money have the limit of the first day, or of the last if they roll
periods as (
    select
        *,
        if(measure = 'accelerators', greatest(unit_start, valid_from), unit_start) as period_start,
        if(measure = 'accelerators', least(unit_end, valid_until), unit_end) as period_end,
        case
            when measure = 'accelerators' then greatest(unit_start, valid_from)
            when unit = 'rolling' then unit_end
            else unit_start
        end as decided_on
    from units
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
    last_day between period_start and period_end as is_current,
    limit_amount,
    borrowing,
    lending,
    if(measured_until >= period_start, least(measured_until, period_end), null) as measured_until
from periods
where period_start <= period_end
    and (valid_from is null or decided_on >= valid_from) and (valid_until is null or decided_on <= valid_until)
