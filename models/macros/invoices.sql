{# The part names of a query: the name of each commitment of a month. #}
{% macro commitment_names(commitments) %}names as (
    select billing_month as named_month, commitment_id as named_id, max(commitment_name) as commitment_name
    from {{ commitments }}
    where commitment_id is not null
    group by all
){% endmacro %}
{# The part stated of a query: what the configuration says that each invoice states, in each currency. #}
{% macro stated_invoices(invoices) %}stated as (
    select
        cast(concat(billing_month, '-01') as date) as stated_month, invoice_id as stated_id, currency as stated_currency,
        sum(amount) as invoice_amount
    from {{ invoices }}
    group by all
){% endmacro %}
