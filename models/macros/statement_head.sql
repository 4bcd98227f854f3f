{# One row with the company's name, its contact and the number of days for disputes. #}
{% macro issuer(settings) %}select
        max(if(name = 'company_name', value, null)) as company_name,
        max(if(name = 'contact', value, null)) as contact,
        cast(coalesce(max(if(name = 'dispute_days', value, null)), '14') as int) as dispute_days
    from {{ settings }}{% endmacro %}

{# The columns of totals as statements print them. #}
{% macro totals_shown() %}cast(round(totals.total_cost, 2) as decimal(38,2)) as total_shown,
    cast(round(totals.previous_cost, 2) as decimal(38,2)) as previous_shown,
    cast(round(totals.billed_cost, 2) as decimal(38,2)) as billed_shown,
    cast(round(totals.workload_idle_cost, 2) as decimal(38,2)) as workload_idle_shown,
    totals.reporting_currency,
    totals.exchange_rate,
    totals.exchange_rate_date,
    totals.exchange_rate_source,
    totals.converted_shown,
    totals.converted_previous_shown{% endmacro %}
