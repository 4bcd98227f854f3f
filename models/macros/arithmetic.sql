{# Divides money or quantities and rounds half up to a stated number of fraction digits. The result is null if the divisor is
   zero, if a value is unknown, or if the result does not fit. Models must divide with this macro, because '/' keeps only six
   fraction digits of wide decimals. #}
{% macro divided(amount, by, digits=21) %}quotient({{ amount }}, {{ by }}, {{ digits }}){% endmacro %}
{# Multiplies wide decimals to a stated number of fraction digits; '*' keeps only six. #}
{% macro multiplied(amount, by, digits=21) %}product({{ amount }}, {{ by }}, {{ digits }}){% endmacro %}
{# Converts seconds to hours. #}
{% macro hours(seconds) %}{{ divided(seconds, 3600, 9) }}{% endmacro %}
{# Converts bytes to GiB. #}
{% macro gib(bytes) %}{{ divided(bytes, 1073741824, 9) }}{% endmacro %}
{# The sum of a column; null if any value is null. #}
{% macro known_sum(column) %}if(count(*) = count({{ column }}), sum({{ column }}), null){% endmacro %}
