{% import "sources/azure/macros/azure_lines.sql" %}{% import "macros/looked_up.sql" %}{% import "macros/arithmetic.sql" %}
{% set known_rate = "try_cast(ExchangeRatePricingToBilling as decimal(38, 21))" %}
{% set numbers = "CostInPricingCurrency PaygCostInBillingCurrency Quantity UnitPrice PayGPrice EffectivePrice ExchangeRatePricingToBilling" | split(" ") %}
{% set reconciled = "InvoiceSectionId InvoiceSectionName PreviousInvoiceId" | split(" ") %}
{% set altered = "CostInBillingCurrency EffectivePrice Quantity UnitPrice" | split(" ") %}
{% set others = "CostInPricingCurrency PaygCostInBillingCurrency PayGPrice ExchangeRatePricingToBilling" | split(" ") %}
with datasets as (
    select map_from_entries(array_sort(flatten(collect_list(transform(
        files, f -> struct(concat_ws('/', _source_id, _delivery_id, f), dataset_kind)))))) as kind_by_file
    from {{ ref('focus.azure_datasets') }}
),

found as (
    select named_struct(
        'amortised_scopes', array_sort(collect_set(if(is_amortised, scope, null))),
        'amortised', array_sort(collect_set(if(is_amortised, account, null))),
        'actual', array_sort(collect_set(if(is_actual, account, null))),
        'combined', array_sort(collect_set(if(is_combined, account, null)))
    ) as found
    from {{ ref('focus.azure_scopes') }}
),

lines as (
    select
        *,
        concat_ws('/', _source_id, _delivery_id, {{ account() }}) as account,
        {{ looked_up("(select kind_by_file from datasets)", "concat_ws('/', _source_id, _delivery_id, _file_no)") }} as dataset_kind,
        position_in((select found from found).amortised, account) is not null as has_amortised,
        position_in((select found from found).actual, account) is not null as has_actual,
        position_in((select found from found).combined, account) is not null as has_combined,
        position_in((select found from found).amortised_scopes, concat_ws('/', _source_id, _delivery_id, {{ scope() }}))
            is not null as is_amortised_elsewhere,
        {{ charge_type() }} as charge_type,
        {{ pricing_model() }} as pricing_model,
        {{ benefit_id() }} as benefit_id,
        {{ is_committed() }} as is_committed,
        from_json(AdditionalInfo, 'map<string,string>') as delivered_info,
        from_json(if(startswith(Tags, '{'), Tags, concat('{', Tags, '}')), 'map<string,string>') as delivered_tag_map
    from {{ source('bronze.azure_costs') }}
),

kinds as (
    select
        *,
        case
            when charge_type like 'unused%' then 'unused'
            when charge_type = 'usage' then if(is_committed, 'covered', 'usage')
            when charge_type in ('purchase', 'refund') then if(is_committed, 'commitment_', '') || charge_type
            when charge_type in ('tax', 'credit') then charge_type
            when charge_type = 'roundingadjustment' then 'rounding'
            else 'other'
        end as kind
    from lines
)

