package costlake.watch;

import costlake.alert.Alert;
import costlake.alert.AlertEvent;
import costlake.alert.AlertKind;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.lake.Lake;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Alerts of what watches found, for the team that owns it. A finding is told once from the watch
 * that first finds it to the first that does not.
 */
public final class FindingAlerts implements AlertKind {
  private static final Duration OPEN_MAX = Duration.ofDays(31);

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public List<Alert> alerts(Config config, Lake lake) {
    return FoundBefore.in(lake).stream()
        .sorted(Comparator.comparing(FoundBefore::foundAt).thenComparing(f -> f.finding().id()))
        .flatMap(this::alerts)
        .toList();
  }

  private Stream<Alert> alerts(FoundBefore found) {
    return Stream.of(alert(found, found.isOpen() ? AlertEvent.TRIGGER : AlertEvent.RESOLVE));
  }

  private Alert alert(FoundBefore found, AlertEvent event) {
    Finding finding = found.finding();
    return new Alert(
        name(),
        finding.id() + "/" + found.foundAt(),
        event,
        Severity.WARNING,
        finding.team(),
        finding.rule() + ": " + finding.subject(),
        text(finding),
        facts(finding),
        finding.since(),
        found.foundAt().plus(OPEN_MAX));
  }

  private static String text(Finding finding) {
    String cost = finding.soFar() == null ? "" : " So far: " + finding.soFar() + ", an estimate.";
    String know = "costlake watch --know " + finding.id() + " --why \"...\"";
    return String.join("\n", finding.what() + cost, finding.advice(), "", know, "");
  }

  private static Map<String, String> facts(Finding finding) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("rule", finding.rule());
    facts.put("subject", finding.subject());
    facts.put("since", finding.since().toString());
    if (finding.soFar() != null) {
      facts.put("currency", finding.soFar().currency());
      facts.put("cost_so_far", finding.soFar().amount().stripTrailingZeros().toPlainString());
    }
    return facts;
  }
}
