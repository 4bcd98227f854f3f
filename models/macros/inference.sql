{# What an amount of tokens costs by the million. #}
{% macro of_a_million(cost, tokens) %}quotient(product({{ cost }}, 1000000, 15), {{ tokens }}, 21){% endmacro %}
{# The part in a whole; null if that is zero or unknown. #}
{% macro part_of_all(part, whole) %}try_cast(quotient({{ part }}, {{ whole }}, 9) as decimal(18,9)){% endmacro %}
