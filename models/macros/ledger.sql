{# Columns with the uses of the column shares and with the costs split over them: arrays that zipped_uses() reads. Without a positive
   weight the uses get equal parts. Each cost adds up exactly. #}
{% macro split_over_uses() %}shares.used_by as uses,
        {{ split_cost("billed_cost") }} as billed,
        {{ split_cost("contracted_cost") }} as contracted,
        {{ split_cost("effective_cost") }} as effective,
        {{ split_cost("list_cost") }} as listed,
        {{ split_cost("on_demand_cost") }} as on_demand,
        {{ split_cost("workload_idle_cost") }} as workload_idle{% endmacro %}
{% macro zipped_uses() %}arrays_zip(uses, billed, contracted, effective, listed, on_demand, workload_idle){% endmacro %}
{% macro split_cost(cost) %}if(
                {{ cost }} is null or size(shares) = 1, array({{ cost }}),
                coalesce(apportion({{ cost }}, shares.weight), apportion({{ cost }}, array_repeat(1, size(shares))))
            ){% endmacro %}
{# The columns of a part of an allocated charge: what it was, what used it, its costs, and the allocated charge. #}
{% macro columns_of_part() %}usage_date,
    billing_month,
    charge_part.uses.use_kind as use_kind,
    charge_part.uses.run_id as run_id,
    charge_part.uses.attempt as attempt,
    charge_part.uses.endpoint_id as endpoint_id,
    workload_id,
    resource_id,
    team_id,
    project_id,
    environment,
    coalesce(charge_part.uses.model_id, model_id) as model_id,
    service_category,
    cost_kind,
    billing_currency,
    charge_part.uses.linked_by as linked_by,
    charge_part.uses.link_problem as link_problem,
    pricing_category,
    on_demand_basis,
    charge_part.billed as billed_cost,
    charge_part.contracted as contracted_cost,
    charge_part.effective as effective_cost,
    charge_part.listed as list_cost,
    charge_part.on_demand as on_demand_cost,
    charge_part.workload_idle as workload_idle_cost,
    allocation_id,
    charge_id,
    owner_rule_id,
    pool_id,
    allocated_method_id,
    allocated_cost,
    allocated_quantity,
    pricing_unit{% endmacro %}
