{% import "macros/arithmetic.sql" %}{% import "macros/looked_up.sql" %}
with units as (
    select map_from_entries(array_sort(collect_list(struct(native_unit, struct(block_size, unit))))) as by_native
    from {{ source('reference.azure_units') }}
),

lines as (
    select
        *,
        kind in ('usage', 'covered', 'purchase') as is_metered,
        coalesce(ProductId, nullif(MeterId, '00000000-0000-0000-0000-000000000000')) as sku_id,
        {{ looked_up("(select by_native from units)", "lower(trim(UnitOfMeasure))") }} as native_unit,
        coalesce(
            try_cast(native_unit.block_size as decimal(38, 21)),
            nullif(try_cast(regexp_extract(UnitOfMeasure, '^[0-9]+', 0) as decimal(38, 21)), 0),
            1
        ) as block_size,
        coalesce(native_unit.unit, nullif(trim(regexp_replace(UnitOfMeasure, '^[0-9]+', '')), ''), 'Units') as unit,
        coalesce(unit_price, payg_price) as any_price,
        coalesce(
            effective_price,
            nullif(abs({{ divided(divided("cost", "quantity"), "exchange_rate") }}), 0)
        ) as paid_price
    from {{ ref('focus.azure_rows') }}
),

-- A quantity counts units, unless its effective price is nearer to the price of a block than to that of a unit.
quantities as (
    select
        *,
        kind in ('usage', 'covered', 'unused', 'purchase', 'commitment_purchase')
            and sku_id is not null
            and coalesce(quantity, 0) <> 0 as is_priced,
        block_size <> 1 and coalesce(
            {{ multiplied(multiplied("paid_price", "paid_price"), "block_size") }} > {{ multiplied("any_price", "any_price") }},
            is_mca
        ) as is_counted_in_blocks,
        if(is_counted_in_blocks, quantity, {{ divided("quantity", "block_size") }}) as block_quantity,
        if(is_counted_in_blocks, {{ multiplied("quantity", "block_size") }}, quantity) as unit_quantity,
        {{ multiplied("if(unit_price > 0, unit_price, null)", "exchange_rate") }} as contracted_price,
        {{ multiplied("if(payg_price > 0, payg_price, null)", "exchange_rate") }} as list_price
    from lines
),

-- In amortised costs, covered usage and unused parts have the cost of their commitment, and the purchase of the commitment
-- has 0.
costs as (
    select
        *,
        if(kind in ('covered', 'unused') and dataset_kind in ('amortised', 'combined'), 0, cost) as billed_cost,
        if(kind in ('commitment_purchase', 'commitment_refund') and has_amortised, 0, cost) as effective_cost,
        coalesce(if(is_metered, {{ multiplied("contracted_price", "block_quantity") }}, null), cost) as contracted_cost
    from quantities
),

listed as (
    select
        *,
        case
            when not is_metered then cost
            else coalesce(nullif(payg_cost, 0), {{ multiplied("list_price", "block_quantity") }}, contracted_cost)
        end as list_cost
    from costs
)

select
    _source_id, _delivery_id, _source_file, _file_no, _row, _repairs, dataset_kind, kind, is_priced, is_metered, has_amortised,
    is_without_actual, is_plan, is_spot, is_marketplace, is_mca, is_period_of_delivery, is_counted_in_blocks,
    commitment_id, commitment_name, usage_date, billing_period_start, billing_period_end,
    cast(billed_cost as decimal(38, 21)) as billed_cost,
    cast(effective_cost as decimal(38, 21)) as effective_cost,
    cast(contracted_cost as decimal(38, 21)) as contracted_cost,
    cast(list_cost as decimal(38, 21)) as list_cost,
    is_metered and contracted_price is null as is_contracted_as_billed,
    case
        when not is_metered or nullif(payg_cost, 0) is not null then null
        when list_price is null then 'contracted cost'
        else 'list rate'
    end as list_cost_from,
    cast(case
        when not is_priced then null
        when is_metered and contracted_price is not null then contracted_price
        when sign(contracted_cost) * sign(block_quantity) >= 0 then {{ divided("contracted_cost", "block_quantity") }}
    end as decimal(38, 21)) as contracted_unit_price,
    cast(case
        when not is_priced then null
        when is_metered and list_price is not null then list_price
        when sign(list_cost) * sign(block_quantity) >= 0 then {{ divided("list_cost", "block_quantity") }}
    end as decimal(38, 21)) as list_unit_price,
    coalesce(PricingCurrency, BillingCurrency) as pricing_currency,
    coalesce(PricingCurrency = BillingCurrency, true) as is_one_currency,
    exchange_rate,
    cast(case when effective_cost = 0 then 0 else pricing_cost end as decimal(38, 21)) as pricing_effective_cost,
    cast(if(is_priced, block_quantity, null) as decimal(38, 21)) as pricing_quantity,
    if(block_size = 1, unit, concat(cast(cast(block_size as decimal(38, 0)) as string), ' ', unit)) as pricing_unit,
    cast(if(kind in ('usage', 'covered'), unit_quantity, null) as decimal(38, 21)) as consumed_quantity,
    unit,
    UnitOfMeasure is null as is_unit_assumed,
    cast(case
        -- Actual costs do not state how much of a savings plan the usage consumed.
        when kind = 'covered' and is_plan and dataset_kind not in ('amortised', 'combined') then null
        when kind in ('covered', 'unused', 'commitment_purchase') and is_plan then cost
        when kind in ('covered', 'unused') then unit_quantity
        when kind = 'commitment_purchase' then {{ multiplied("quantity",
            "cast(24 * datediff(add_months(usage_date, if(Frequency = 'OneTime', term_months, 1)), usage_date) as decimal(38, 21))") }}
    end as decimal(38, 21)) as commitment_quantity,
    sku_id, coalesce(PartNumber, sku_id) as sku_price_id, tags, additional_info, source_columns, delivered_tags,
    AvailabilityZone, BillingAccountId, BillingAccountName, BillingCurrency, BillingProfileId, BillingProfileName,
    ChargeType, ConsumedService, Frequency, InvoiceId, Location, MeterCategory, MeterName, MeterRegion, MeterSubCategory,
    PartNumber, PartnerName, pricing_model, ProductId, ProductName, PublisherName, PublisherType, ResourceId, ResourceLocation,
    ResourceLocationNormalized, ResourceName, ResourceType, subscription_id, SubscriptionName
from listed
