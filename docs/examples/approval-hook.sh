#!/bin/sh
# May a run start? Usage: approval-hook.sh FILE RUN ACCELERATOR NUMBER HOURS. FILE is approvals.decision_file.
# Ends with 0 if the run has an approval that covers it, or needs none; else with 2.
jq -e --arg run "$2" --arg name "$3" --argjson asked "$4" --argjson hours "$5" '
  .runs[$run] as $request | .accelerators[$name] as $accelerator | ($asked * $hours) as $wanted
  | if $request == null then ($accelerator.hourly_rate // infinite) * $wanted < .cost_min
    else $request.state == "approved" and ($request.expires == null or $request.expires > (now | todate))
      and $accelerator.model == $request.accelerator_model and $wanted <= $request.accelerator_hours
      and ($request.used // 0) < $request.cap
    end' "$1" >/dev/null || { echo "Run $2 may not start: costlake approve check $2" >&2; exit 2; }
