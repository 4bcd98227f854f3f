{% import "macros/looked_up.sql" %}
with services as (
    select map_from_entries(array_sort(collect_list(struct(
        concat_ws('|', nullif(resource_type, ''), nullif(meter, '')),
        struct(nullif(service_name, '') as service_name, service_category, service_subcategory))))) as by_key
    from {{ source('reference.azure_services') }}
),

regions as (
    select map_from_entries(array_sort(collect_list(struct(region, struct(region_id, region_name))))) as by_spelling
    from {{ source('reference.azure_regions') }}
),

resource_types as (
    select map_from_entries(array_sort(collect_list(struct(resource_type, name)))) as by_type
    from {{ source('reference.azure_resource_types') }}
),

-- Microsoft.Compute/virtualMachineScaleSets/NAME/virtualMachines/0 is of the type virtualMachineScaleSets/virtualMachines.
lines as (
    select
        *,
        kind in ('unused', 'commitment_purchase', 'commitment_refund') as is_commitment,
        if(ResourceId like '%/providers/%' or ResourceType is null,
            lower(regexp_replace(substring_index(ResourceId, '/providers/', -1), '/([^/]+)/[^/]+', '/$1')),
            lower(ResourceType)) as type_id,
        lower(MeterCategory) as meter_category,
        lower(ConsumedService) as consumed_service
    from {{ ref('focus.azure_costs') }}
),

named as (
    select
        *,
        coalesce(
            {{ looked_up("(select by_key from services)", "concat(type_id, '|', lower(MeterSubCategory))") }},
            {{ looked_up("(select by_key from services)", "concat(type_id, '|', meter_category)") }},
            {{ looked_up("(select by_key from services)", "concat(type_id, '|', consumed_service)") }},
            {{ looked_up("(select by_key from services)", "type_id") }},
            {{ looked_up("(select by_key from services)", "meter_category") }},
            {{ looked_up("(select by_key from services)", "consumed_service") }}
        ) as service,
        coalesce(
            {{ looked_up("(select by_spelling from regions)", "lower(ResourceLocation)") }},
            {{ looked_up("(select by_spelling from regions)", "lower(ResourceLocationNormalized)") }},
            {{ looked_up("(select by_spelling from regions)", "lower(Location)") }},
            {{ looked_up("(select by_spelling from regions)", "lower(MeterRegion)") }}
        ) as region_row,
        coalesce({{ looked_up("(select by_type from resource_types)", "type_id") }}, nullif(type_id, '')) as type_name,
        if(is_commitment, commitment_id, ResourceId) as resource_id
    from lines
)

select
    _source_id, _delivery_id, _source_file, _file_no, _row, kind, is_priced, is_plan, is_spot, is_mca,
    is_one_currency, commitment_id, commitment_name, usage_date, billing_period_start, billing_period_end, billed_cost,
    effective_cost, contracted_cost, list_cost, contracted_unit_price, list_unit_price, pricing_currency, exchange_rate,
    pricing_effective_cost, pricing_quantity, pricing_unit, consumed_quantity, unit, commitment_quantity, sku_id,
    sku_price_id, tags, source_columns, AvailabilityZone, BillingAccountId, BillingAccountName, BillingCurrency,
    BillingProfileId, BillingProfileName, ChargeType, Frequency, InvoiceId, MeterCategory, MeterName, MeterSubCategory,
    PartnerName, pricing_model, ProductName, subscription_id, SubscriptionName,
    case
        when kind in ('usage', 'covered', 'unused') then 'Usage'
        when kind in ('purchase', 'refund', 'commitment_purchase', 'commitment_refund') then 'Purchase'
        when kind = 'tax' then 'Tax'
        when kind = 'credit' then 'Credit'
        else 'Adjustment'
    end as category,
    if(is_marketplace, PublisherName, if(PublisherType = 'AWS', 'AWS', null)) as other_provider,
    additional_info['VMCapacityReservationId'] as capacity_reservation_id,
    nullif(to_json(map_concat(
        if(additional_info['ServiceType'] is null, map(), map('InstanceType', additional_info['ServiceType'])),
        coalesce(transform_keys(map_filter(additional_info, (k, v) -> v is not null), (k, v) -> concat('x_', k)), map())
    )), '{}') as price_details,
    coalesce(service.service_name, MeterCategory, ConsumedService, if(is_marketplace, PublisherName, null), 'Azure') as service_name,
    service.service_category,
    service.service_subcategory,
    coalesce(region_row.region_id, lower(replace(ResourceLocation, ' '))) as region_id,
    coalesce(region_row.region_name, ResourceLocation) as region_name,
    resource_id,
    case
        when resource_id is null then null
        when is_commitment then commitment_name
        else coalesce(ResourceName, substring_index(resource_id, '/', -1))
    end as resource_name,
    case
        when resource_id is null then null
        when is_commitment then if(is_plan, 'Savings Plan', 'Reservation')
        else coalesce(type_name, MeterCategory, 'Resource')
    end as resource_type,
    type_id,
    concat(coalesce(_repairs, array()), compact(array(
        if(kind in ('covered', 'unused') and dataset_kind in ('amortised', 'combined'), 'billed_cost_of_commitment_is_its_purchase', null),
        if(kind in ('covered', 'unused') and is_without_actual, 'purchases_of_commitments_not_delivered', null),
        if(kind in ('commitment_purchase', 'commitment_refund') and has_amortised, 'effective_cost_moved_to_what_is_covered', null),
        if(kind in ('covered', 'commitment_purchase', 'commitment_refund') and not has_amortised,
            'effective_cost_from_billed_cost', null),
        if(list_cost_from = 'contracted cost', 'list_cost_from_contracted_cost', null),
        if(list_cost_from = 'list rate', 'list_cost_from_list_rate', null),
        if(is_contracted_as_billed, 'contracted_cost_from_billed_cost', null),
        if(kind = 'other', 'line_item_type_unknown', null),
        if(is_counted_in_blocks and is_priced, 'quantity_counted_in_blocks', null),
        if(is_unit_assumed and is_priced, 'unit_assumed', null),
        if(is_priced and ProductId is null, 'sku_id_from_meter_id', null),
        if(is_priced and PartNumber is null, 'sku_price_id_from_sku', null),
        if(is_period_of_delivery, 'billing_period_from_delivery', null),
        if(region_row is null and ResourceLocation is not null, 'region_unknown', null),
        if(service is null, 'service_unknown', null),
        if(delivered_tags <> '{}' and tags is null, 'tags_unreadable', null)
    ))) as source_changes
from named
