select distinct scopes.budget_id, runs.run_id
from {{ ref('economics.training_runs') }} as runs
inner join {{ ref('governance.budget_scopes') }} as scopes
    on scopes.scope_value = case scopes.scope_kind
        when 'run' then runs.run_id
        when 'experiment' then runs.experiment_id
        when 'user' then runs.user_id
    end
where runs.part = 'run'
