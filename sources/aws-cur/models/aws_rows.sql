{% import "sources/aws-cur/macros/aws_reserved_quantity.sql" %}{% import "sources/aws-cur/macros/aws_price_details.sql" %}{% import "sources/aws-cur/macros/aws_source_columns.sql" %}
with lines as (
    select
        *,
        cast(line_item_unblended_cost as decimal(38, 21)) as unblended_cost,
        cast(coalesce(line_item_net_unblended_cost, line_item_unblended_cost) as decimal(38, 21)) as native_cost,
        case
            when line_item_line_item_type = 'SavingsPlanRecurringFee' then less(
                cast(savings_plan_total_commitment_to_date as decimal(38, 21)),
                cast(savings_plan_used_commitment as decimal(38, 21))
            )
            when line_item_line_item_type = 'RIFee' then plus(
                cast(coalesce(
                    reservation_net_unused_amortized_upfront_fee_for_billing_period,
                    reservation_unused_amortized_upfront_fee_for_billing_period
                ) as decimal(38, 21)),
                cast(coalesce(reservation_net_unused_recurring_fee, reservation_unused_recurring_fee) as decimal(38, 21))
            )
        end as unused_commitment
    from {{ source('bronze.aws_cur') }}
),

kinds as (
    select
        *,
        case
            when split_line_item_parent_resource_id is not null then 'split'
            when line_item_line_item_type = 'Usage' then 'usage'
            when line_item_line_item_type in ('SavingsPlanCoveredUsage', 'DiscountedUsage') then 'covered'
            when line_item_line_item_type in ('RIFee', 'SavingsPlanRecurringFee') then 'recurring_fee'
            when line_item_line_item_type = 'SavingsPlanUpfrontFee'
                or (line_item_line_item_type = 'Fee' and reservation_reservation_a_r_n is not null) then 'upfront_fee'
            when line_item_line_item_type = 'Fee' then 'purchase'
            when line_item_line_item_type = 'SavingsPlanNegation' then 'negation'
            when line_item_line_item_type = 'Tax' then 'tax'
            when line_item_line_item_type = 'Credit' then 'credit'
            when line_item_line_item_type = 'Refund' then 'refund'
            when line_item_line_item_type like '%Discount' then 'discount'
            else 'other'
        end as kind
    from lines
),

priced as (
    select
        *,
        coalesce(product_sku, if(pricing_rate_code like '%.%', part_of(pricing_rate_code, '.', 1), null)) as sku_id,
        kind in ('usage', 'covered', 'recurring_fee', 'upfront_fee', 'purchase')
            and sku_id is not null
            and coalesce(cast(line_item_usage_amount as decimal(38, 21)), 0) <> 0 as is_priced
    from kinds
)

select
    _source_id, _delivery_id, _source_file, _file_no, _row, _repairs, kind, is_priced, native_cost, unblended_cost, unused_commitment,
    -- A discount on the fee of a plan, or on its upfront share, lowers the unused part in the same proportion.
    cast(case
        when line_item_line_item_type = 'SavingsPlanRecurringFee' and unblended_cost <> 0
            then in_proportion(unused_commitment, native_cost, unblended_cost)
        when line_item_line_item_type = 'SavingsPlanRecurringFee' then coalesce(
            in_proportion(
                unused_commitment,
                cast(savings_plan_net_amortized_upfront_commitment_for_billing_period as decimal(38, 21)),
                cast(savings_plan_amortized_upfront_commitment_for_billing_period as decimal(38, 21))
            ),
            unused_commitment
        )
        else unused_commitment
    end as decimal(38, 21)) as unused_cost,
    cast(case
        when line_item_line_item_type = 'SavingsPlanCoveredUsage'
            then coalesce(savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost)
        when line_item_line_item_type = 'DiscountedUsage' then coalesce(reservation_net_effective_cost, reservation_effective_cost)
    end as decimal(38, 21)) as covered_cost,
    line_item_line_item_type in ('SavingsPlanCoveredUsage', 'DiscountedUsage', 'RIFee') and coalesce(
        savings_plan_net_savings_plan_effective_cost, reservation_net_effective_cost,
        reservation_net_unused_amortized_upfront_fee_for_billing_period, reservation_net_unused_recurring_fee
    ) is null as is_amortised_gross,
    cast(pricing_public_on_demand_cost as decimal(38, 21)) as list_cost,
    cast(pricing_public_on_demand_rate as decimal(38, 21)) as list_rate,
    try_cast(if(line_item_net_unblended_cost is null, line_item_unblended_rate, line_item_net_unblended_rate)
        as decimal(38, 21)) as native_rate,
    cast(discount_total_discount as decimal(38, 21)) as discount_cost,
    cast(line_item_usage_amount as decimal(38, 21)) as usage_amount,
    cast(line_item_normalized_usage_amount as decimal(38, 21)) as normalized_amount,
    cast(reservation_unused_quantity as decimal(38, 21)) as unused_amount,
    {{ reserved_quantity() }} as reserved_quantity,
    cast(coalesce(reservation_unused_normalized_unit_quantity, reservation_unused_quantity)
        as decimal(38, 21)) as unused_quantity,
    coalesce(line_item_normalized_usage_amount, reservation_total_reserved_normalized_units,
        reservation_unused_normalized_unit_quantity) is not null
        or ({{ is_without_total() }} and reservation_normalized_units_per_reservation is not null) as is_normalized,
    cast(if(line_item_line_item_type = 'SavingsPlanRecurringFee',
        savings_plan_total_commitment_to_date, savings_plan_savings_plan_effective_cost)
        as decimal(38, 21)) as plan_commitment,
    pricing_purchase_option <=> 'Spot' or pricing_term <=> 'Spot' or coalesce(line_item_usage_type, '') like '%SpotUsage%' as is_spot,
    cast(coalesce(bill_billing_period_start_date, cast(_billing_period as string)) as timestamp) as billing_period_start,
    cast(coalesce(bill_billing_period_end_date, cast(add_months(_billing_period, 1) as string)) as timestamp) as billing_period_end,
    cast(line_item_usage_start_date as timestamp) as charge_period_start,
    cast(line_item_usage_end_date as timestamp) as charge_period_end,
    line_item_line_item_type, line_item_usage_type, line_item_operation, line_item_product_code,
    line_item_line_item_description, line_item_resource_id, line_item_availability_zone,
    line_item_usage_account_id, line_item_usage_account_name, line_item_currency_code, line_item_tax_type,
    line_item_legal_entity, bill_payer_account_id, bill_payer_account_name, bill_invoice_id,
    bill_invoicing_entity, bill_billing_entity, pricing_unit,
    pricing_currency, split_line_item_parent_resource_id, split_line_item_split_usage,
    split_line_item_split_usage_ratio, product_product_family,
    coalesce(product_product_name, product_servicename) as product_name,
    coalesce(product_region_code, product_region, product_location) as region,
    coalesce(product_region_code, product_region) is null and product_location is not null as is_region_by_name,
    savings_plan_savings_plan_a_r_n as plan_arn, reservation_reservation_a_r_n as reservation_arn,
    nullif(to_json(plain_tags(resource_tags)), '{}') as tags,
    map_keys(plain_tags(resource_tags)) <> map_keys(resource_tags) as is_tag_renamed,
    sku_id,
    if(is_priced, coalesce(pricing_rate_code, pricing_rate_id, sku_id), null) as sku_price_id,
    product_sku is null and sku_id is not null as is_sku_from_rate_code,
    {{ price_details() }} as price_details,
    {{ source_columns() }} as source_columns
from priced
