{# Sums of delivered costs by source, billing period and currency that differ in any digit from the sums of the charges.
   charges: the relation of charges; costs: their names in the CTE `delivered` (_source_id, period, currency), and in FOCUS. #}
{% macro unlike_delivered(charges, kind, costs) %}
select
    coalesce(delivered._source_id, charged.x_SourceId) as source_id,
    coalesce(delivered.period, charged.period) as billing_period,
    coalesce(delivered.currency, charged.currency) as currency{% for cost in costs %},
    delivered.{{ cost.key }} as delivered_{{ cost.key }},
    charged.{{ cost.key }}{% endfor %}
from delivered
full join (
    select
        x_SourceId, cast(BillingPeriodStart as date) as period, BillingCurrency as currency{% for cost in costs %},
        sum({{ cost.value }}) as {{ cost.key }}{% endfor %}
    from {{ charges }}
    where x_SourceKind = '{{ kind }}'
    group by all
) as charged
    on delivered._source_id = charged.x_SourceId
    and delivered.period = charged.period
    and delivered.currency = charged.currency
where {% for cost in costs %}{% if not loop.first %} or {% endif %}not (delivered.{{ cost.key }} <=> charged.{{ cost.key }}){% endfor %}
{% endmacro %}
