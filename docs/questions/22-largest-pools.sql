-- Finance: what do the shared pools cost, and how many teams pay for them?
select pool_id, billing_currency, count(distinct team_id) as teams, sum(share_shown) as shared_shown
from reporting.statement_pools
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
group by all
order by shared_shown desc, pool_id, billing_currency
