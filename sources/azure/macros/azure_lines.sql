{# The billing profile or billing account of a delivered line, and its subscription. Exports spell these ids in different
   letter case. #}
{% macro account() %}lower(coalesce(BillingProfileId, BillingAccountId, '')){% endmacro %}
{% macro subscription() %}lower(coalesce(SubscriptionGuid, SubscriptionId, '')){% endmacro %}
{# The scope of a line: its subscription, or its account if it has no subscription. The scope of a subscription has no
   account, because an export may lack the billing profile that another export has. #}
{% macro scope() %}if({{ subscription() }} = '', concat({{ account() }}, '/'), {{ subscription() }}){% endmacro %}
{# The export run to which a delivered line belongs, found by the path of its file below the delivery. #}
{% macro dataset() %}dataset_name(substring_index(_source_file, concat(_delivery_id, '/'), -1)){% endmacro %}
{% macro usage_date() %}cast(cast(Date as timestamp) as date){% endmacro %}
{# Values that versions of the export spell differently, without spaces and in lower case. #}
{% macro charge_type() %}lower(replace(coalesce(ChargeType, 'Usage'), ' ')){% endmacro %}
{% macro pricing_model() %}lower(replace(PricingModel, ' ')){% endmacro %}
{# The reservation or savings plan of a line, and whether the line buys, uses or wastes one. Old versions have no
   PricingModel. #}
{% macro benefit_id() %}coalesce(BenefitId, ReservationId){% endmacro %}
{% macro is_committed() %}({{ charge_type() }} like 'unused%'
            or coalesce({{ pricing_model() }} in ('reservation', 'savingsplan', 'savingsplans'), {{ benefit_id() }} is not null)){% endmacro %}
{% macro cost() %}cast(CostInBillingCurrency as decimal(38, 21)){% endmacro %}
{% macro period_start() %}coalesce(cast(cast(BillingPeriodStartDate as timestamp) as date), _billing_period){% endmacro %}
{# The deliveries that landed in this night, for the step `landed` of a query, and whether a delivered line is from one of them. #}
{% macro landed_deliveries(deliveries) %}
    select array_sort(collect_set(concat_ws('/', source_id, delivery_id))) as deliveries
    from {{ deliveries }}
    where landed
{% endmacro %}
{% macro is_landed() %}array_contains((select deliveries from landed), concat_ws('/', _source_id, _delivery_id)){% endmacro %}
{# A map in which each repeated key occurs once, with its first value. #}
{% macro first_values(map) %}map_from_entries(filter(map_entries({{ map }}),
            (entry, position) -> array_position(map_keys({{ map }}), entry.key) = position + 1)){% endmacro %}
{# Whether a key is in a map twice. #}
{% macro repeats_key(map) %}coalesce(cardinality(array_distinct(map_keys({{ map }}))) < cardinality(map_keys({{ map }})), false){% endmacro %}
