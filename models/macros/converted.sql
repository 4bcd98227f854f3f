{# A cost as it is shown, to the cent, at a rate of exchange; null without one. #}
{% macro converted(cost, rate) %}cast(round(cast(round({{ cost }}, 2) as decimal(24,2)) * {{ rate }}, 2) as decimal(38,2)){% endmacro %}
