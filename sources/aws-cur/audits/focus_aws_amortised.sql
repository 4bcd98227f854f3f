with lines as (
    select
        _source_id,
        _delivery_id,
        cast(cast(coalesce(bill_billing_period_start_date, cast(_billing_period as string)) as timestamp) as date) as period,
        line_item_currency_code as currency,
        line_item_line_item_type as line_type,
        cast(line_item_unblended_cost as decimal(38, 21)) as unblended_cost,
        cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21)) as native_cost,
        line_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee')
            as is_of_plan,
        is_of_plan
            or line_type in ('DiscountedUsage', 'RIFee')
            or line_type = 'Fee' and reservation_reservation_a_r_n is not null as is_of_commitment,
        if(is_of_plan, savings_plan_savings_plan_a_r_n, reservation_reservation_a_r_n) as commitment_id,
        split_line_item_parent_resource_id is null
            and line_type in ('SavingsPlanCoveredUsage', 'DiscountedUsage', 'RIFee', 'SavingsPlanRecurringFee') as is_amortised_line,
        cast(coalesce(savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost)
            as decimal(38, 21)) as plan_use,
        cast(coalesce(reservation_net_effective_cost, reservation_effective_cost) as decimal(38, 21)) as reservation_use,
        plus(
            cast(coalesce(
                reservation_net_unused_amortized_upfront_fee_for_billing_period,
                reservation_unused_amortized_upfront_fee_for_billing_period
            ) as decimal(38, 21)),
            cast(coalesce(reservation_net_unused_recurring_fee, reservation_unused_recurring_fee) as decimal(38, 21))
        ) as reservation_rest,
        less(
            cast(savings_plan_total_commitment_to_date as decimal(38, 21)),
            cast(savings_plan_used_commitment as decimal(38, 21))
        ) as plan_rest,
        cast(savings_plan_net_amortized_upfront_commitment_for_billing_period as decimal(38, 21)) as net_upfront,
        cast(savings_plan_amortized_upfront_commitment_for_billing_period as decimal(38, 21)) as upfront
    from {{ source('bronze.aws_cur') }}
),

amortised as (
    select
        *,
        case when is_amortised_line then
            case line_type
                when 'SavingsPlanCoveredUsage' then plan_use
                when 'DiscountedUsage' then reservation_use
                when 'RIFee' then reservation_rest
                else coalesce(
                    in_proportion(plan_rest, native_cost, unblended_cost),
                    in_proportion(plan_rest, net_upfront, upfront),
                    plan_rest
                )
            end
        end as amortised_cost
    from lines
),

commitments as (
    select
        _source_id,
        _delivery_id,
        period,
        currency,
        is_of_commitment,
        is_of_plan,
        commitment_id,
        sum(native_cost) as native_cost,
        sum(amortised_cost) as amortised_cost,
        sum(if(line_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation'), native_cost, 0)) as residual_cost,
        count(if(is_amortised_line, amortised_cost, null)) as stated,
        count_if(is_amortised_line and amortised_cost is null) as unstated
    from amortised
    group by all
),

complete as (
    select
        *,
        is_of_commitment
            and sum(stated) over (partition by _source_id, _delivery_id, is_of_commitment, is_of_plan, commitment_id) > 0
            and sum(unstated) over (partition by _source_id, _delivery_id, is_of_commitment, is_of_plan, commitment_id) = 0
            as is_complete
    from commitments
),

delivered as (
    select
        _source_id,
        period,
        currency,
        cast(sum(if(is_complete, plus(coalesce(amortised_cost, 0), residual_cost), native_cost)) as decimal(38, 21)) as effective_cost
    from complete
    group by all
),

charged as (
    select
        x_SourceId, cast(BillingPeriodStart as date) as period, BillingCurrency as currency,
        sum(EffectiveCost) as effective_cost
    from {{ ref('focus.cost_and_usage') }}
    where x_SourceKind = 'aws-cur'
    group by all
)

select
    coalesce(delivered._source_id, charged.x_SourceId) as source_id,
    coalesce(delivered.period, charged.period) as billing_period,
    coalesce(delivered.currency, charged.currency) as currency,
    delivered.effective_cost as delivered_effective_cost,
    charged.effective_cost
from delivered
full join charged
    on delivered._source_id = charged.x_SourceId
    and delivered.period = charged.period
    and delivered.currency = charged.currency
where not (delivered.effective_cost <=> charged.effective_cost)
