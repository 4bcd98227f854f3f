{% import "macros/unlike_delivered.sql" %}
with delivered as (
    select
        _source_id,
        cast(cast(coalesce(bill_billing_period_start_date, cast(_billing_period as string)) as timestamp) as date) as period,
        line_item_currency_code as currency,
        sum(cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21))) as billed_cost
    from {{ source('bronze.aws_cur') }}
    group by all
)

{{ unlike_delivered(ref('focus.cost_and_usage'), "aws-cur", {"billed_cost": "BilledCost"}) }}
