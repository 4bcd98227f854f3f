{# Converts a cost, rounded to the cent as printed, at an exchange rate, and rounds the result to the cent; null without a rate. #}
{% macro converted(cost, rate) %}cast(round(cast(round({{ cost }}, 2) as decimal(24,2)) * {{ rate }}, 2) as decimal(38,2)){% endmacro %}
