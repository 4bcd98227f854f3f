{# Billing account or profile of a delivered line, and its subscription. #}
{% macro account() %}coalesce(BillingProfileId, BillingAccountId, ''){% endmacro %}
{% macro subscription() %}coalesce(SubscriptionGuid, SubscriptionId, ''){% endmacro %}
{# Values whose spelling differs between versions: without spaces, in lower case. #}
{% macro charge_type() %}lower(replace(coalesce(ChargeType, 'Usage'), ' ')){% endmacro %}
{% macro pricing_model() %}lower(replace(PricingModel, ' ')){% endmacro %}
{# The reservation or savings plan of a line, and whether the line buys, uses or wastes one. Old versions have no PricingModel. #}
{% macro benefit_id() %}coalesce(BenefitId, ReservationId){% endmacro %}
{% macro is_committed() %}({{ charge_type() }} like 'unused%'
            or coalesce({{ pricing_model() }} in ('reservation', 'savingsplan', 'savingsplans'), {{ benefit_id() }} is not null)){% endmacro %}
{% macro cost() %}cast(CostInBillingCurrency as decimal(38, 21)){% endmacro %}
{% macro period_start() %}coalesce(cast(cast(BillingPeriodStartDate as timestamp) as date), _billing_period){% endmacro %}
