{% import "macros/looked_up.sql" %}
with services as (
    select map_from_entries(array_sort(collect_list(
        struct(product_code, struct(service_name, service_category, service_subcategory))))) as by_code
    from {{ source('reference.aws_services') }}
),

units as (
    select map_from_entries(array_sort(collect_list(struct(native_unit, unit)))) as by_native
    from {{ source('reference.aws_units') }}
),

regions as (
    select map_from_entries(array_sort(collect_list(struct(region, struct(region_id, region_name))))) as by_spelling
    from (
        select region_id as region, region_id, region_name from {{ source('reference.aws_regions') }}
        union all
        select region_name as region, region_id, region_name from {{ source('reference.aws_regions') }}
    )
),

commitments as (
    select named_struct(
        'by_id', map_from_entries(array_sort(collect_list(struct(
            concat_ws('/', _source_id, _delivery_id, is_plan, commitment_id), struct(is_amortised, is_discounted))))),
        'residual_by_line', map_from_entries(array_sort(flatten(collect_list(transform(residuals, r -> struct(
            concat_ws('/', _source_id, _delivery_id, r._file_no, r._row), r.residual_cost))))))
    ) as found
    from {{ ref('focus.aws_commitments') }}
),

named as (
    select
        *,
        line_item_line_item_type like 'SavingsPlan%' as is_of_plan,
        line_item_line_item_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') as is_netted,
        if(kind in ('covered', 'recurring_fee', 'upfront_fee'), {{ looked_up(
            "(select found from commitments).by_id",
            "concat_ws('/', _source_id, _delivery_id, is_of_plan, if(is_of_plan, plan_arn, reservation_arn))") }}, null)
            as commitment,
        coalesce(commitment.is_amortised, false) as is_amortised,
        is_amortised and commitment.is_discounted and is_amortised_gross as is_before_discounts,
        if(is_netted, {{ looked_up(
            "(select found from commitments).residual_by_line",
            "concat_ws('/', _source_id, _delivery_id, _file_no, _row)") }}, null) as residual_cost,
        {{ looked_up("(select by_code from services)", "line_item_product_code") }} as service,
        {{ looked_up("(select by_native from units)", "pricing_unit") }} as native_unit,
        coalesce(native_unit, pricing_unit) as unit,
        native_unit <> pricing_unit as is_unit_renamed,
        {{ looked_up("(select by_spelling from regions)", "region") }} as place
    from {{ ref('focus.aws_rows') }}
),

-- Spark does not merge steps across explode, so it computes the values above only once, however often they are used below.
parts as (
    select *, explode(if(is_amortised and unused_commitment <> 0, array('', '/unused'), array(''))) as part from named
)

select
    _source_id, _delivery_id, _source_file, _file_no, _row, _repairs, part, if(part = '/unused', 'unused', kind) as kind,
    is_priced and (part = '' or is_of_plan or coalesce(unused_amount, 0) > 0) as is_priced, native_cost, unblended_cost, unused_commitment, unused_cost, covered_cost,
    is_amortised, is_before_discounts, is_netted, residual_cost, list_cost, list_rate, native_rate,
    discount_cost, usage_amount, normalized_amount, unused_amount, reserved_quantity, unused_quantity, is_normalized,
    plan_commitment, is_spot, billing_period_start, billing_period_end, charge_period_start, charge_period_end,
    line_item_line_item_type, line_item_usage_type, line_item_operation, line_item_product_code,
    line_item_line_item_description, line_item_resource_id, line_item_availability_zone, line_item_usage_account_id,
    line_item_usage_account_name, line_item_currency_code, line_item_tax_type, line_item_legal_entity, bill_payer_account_id,
    bill_payer_account_name, bill_invoice_id, bill_invoicing_entity, bill_billing_entity, sku_id, sku_price_id,
    is_sku_from_rate_code, unit, pricing_currency, split_line_item_parent_resource_id,
    split_line_item_split_usage, split_line_item_split_usage_ratio, product_product_family, product_name, region,
    is_region_by_name, plan_arn, reservation_arn, tags, price_details, source_columns, is_tag_renamed,
    is_unit_renamed, service.service_name, service.service_category,
    service.service_subcategory, place.region_id, place.region_name
from parts
