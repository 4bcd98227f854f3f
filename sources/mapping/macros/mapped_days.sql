{# First and last day of the period of a row of bronze.mapped. #}
{% macro first_day() %}cast(cast(ChargePeriodStart as timestamp) as date){% endmacro %}
{% macro last_day() %}cast(cast(ChargePeriodEnd as timestamp) - interval 1 microsecond as date){% endmacro %}
{# First days of the months over which the cost of the row is spread; empty if it is not. #}
{% macro months() %}if(_spread = 'months', sequence(trunc({{ first_day() }}, 'MM'), trunc({{ last_day() }}, 'MM'), interval 1 month), array()){% endmacro %}
