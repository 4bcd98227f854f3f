{# The id of a line, for the command explain: month, team, currency, letter of the breakdown, position. #}
{% macro line_id(letter) %}concat(date_format(billing_month, 'yyyy-MM'), '/', team_id, '/', billing_currency, '/', {{ letter }}, '-',
        lpad(position, 2, '0')){% endmacro %}
{# Columns of a line about a change of the total, after the columns of its receiver. #}
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

{# Columns of a line about an accelerator, after the columns of its receiver. #}
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

{# Columns of a line about a workload, after the columns of its receiver. #}
{% macro workload_columns() %}position,
    {{ line_id("'w'") }} as line_id,
    workload_id,
    accelerator_model,
    idle_hours,
    idle_cost_shown{% endmacro %}

{# Columns of a line about a pool, after the columns of its receiver. #}
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

{# Columns of a line about the value of a model, after the columns of its receiver. #}
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

{# Columns of a line of a breakdown, after the columns of its receiver. #}
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
