{# What is printed beside a line and explained: the number of its statement, the letter of its kind, its place. #}
{% macro line_id(letter) %}concat(date_format(billing_month, 'yyyy-MM'), '/', team_id, '/', billing_currency, '/', {{ letter }}, '-',
        lpad(position, 2, '0')){% endmacro %}
{# The columns of a line of why a total changed, after those that say whose it is. #}
{% macro change_columns() %}breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    members,
    basis,
    name,
    pool_id,
    provider,
    service,
    sku_id,
    pricing_unit,
    quantity,
    quantity_before,
    unit_price,
    unit_price_before,
    change_cost,
    change_shown{% endmacro %}
