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
        {{ looked_up("(select by_spelling from regions)", "region") }} as region_row
    from {{ ref('focus.aws_rows') }}
),

-- Spark does not merge steps across explode, so it computes the values above only once, however often they are used below.
split as (
    select *, explode(if(is_amortised and unused_commitment <> 0, array('', '/unused'), array(''))) as id_suffix from named
)

select
    * except (kind, is_priced, is_amortised_gross, pricing_unit, is_of_plan, commitment, service, native_unit, region_row),
    if(id_suffix = '/unused', 'unused', kind) as kind,
    is_priced and (id_suffix = '' or is_of_plan or coalesce(unused_amount, 0) > 0) as is_priced,
    service.service_name, service.service_category, service.service_subcategory, region_row.region_id, region_row.region_name
from split
