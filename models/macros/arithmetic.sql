{# A quotient of money or quantities to a stated number of digits after the point, the last rounded half up. Null by zero,
   of what is not known, and where it does not fit. The only way to divide: '/' keeps six digits of wide decimals. #}
{% macro divided(amount, by, digits=21) %}quotient({{ amount }}, {{ by }}, {{ digits }}){% endmacro %}
{# A product of wide decimals to a stated number of digits; '*' keeps six of them. #}
{% macro multiplied(amount, by, digits=21) %}product({{ amount }}, {{ by }}, {{ digits }}){% endmacro %}
{# Seconds as hours. #}
{% macro hours(seconds) %}{{ divided(seconds, 3600, 9) }}{% endmacro %}
{# Bytes as GiB. #}
{% macro gib(bytes) %}{{ divided(bytes, 1073741824, 9) }}{% endmacro %}
{# A sum that is null as soon as a part of it is not known. #}
{% macro known_sum(part) %}if(count(*) = count({{ part }}), sum({{ part }}), null){% endmacro %}
