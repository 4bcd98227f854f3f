{% import "sources/azure/macros/azure_lines.sql" %}
with accounts as (
    select
        _source_id,
        _delivery_id,
        billing_period_start as period,
        BillingCurrency as currency,
        {{ account() }} as account,
        bool_or(kind in ('covered', 'commitment_purchase', 'commitment_refund') and not has_amortised) as is_amortised_missing,
        bool_or(kind in ('covered', 'unused') and is_without_actual) as is_actual_missing,
        sum(billed_cost) as billed_cost,
        sum(effective_cost) as effective_cost
    from {{ ref('focus.azure_costs') }}
    group by all
),

found as (
    select
        *,
        case
            when is_amortised_missing then 'the amortised costs are missing: EffectiveCost of commitments is their billed cost'
            when is_actual_missing then 'the actual costs are missing: BilledCost lacks purchases of commitments'
        end as finding
    from accounts
)

select
    _source_id as source_id, _delivery_id as delivery_id, period as billing_period, currency, account, finding,
    billed_cost, effective_cost
from found
where finding is not null
