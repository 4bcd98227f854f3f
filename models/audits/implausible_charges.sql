-- Finds dates that no cloud bill has, and unknown currencies, which would get separate statements.
with charges as (
    select
        charges.*,
        currencies.currency is not null as is_currency
    from {{ ref('focus.cost_and_usage') }} as charges
    left join {{ source('reference.currencies') }} as currencies on charges.BillingCurrency = currencies.currency
),

found as (
    select
        x_SourceId,
        x_ChargeId,
        x_ChargeDate,
        BillingCurrency,
        explode(compact(array(
            if(x_ChargeDate < date'2000-01-01', 'charged before 2000', null),
            if(x_ChargeDate >= date'2100-01-01', 'charged after 2099', null),
            if(x_ChargeDate < date'2100-01-01' and ChargePeriodEnd > date'2100-01-01', 'charged until after 2099', null),
            if(BillingPeriodStart >= date'2100-01-01' or BillingPeriodEnd > date'2100-01-01', 'billed after 2099', null),
            if(ChargePeriodEnd < ChargePeriodStart, 'ends before it starts', null),
            if(ChargePeriodStart > BillingPeriodEnd + interval 1 year, 'charged over a year after it is billed', null),
            if(ChargePeriodEnd < BillingPeriodStart - interval 1 year, 'billed over a year after it is charged', null),
            if(is_currency, null, 'currency is no ISO 4217 code')
        ))) as reason
    from charges
)

select
    reason,
    x_SourceId,
    count(*) as charges,
    min(concat_ws(' ', x_ChargeId, x_ChargeDate, BillingCurrency)) as example
from found
group by all
