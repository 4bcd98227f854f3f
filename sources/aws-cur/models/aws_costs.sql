{% import "macros/arithmetic.sql" %}
with lines as (
    select
        *,
        cast(charge_period_start as date) as charge_date,
        plan_arn is not null as is_plan
    from {{ ref('focus.aws_line_items') }}
),

-- BilledCost: covered usage and its negation cancel out, so both become 0; one line keeps the remainder.
billed as (
    select
        *,
        residual_cost is not null as has_residual,
        case
            when kind = 'unused' then 0
            when is_netted then coalesce(residual_cost, 0)
            else native_cost
        end as billed_cost
    from lines
),

contracted as (
    select
        *,
        case
            when kind = 'unused' then unused_cost
            when is_netted and kind = 'covered' then native_cost
            when kind = 'covered' then coalesce(
                plus(list_cost, coalesce(discount_cost, 0)),
                covered_cost,
                billed_cost
            )
            else billed_cost
        end as contracted_cost
    from billed
),

-- The cost and the quantity from which a unit price is computed.
listed as (
    select
        *,
        case
            when kind in ('usage', 'covered') then coalesce(
                list_cost,
                {{ multiplied("list_rate", "usage_amount") }},
                contracted_cost
            )
            when kind = 'unused' and is_plan then unused_commitment
            when kind = 'unused' then unused_cost
            when kind in ('recurring_fee', 'upfront_fee', 'purchase') then unblended_cost
            when kind = 'discount' then 0
            else billed_cost
        end as listed_cost,
        case
            when not is_priced then null
            when kind <> 'unused' then usage_amount
            when is_plan then unused_commitment
            else unused_amount
        end as pricing_quantity,
        case
            when kind = 'covered' and not is_netted then if(discount_cost is null, list_rate, null)
            when kind in ('usage', 'covered') then native_rate
        end as contracted_rate
    from contracted
)

select
    * except (list_cost, billed_cost, contracted_cost, listed_cost, pricing_quantity, contracted_rate),
    cast(billed_cost as decimal(38, 21)) as billed_cost,
    -- EffectiveCost: a fee has 0; covered usage and the unused part have their amortised cost. If an amortised cost is
    -- missing, no line of the commitment is amortised.
    cast(case
        when kind = 'unused' then unused_cost
        when not is_amortised then billed_cost
        when kind = 'covered' and is_netted then plus(covered_cost, billed_cost)
        when kind = 'covered' then covered_cost
        when kind in ('recurring_fee', 'upfront_fee') then 0
        else billed_cost
    end as decimal(38, 21)) as effective_cost,
    cast(listed_cost as decimal(38, 21)) as list_cost,
    cast(contracted_cost as decimal(38, 21)) as contracted_cost,
    case
        when kind in ('usage', 'covered') and list_cost is null and list_rate is null then 'contracted cost'
        when kind in ('usage', 'covered') and list_cost is null then 'list rate'
    end as list_cost_from,
    kind in ('covered', 'recurring_fee', 'upfront_fee') and not is_amortised as is_not_amortised,
    -- The delivered rate; if there is none, cost divided by quantity.
    cast(case
        when not is_priced then null
        when kind in ('usage', 'covered') and list_rate >= 0 then list_rate
        when sign(listed_cost) * sign(pricing_quantity) >= 0 then {{ divided("listed_cost", "pricing_quantity") }}
    end as decimal(38, 21)) as list_unit_price,
    cast(case
        when not is_priced then null
        when contracted_rate >= 0 then contracted_rate
        when sign(contracted_cost) * sign(pricing_quantity) >= 0 then {{ divided("contracted_cost", "pricing_quantity") }}
    end as decimal(38, 21)) as contracted_unit_price,
    cast(pricing_quantity as decimal(38, 21)) as pricing_quantity,
    cast(case
        when kind = 'covered' and is_plan then plan_commitment
        when kind = 'covered' then coalesce(normalized_amount, usage_amount)
        when kind = 'unused' and is_plan then unused_commitment
        when kind = 'unused' then unused_quantity
        when kind = 'recurring_fee' and is_plan then plan_commitment
        when kind = 'upfront_fee' and is_plan then unblended_cost
        when kind in ('recurring_fee', 'upfront_fee') then reserved_quantity
    end as decimal(38, 21)) as commitment_quantity
from listed
