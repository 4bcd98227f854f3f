{# A cost as an array of the parts of those that receive it, or whole where one does. #}
{% macro settled(cost, is_whole, weights) %}if({{ is_whole }}, array(cast({{ cost }} as decimal(38, 21))), settle({{ cost }}, {{ weights }})){% endmacro %}
