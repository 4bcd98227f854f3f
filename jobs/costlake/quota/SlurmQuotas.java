package costlake.quota;

import costlake.config.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a script of {@code sacctmgr} lines. What a team may hold at one time becomes {@code
 * GrpTRES} of the account with the id of the team. Hours of a month or a quarter become {@code
 * GrpTRESMins} of a QOS with {@code NoDecay}, whose jobs are those of the account.
 */
final class SlurmQuotas {
  private static final String SLURM = "Slurm";
  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

  private final Accelerators accelerators;
  private final EnforcerNames types;
  private final List<String> leftOut = new ArrayList<>();

  private SlurmQuotas(Accelerators accelerators, Map<String, String> names) {
    this.accelerators = accelerators;
    this.types = new EnforcerNames(SLURM, names);
  }

  /** Returns the file {@code slurm.sh}. */
  static QuotaExport of(
      List<QuotaInForce> quotas,
      Accelerators accelerators,
      Map<String, String> names,
      LocalDate day) {
    return new SlurmQuotas(accelerators, names).export(quotas, day);
  }

  private QuotaExport export(List<QuotaInForce> quotas, LocalDate day) {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("# Quotas in force on " + day + ". Stops at the first line that Slurm refuses.");
    lines.add("set -e");
    QuotaExport.byTeam(quotas.stream().filter(this::isExpressible))
        .forEach(
            (team, ofTeam) -> {
              lines.addAll(held(team, ofTeam));
              lines.addAll(hours(team, ofTeam));
            });
    return new QuotaExport(Map.of("slurm.sh", String.join("\n", lines) + "\n"), leftOut);
  }

  private void leaveOut(QuotaInForce quota, String why) {
    leftOut.add(quota.leftOut(SLURM, why));
  }

  private boolean isExpressible(QuotaInForce quota) {
    Quota.Period period = quota.quota().period();
    String model = quota.model();
    if (quota.limits(Quota.Measure.MONEY)) {
      leaveOut(quota, "it knows no money");
    } else if (period != null && period.every() == null) {
      leaveOut(quota, "it cannot count the last days, only all usage since a reset");
    } else if (model != null && !accelerators.isGpu(model)) {
      leaveOut(quota, "gres/gpu does not count accelerators of " + accelerators.vendor(model));
    } else {
      return true;
    }
    return false;
  }

  private List<String> held(String team, List<QuotaInForce> quotas) {
    List<QuotaInForce> held =
        quotas.stream().filter(quota -> quota.limits(Quota.Measure.ACCELERATORS)).toList();
    held.stream()
        .filter(quota -> quota.limit().shares())
        .forEach(quota -> leftOut.add(quota.partly(SLURM, "without borrowing and lending")));
    return held.isEmpty()
        ? List.of()
        : List.of(
            "",
            "# " + team + ": held at one time",
            modify("account", team, "GrpTRES=" + tres(held, QuotaInForce::amount)));
  }

  /** Returns the lines for hours. A job counts in one QOS, so only one length of periods fits. */
  private List<String> hours(String team, List<QuotaInForce> quotas) {
    List<QuotaInForce> hours =
        quotas.stream().filter(quota -> quota.limits(Quota.Measure.ACCELERATOR_HOURS)).toList();
    if (hours.isEmpty()) {
      return List.of();
    }
    Quota.Calendar every =
        hours.stream().map(SlurmQuotas::every).min(Comparator.naturalOrder()).orElseThrow();
    String period = every.name().toLowerCase(Locale.ROOT);
    hours.stream()
        .filter(quota -> every(quota) != every)
        .forEach(quota -> leaveOut(quota, "a job counts in one QOS, which counts by " + period));
    List<QuotaInForce> counted = hours.stream().filter(q -> every(q) == every).toList();
    String qos = "costlake-" + team;
    return List.of(
        "",
        "# %s: hours of a %s, which NoDecay keeps until they are reset. Begin each %s with:"
            .formatted(team, period, period),
        "#   " + modify("qos", qos, "RawUsage=0"),
        "sacctmgr -n list qos where name=%s format=name | grep -q . || sacctmgr -i add qos name=%s"
            .formatted(qos, qos),
        modify("qos", qos, "Flags+=NoDecay GrpTRESMins=" + tres(counted, SlurmQuotas::minutes)),
        modify("account", team, "QOS+=" + qos + " DefaultQOS=" + qos));
  }

  private static Quota.Calendar every(QuotaInForce quota) {
    return Objects.requireNonNull(Objects.requireNonNull(quota.quota().period()).every());
  }

  private static String modify(String kind, String name, String set) {
    return "sacctmgr -i modify %s where name=%s set %s".formatted(kind, name, set);
  }

  /** Returns whole minutes, so that the limit is never above the quota. */
  private static BigDecimal minutes(QuotaInForce quota) {
    return quota.amount().multiply(MINUTES).setScale(0, RoundingMode.DOWN);
  }

  private String tres(List<QuotaInForce> quotas, Function<QuotaInForce, BigDecimal> number) {
    return quotas.stream()
        .map(quota -> resource(quota) + "=" + number.apply(quota).toPlainString())
        .sorted()
        .collect(Collectors.joining(","));
  }

  private String resource(QuotaInForce quota) {
    String model = quota.model();
    return model == null ? "gres/gpu" : "gres/gpu:" + types.of(model);
  }
}
