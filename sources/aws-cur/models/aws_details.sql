{% import "macros/period_ends.sql" %}
with lines as (
    select
        *,
        kind in ('unused', 'recurring_fee', 'upfront_fee') as is_commitment,
        if(kind in ('usage', 'split', 'discount', 'tax'), null, coalesce(plan_arn, reservation_arn)) as commitment_id,
        case
            when kind in ('usage', 'covered', 'unused', 'split', 'discount') then 'Usage'
            when kind in ('recurring_fee', 'upfront_fee', 'purchase') then 'Purchase'
            when kind = 'tax' then 'Tax'
            when kind = 'credit' then 'Credit'
            when kind = 'refund' and coalesce(plan_arn, reservation_arn) is not null then 'Purchase'
            when kind = 'refund' and line_item_tax_type is not null then 'Tax'
            when kind = 'refund' then 'Usage'
            else 'Adjustment'
        end as category,
        bill_billing_entity <=> 'AWS Marketplace' as is_marketplace,
        coalesce(pricing_currency = line_item_currency_code, true) as is_one_currency,
        coalesce(if(is_commitment, commitment_id, null), split_line_item_parent_resource_id, line_item_resource_id)
            as resource_id
    from {{ ref('focus.aws_costs') }}
),

charges as (
    select
        *,
        if(resource_id like 'arn:%', part_of(resource_id, ':', 6), null) as arn_type
    from lines
)

select
    * except (billing_period_end, charge_period_end, arn_type),
    {{ exclusive_end("billing_period_end") }} as billing_period_end,
    {{ exclusive_end("charge_period_end") }} as charge_period_end,
    case
        when resource_id is null then null
        when is_commitment then if(is_plan, 'Savings Plan', 'Reserved Instance')
        when arn_type like '%/%' then part_of(arn_type, '/', 1)
        when arn_type <> '' and part_of(resource_id, ':', 7) <> '' then arn_type
        when resource_id like 'i-%' then 'instance'
        when resource_id like 'vol-%' then 'volume'
        when resource_id like 'snap-%' then 'snapshot'
        when line_item_product_code = 'AmazonS3' then 'bucket'
        else coalesce(product_product_family, service_name)
    end as resource_type,
    concat(coalesce(_repairs, array()), compact(array(
        if(kind = 'negation' or (kind = 'covered' and is_plan), 'billed_cost_netted_with_savings_plan', null),
        if(has_residual, 'netting_residual_kept', null),
        if(kind = 'unused', 'unused_part_split_from_fee', null),
        if(kind in ('recurring_fee', 'upfront_fee') and not is_not_amortised, 'effective_cost_moved_to_what_is_covered', null),
        if(is_not_amortised, 'effective_cost_from_billed_cost', null),
        if(is_before_discounts, 'effective_cost_before_discounts', null),
        if(list_cost_from = 'contracted cost', 'list_cost_from_contracted_cost', null),
        if(list_cost_from = 'list rate', 'list_cost_from_list_rate', null),
        if(kind = 'split', 'split_cost_stays_with_parent', null),
        if(kind = 'other', 'line_item_type_unknown', null),
        if(is_unit_renamed and is_priced, 'unit_renamed', null),
        if(is_priced and unit is null, 'unit_assumed', null),
        if(is_priced and sku_price_id = sku_id, 'sku_price_id_from_sku', null),
        if(is_sku_from_rate_code and is_priced, 'sku_id_from_rate_code', null),
        if(bill_invoicing_entity is null, 'invoice_issuer_from_billing_entity', null),
        if(charge_period_end is null, 'charge_period_end_from_billing_period', null),
        if({{ is_last_second("charge_period_end") }}, 'charge_period_end_made_exclusive', null),
        if({{ is_last_second("billing_period_end") }}, 'billing_period_end_made_exclusive', null),
        if(is_region_by_name and region_id is not null, 'region_id_from_region_name', null),
        if(service_name is null, 'service_unknown', null),
        if(is_tag_renamed, 'tag_key_prefix_changed', null)
    ))) as source_changes
from charges
