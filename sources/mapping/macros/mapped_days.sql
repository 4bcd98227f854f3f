{# First days of the months over which the cost of a row of bronze.mapped is spread; empty if it is not. The days of its period
   are those in its own time zone. #}
{% macro months() %}if(_spread = 'months', sequence(trunc(cast(_first_day as date), 'MM'), trunc(date_sub(cast(_end_day as date), 1), 'MM'), interval 1 month), array()){% endmacro %}
