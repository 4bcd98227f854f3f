with lines as (
    select
        *,
        cast(cast(line_item_usage_start_date as timestamp) as date) as usage_date,
        cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21)) as native_cost
    from {{ source('bronze.aws_cur') }}
    where line_item_line_item_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
),

nets as (
    select
        _source_id,
        _delivery_id,
        usage_date,
        sum(native_cost) as residual_cost,
        -- a negation before a covered use, the first of them; a number, so that no sort is needed
        min(
            if(line_item_line_item_type = 'SavingsPlanCoveredUsage', shiftleft(1L, 61), 0L)
            + shiftleft(cast(_file_no as bigint), 40) + _row
        ) as bearer
    from lines
    group by
        _source_id,
        _delivery_id,
        usage_date,
        bill_billing_period_start_date,
        line_item_currency_code,
        line_item_usage_account_id,
        savings_plan_savings_plan_a_r_n
)

select
    _source_id,
    _delivery_id,
    cast(shiftright(bearer, 40) & 2097151 as int) as _file_no,
    bearer & 1099511627775 as _row,
    usage_date,
    cast(residual_cost as decimal(38, 21)) as residual_cost
from nets
where residual_cost <> 0
