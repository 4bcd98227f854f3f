{# What is printed beside a line and explained: the number of its statement, the letter of its kind, its place. #}
{% macro line_id(letter) %}concat(date_format(billing_month, 'yyyy-MM'), '/', team_id, '/', billing_currency, '/', {{ letter }}, '-',
        lpad(position, 2, '0')){% endmacro %}
{# The columns of a line of why a total changed, after those that say whose it is. #}
{% macro change_columns() %}breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    members,
    basis,
    name,
    pool_id,
    provider,
    service,
    sku_id,
    pricing_unit,
    quantity,
    quantity_before,
    unit_price,
    unit_price_before,
    change_cost,
    change_shown{% endmacro %}

{# The columns of a line of an accelerator, after those that say whose it is. #}
{% macro accelerator_columns() %}position,
    {{ line_id("'a'") }} as line_id,
    accelerator_model,
    provisioned_hours,
    allocated_hours,
    active_hours,
    node_idle_hours,
    workload_idle_hours,
    cost_shown,
    cost_per_provisioned_hour,
    cost_per_allocated_hour,
    cost_per_active_hour,
    coverage_ratio{% endmacro %}

{# The columns of a line of a workload, after those that say whose it is. #}
{% macro workload_columns() %}position,
    {{ line_id("'w'") }} as line_id,
    workload_id,
    accelerator_model,
    idle_hours,
    idle_cost_shown{% endmacro %}

{# The columns of a line of a pool, after those that say whose it is. #}
{% macro pool_columns() %}position,
    {{ line_id("'k'") }} as line_id,
    pool_id,
    pool_name,
    driver,
    units,
    all_units,
    effective_cost,
    pool_shown,
    share_shown,
    tax_and_credit_shown{% endmacro %}

{# The columns of a line of what a model brought, after those that say whose it is. #}
{% macro value_columns() %}position,
    {{ line_id("'v'") }} as line_id,
    model_id,
    benefit_kind,
    benefit_quantity,
    benefit_currency,
    benefit_shown,
    value_assumption,
    cost_shown,
    roi,
    status{% endmacro %}

{# The columns of a line of a breakdown, after those that say whose it is. #}
{% macro breakdown_columns() %}breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    name,
    members,
    correction_of_month,
    effective_cost,
    cost_shown,
    previous_shown,
    share_ratio{% endmacro %}
