{# A printed cost at an exchange rate, rounded to the cent; null without a rate. #}
{% macro converted(cost, rate) %}cast(round(cast(round({{ cost }}, 2) as decimal(24,2)) * {{ rate }}, 2) as decimal(38,2)){% endmacro %}
