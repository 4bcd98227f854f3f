{# The effective savings rate of a cost: what it is below the price, as a part of the price; null if the price is zero or unknown. #}
{% macro savings_rate(price, cost) %}try_cast(quotient(less({{ price }}, {{ cost }}), {{ price }}, 9) as decimal(18,9)){% endmacro %}
{# Columns of a charge that pays for, uses or wastes a commitment: they need commitment_id, is_plan, commitment_quantity and kind. #}
{% macro commitment_category() %}if(commitment_id is null, null, if(is_plan, 'Spend', 'Usage')){% endmacro %}
{% macro commitment_quantity() %}if(commitment_id is null, null, commitment_quantity){% endmacro %}
{% macro commitment_status() %}case
        when commitment_id is null then null
        when kind = 'covered' then 'Used'
        when kind = 'unused' then 'Unused'
    end{% endmacro %}
