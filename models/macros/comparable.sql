{# The relation begun: for each statement of a relation (month, receiver, currency) the last month in which telemetry began that moved cost into
   or out of it. Reads the relation measured, which has the rows of economics.measured_receivers. #}
{% macro begun(statements) %}begun as (
    select statements.billing_month, statements.receiver_id, statements.billing_currency, max(measured.billing_month) as comparable_since
    from {{ statements }} as statements
    inner join measured
        on measured.receiver_id = statements.receiver_id and measured.billing_currency = statements.billing_currency
        and measured.billing_month <= statements.billing_month
    where not measured.is_comparable
    group by all
){% endmacro %}