select
    _source_id, _delivery_id, _source_file, _file_no, _row,
    concat(coalesce(_repairs, array()), compact(array(
        if({{ repeats_key("delivered_info") }}, 'additional_info_key_repeated', null),
        if({{ repeats_key("delivered_tag_map") }}, 'tag_key_repeated', null),
        if(PricingCurrency <> BillingCurrency and coalesce({{ known_rate }}, 0) = 0, 'exchange_rate_not_delivered', null),
        if({% for name in numbers %}({{ name }} is not null and try_cast({{ name }} as decimal(38, 21)) is null){% if not loop.last %} or {% endif %}{% endfor %},
            'number_unreadable', null)
    ))) as _repairs,
    dataset_kind, kind,
    -- An amortised dataset has all charges of a subscription except the purchases and refunds of commitments.
    has_amortised,
    dataset_kind = 'amortised' and not has_actual as is_without_actual,
    if(is_committed, benefit_id, null) as commitment_id,
    if(is_committed, coalesce(BenefitName, ReservationName), null) as commitment_name,
    coalesce(pricing_model like 'savingsplan%' or charge_type = 'unusedsavingsplan', false)
        or coalesce(lower(benefit_id) like '%/microsoft.billingbenefits/%', false) as is_plan,
    coalesce(pricing_model = 'spot', MeterName like '% Spot%', false) as is_spot,
    coalesce(PublisherType = 'Marketplace', false) as is_marketplace,
    coalesce(PublisherType = 'Microsoft' or PricingCurrency is not null or ProductId is not null, false) as is_mca,
    {{ cost() }} as cost,
    try_cast(CostInPricingCurrency as decimal(38, 21)) as pricing_cost,
    try_cast(PaygCostInBillingCurrency as decimal(38, 21)) as payg_cost,
    try_cast(Quantity as decimal(38, 21)) as quantity,
    nullif(try_cast(UnitPrice as decimal(38, 21)), 0) as unit_price,
    nullif(try_cast(PayGPrice as decimal(38, 21)), 0) as payg_price,
    nullif(try_cast(EffectivePrice as decimal(38, 21)), 0) as effective_price,
    case
        when {{ known_rate }} <> 0 then {{ known_rate }}
        when coalesce(PricingCurrency = BillingCurrency, true) then 1
        else {{ divided(cost(), "try_cast(CostInPricingCurrency as decimal(38, 21))") }}
    end as exchange_rate,
    {{ usage_date() }} as usage_date,
    {{ period_start() }} as billing_period_start,
    coalesce(date_add(cast(cast(BillingPeriodEndDate as timestamp) as date), 1), add_months(_billing_period, 1))
        as billing_period_end,
    BillingPeriodStartDate is null or BillingPeriodEndDate is null as is_period_of_delivery,
    try_cast(regexp_extract(Term, '([0-9]+)', 1) as int) * if(lower(Term) like '%y%', 12, 1) as term_months,
    {{ first_values("delivered_info") }} as additional_info,
    nullif(to_json(map_filter({{ first_values("delivered_tag_map") }}, (k, v) -> v is not null)), '{}') as tags,
    Tags as delivered_tags,
    AvailabilityZone, BillingAccountId, BillingAccountName, BillingCurrency, BillingProfileId, BillingProfileName,
    ChargeType, ConsumedService, Frequency, InvoiceId, Location, MeterCategory, MeterId, MeterName, MeterRegion,
    MeterSubCategory, PartNumber, PartnerName, PricingCurrency, pricing_model, ProductId, ProductName, PublisherName,
    PublisherType, ResourceId, ResourceLocation, ResourceLocationNormalized, ResourceName, ResourceType,
    coalesce(SubscriptionGuid, SubscriptionId) as subscription_id, SubscriptionName, UnitOfMeasure,
    with_values(
        coalesce(native, map()),
        array({% for name in reconciled %}'{{ name }}', {% endfor %}{% for name in altered %}'{{ name }}', {% endfor %}{% for name in others %}'{{ name }}'{% if not loop.last %}, {% endif %}{% endfor %}),
        array(
            {{ reconciled | join(", ") }},
            -- Of a usage or purchase, only the numbers that cannot be read, because no column has them.
            {% for name in altered %}if(kind in ('usage', 'purchase') and try_cast({{ name }} as decimal(38, 21)) is not null, null, {{ name }}), {% endfor %}
            {% for name in others %}if(try_cast({{ name }} as decimal(38, 21)) is not null, null, {{ name }}){% if not loop.last %}, {% endif %}{% endfor %}
        )
    ) as source_columns
from kinds
where dataset_kind in ('amortised', 'combined')
    or (dataset_kind <> 'repeated' and not is_amortised_elsewhere)
    or (kind in ('commitment_purchase', 'commitment_refund') and not has_combined)
