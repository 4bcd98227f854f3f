{# Billing account or profile of a delivered line, and its subscription. Exports spell them in different cases. #}
{% macro account() %}lower(coalesce(BillingProfileId, BillingAccountId, '')){% endmacro %}
{% macro subscription() %}lower(coalesce(SubscriptionGuid, SubscriptionId, '')){% endmacro %}
{# What a line belongs to: its subscription, or else its account. An export may lack the billing profile that another one has. #}
{% macro scope() %}if({{ subscription() }} = '', concat({{ account() }}, '/'), {{ subscription() }}){% endmacro %}
{# Export run that a delivered line is of, by the path of its file below the delivery. #}
{% macro dataset() %}dataset_name(substring_index(_source_file, concat(_delivery_id, '/'), -1)){% endmacro %}
{% macro usage_date() %}cast(cast(Date as timestamp) as date){% endmacro %}
{# Values whose spelling differs between versions: without spaces, in lower case. #}
{% macro charge_type() %}lower(replace(coalesce(ChargeType, 'Usage'), ' ')){% endmacro %}
{% macro pricing_model() %}lower(replace(PricingModel, ' ')){% endmacro %}
{# The reservation or savings plan of a line, and whether the line buys, uses or wastes one. Old versions have no PricingModel. #}
{% macro benefit_id() %}coalesce(BenefitId, ReservationId){% endmacro %}
{% macro is_committed() %}({{ charge_type() }} like 'unused%'
            or coalesce({{ pricing_model() }} in ('reservation', 'savingsplan', 'savingsplans'), {{ benefit_id() }} is not null)){% endmacro %}
{% macro cost() %}cast(CostInBillingCurrency as decimal(38, 21)){% endmacro %}
{% macro period_start() %}coalesce(cast(cast(BillingPeriodStartDate as timestamp) as date), _billing_period){% endmacro %}
{# A map whose repeated keys have their first value. #}
{% macro first_values(map) %}map_from_entries(filter(map_entries({{ map }}),
            (entry, i) -> array_position(map_keys({{ map }}), entry.key) = i + 1)){% endmacro %}
{# Whether a key is in a map twice. #}
{% macro repeats_key(map) %}coalesce(cardinality(array_distinct(map_keys({{ map }}))) < cardinality(map_keys({{ map }})), false){% endmacro %}
