{% import "macros/arithmetic.sql" %}with days as (
    select * from {{ ref('governance.accelerator_days') }}
),

-- the last four weeks in which the company had the accelerator
lately as (
    select accelerator_model, billing_currency, rate_basis, max(usage_date) as last_day from days group by all
),

billed as (
    select
        days.accelerator_model, days.billing_currency, days.rate_basis,
        {{ divided("sum(days.cost)", "sum(days.accelerator_hours)") }} as hourly_rate,
        cast(sum(days.accelerator_hours) as decimal(38, 9)) as accelerator_hours, min(days.usage_date) as priced_from,
        max(days.usage_date) as priced_until
    from days
    inner join lately
        on days.accelerator_model = lately.accelerator_model and days.billing_currency = lately.billing_currency
        and days.rate_basis = lately.rate_basis and days.usage_date > date_sub(lately.last_day, 28)
    group by all
    union all
    select
        accelerator_model, currency, 'list', hourly_rate, cast(null as decimal(38, 9)), cast(null as date), cast(null as date)
    from {{ source('reference.accelerator_list_prices') }}
),

-- an effective rate counts before a list rate, and one of the bill before one of the reference list
chosen as (
    select
        accelerator_model, billing_currency,
        min(struct(
            if(rate_basis = 'effective', 0, 1) as basis_rank, if(priced_until is null, 1, 0) as source_rank,
            hourly_rate, rate_basis, accelerator_hours, priced_from, priced_until
        )) as rate
    from billed
    group by all
)

select
    names.alias as accelerator_name,
    names.accelerator_model,
    chosen.billing_currency,
    cast(chosen.rate.hourly_rate as decimal(38, 21)) as hourly_rate,
    chosen.rate.rate_basis,
    chosen.rate.accelerator_hours,
    chosen.rate.priced_from,
    chosen.rate.priced_until
from {{ source('reference.accelerators') }} as names
left join chosen on names.accelerator_model = chosen.accelerator_model
