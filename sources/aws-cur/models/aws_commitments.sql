with lines as (
    select
        _source_id,
        _delivery_id,
        _file_no,
        _row,
        bill_billing_period_start_date,
        line_item_currency_code,
        line_item_usage_account_id,
        line_item_line_item_type like 'SavingsPlan%' as is_plan,
        if(is_plan, savings_plan_savings_plan_a_r_n, reservation_reservation_a_r_n) as commitment_id,
        cast(cast(line_item_usage_start_date as timestamp) as date) as usage_date,
        cast(line_item_unblended_cost as decimal(38, 21)) as unblended_cost,
        cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21)) as native_cost,
        line_item_line_item_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') as is_netted,
        line_item_line_item_type = 'SavingsPlanCoveredUsage' as is_covered_by_plan,
        line_item_line_item_type in ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee') as is_fee,
        if(split_line_item_parent_resource_id is not null, null, case line_item_line_item_type
            when 'SavingsPlanCoveredUsage' then coalesce(
                savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost
            ) is not null
            when 'DiscountedUsage' then coalesce(reservation_net_effective_cost, reservation_effective_cost) is not null
            when 'RIFee' then coalesce(
                reservation_net_unused_amortized_upfront_fee_for_billing_period,
                reservation_unused_amortized_upfront_fee_for_billing_period
            ) is not null
                and coalesce(reservation_net_unused_recurring_fee, reservation_unused_recurring_fee) is not null
            when 'SavingsPlanRecurringFee' then savings_plan_total_commitment_to_date is not null
                and savings_plan_used_commitment is not null
        end) as has_amortised_cost
    from {{ source('bronze.aws_cur') }}
    where line_item_line_item_type in (
            'SavingsPlanCoveredUsage', 'SavingsPlanNegation', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee',
            'DiscountedUsage', 'RIFee'
        )
        or (line_item_line_item_type = 'Fee' and reservation_reservation_a_r_n is not null)
),

days as (
    select
        _source_id,
        _delivery_id,
        is_plan,
        commitment_id,
        usage_date,
        bool_and(has_amortised_cost) as has_amortised_costs,
        bool_or(is_fee and native_cost <> unblended_cost) as is_discounted,
        cast(sum(if(is_netted, native_cost, 0)) as decimal(38, 21)) as residual_cost,
        -- the first negation, or else the first covered usage line; a number encodes kind, file and row, so that min finds it without a sort
        min(if(
            is_netted,
            if(is_covered_by_plan, shiftleft(1L, 61), 0L) + shiftleft(cast(_file_no as bigint), 40) + _row,
            null
        )) as bearer
    from lines
    group by
        _source_id,
        _delivery_id,
        is_plan,
        commitment_id,
        usage_date,
        bill_billing_period_start_date,
        line_item_currency_code,
        line_item_usage_account_id
)

select
    _source_id,
    _delivery_id,
    is_plan,
    commitment_id,
    coalesce(bool_and(has_amortised_costs), false) as is_amortised,
    bool_or(is_discounted) as is_discounted,
    array_sort(collect_set(usage_date)) as usage_dates,
    array_sort(collect_list(if(residual_cost <> 0, named_struct(
        '_file_no', cast(shiftright(bearer, 40) & 2097151 as int),
        '_row', bearer & 1099511627775,
        'residual_cost', residual_cost
    ), null))) as residuals
from days
group by all
