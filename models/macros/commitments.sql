{# Columns of a charge that pays for, uses or wastes a commitment: they need commitment_id, is_plan, commitment_quantity and kind. #}
{% macro commitment_category() %}if(commitment_id is null, null, if(is_plan, 'Spend', 'Usage')){% endmacro %}
{% macro commitment_quantity() %}if(commitment_id is null, null, commitment_quantity){% endmacro %}
{% macro commitment_status() %}case
        when commitment_id is null then null
        when kind = 'covered' then 'Used'
        when kind = 'unused' then 'Unused'
    end{% endmacro %}
