{# A cost as an array of its shares; whole if there is one. #}
{% macro apportioned(cost, is_whole, weights) %}if({{ is_whole }}, array(cast({{ cost }} as decimal(38, 21))), apportion({{ cost }}, {{ weights }})){% endmacro %}
