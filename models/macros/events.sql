{# Costs in each of the two months in which they are compared: in their own month (is_latest), and in the month after it as the cost
   before. #}
{% macro sides(costs) %}select
        * except (billing_month, side), side.*,
        if(side.is_latest, effective_cost, null) as cost,
        if(side.is_latest, null, effective_cost) as cost_before
    from (
        select
            *,
            explode(array(
                named_struct('billing_month', billing_month, 'is_latest', true),
                named_struct('billing_month', add_months(billing_month, 1), 'is_latest', false)
            )) as side
        from {{ costs }}
    ){% endmacro %}
