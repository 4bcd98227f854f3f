package costlake.watch;

import costlake.config.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds teams that hold more accelerators, or used more hours or money, than a quota allows. */
public final class OverQuota implements WatchRule {
  private static final String RULE = "over quota";

  @Override
  public List<Finding> findings(Watched watched) {
    return watched.config().quotas().stream()
        .sorted(Comparator.comparing(Quota::id))
        .flatMap(quota -> finding(quota, watched).stream())
        .toList();
  }

  private static Optional<Finding> finding(Quota quota, Watched watched) {
    return quota
        .inForce(watched.day())
        .map(Quota.Limit::most)
        .flatMap(
            most ->
                quota.period() == null
                    ? held(quota, most, watched)
                    : used(quota, quota.period(), most, watched));
  }

  private static Optional<Finding> held(Quota quota, BigDecimal most, Watched watched) {
    List<Workload> own =
        watched.running().stream().filter(workload -> held(quota, workload).signum() > 0).toList();
    BigDecimal held =
        own.stream()
            .map(workload -> held(quota, workload))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (held.compareTo(most) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            quota,
            own.stream().map(Workload::since).max(Comparator.naturalOrder()).orElseThrow(),
            null,
            "The team holds %s; the quota allows %s."
                .formatted(accelerators(quota, held), plain(most)),
            "Stop work, or let it wait until other work ends."));
  }

  private static BigDecimal held(Quota quota, Workload workload) {
    return workload.held().stream()
        .filter(part -> quota.scope().covers(workload.team(), part.model()))
        .map(Workload.Accelerators::count)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String accelerators(Quota quota, BigDecimal held) {
    return plain(held)
        + " "
        + Objects.requireNonNullElse(quota.scope().acceleratorModel(), "accelerators");
  }

  private static Optional<Finding> used(
      Quota quota, Quota.Period period, BigDecimal most, Watched watched) {
    BigDecimal used = watched.used().getOrDefault(quota.id(), BigDecimal.ZERO);
    if (used.compareTo(most) <= 0) {
      return Optional.empty();
    }
    String currency = quota.currency();
    return Optional.of(
        finding(
            quota,
            Window.start(period.start(watched.day())),
            currency == null ? null : new Cost(currency, used),
            "The team used about %s; the quota allows %s."
                .formatted(amount(quota, used), amount(quota, most)),
            "Stop work that can wait for the next period, or raise the quota."));
  }

  private static String amount(Quota quota, BigDecimal amount) {
    return quota.currency() == null
        ? plain(amount) + " accelerator-hours"
        : new Cost(quota.currency(), amount).toString();
  }

  private static Finding finding(
      Quota quota, Instant since, @Nullable Cost soFar, String what, String advice) {
    return new Finding(RULE, quota.id(), quota.scope().team(), since, soFar, what, advice);
  }

  private static String plain(BigDecimal number) {
    return number.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
