{# Splits a cost into an array by weights; if is_whole, the array has the whole cost as its only element. #}
{% macro apportioned(cost, is_whole, weights) %}if({{ is_whole }}, array(cast({{ cost }} as decimal(38, 21))), apportion({{ cost }}, {{ weights }})){% endmacro %}
