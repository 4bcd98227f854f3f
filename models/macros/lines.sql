{# What is printed beside a line and explained: the number of its statement, the letter of its kind, its place. #}
{% macro line_id(letter) %}concat(date_format(billing_month, 'yyyy-MM'), '/', team_id, '/', billing_currency, '/', {{ letter }}, '-',
        lpad(position, 2, '0')){% endmacro %}
