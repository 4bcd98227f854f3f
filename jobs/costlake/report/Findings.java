package costlake.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the figures say, in sentences that a reader can check on the page. */
final class Findings {
  private final Statement statement;
  private final Figures figures;

  Findings(Statement statement, Figures figures) {
    this.statement = statement;
    this.figures = figures;
  }

  /** At most three sentences for the first page. */
  public List<String> summary() {
    List<String> sentences = new ArrayList<>();
    sentences.add(change());
    BigDecimal idle = idleCost();
    if (idle != null && idle.signum() != 0) {
      sentences.add(
          "Accelerators that nobody used cost %s, %s of the total; workloads held %s of it."
              .formatted(
                  figures.whole(idle),
                  figures.percent(Figures.ratio(idle, statement.head().total())),
                  figures.whole(statement.head().workloadIdle())));
    }
    statement.lines("project").stream()
        .filter(l -> l.members() == 1)
        .findFirst()
        .ifPresent(
            l ->
                sentences.add(
                    "The largest project is %s with %s, %s of the total."
                        .formatted(
                            name(l.name()), figures.whole(l.cost()), figures.percent(l.share()))));
    return sentences;
  }

  private String change() {
    Statement.Head head = statement.head();
    if (head.previous() == null) {
      return "This is the first month on record: nothing to compare with.";
    }
    BigDecimal difference = head.total().subtract(head.previous());
    if (difference.signum() == 0) {
      return "The same total as in the month before.";
    }
    String direction = difference.signum() > 0 ? "Up" : "Down";
    String sentence =
        direction + " " + figures.whole(difference.abs()) + " against " + previousMonth();
    return statement.lines("project").stream()
        .filter(l -> l.members() == 1 && l.previous() != null)
        .filter(l -> l.cost().subtract(l.previous()).signum() == difference.signum())
        .max(Comparator.comparing(l -> l.cost().subtract(l.previous()).abs()))
        .map(
            l ->
                "%s; most of that in %s (%s)."
                    .formatted(sentence, name(l.name()), signed(l.cost().subtract(l.previous()))))
        .orElse(sentence + ".");
  }

  public String previousMonth() {
    return figures.month(statement.head().month().minusMonths(1));
  }

  /** Node idle that reached the team and idle inside its workloads. */
  public BigDecimal idleCost() {
    BigDecimal node =
        statement.lines("bridge").stream()
            .filter(l -> "idle".equals(l.name()))
            .map(Statement.Line::cost)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal workload = statement.head().workloadIdle();
    return workload == null ? null : node.add(workload);
  }

  /** Where the money went, in one line. */
  public String where() {
    List<Statement.Line> services = statement.lines("service");
    if (services.isEmpty()) {
      return "Nothing was charged.";
    }
    Statement.Line first = services.get(0);
    return "%s took %s of the total; %s months on record."
        .formatted(
            name(first.name()),
            figures.percent(first.share()),
            statement.history().stream().map(Statement.Month::month).distinct().count());
  }

  /** Hours, in one line. */
  public String accelerators() {
    return "%s hours provisioned, %s held by a workload, %s active."
        .formatted(
            figures.units(hours(Statement.Accelerator::provisioned)),
            figures.units(hours(Statement.Accelerator::allocated)),
            figures.units(hours(Statement.Accelerator::active)));
  }

  /** Active hours of provisioned ones, of what was measured; null when nothing was. */
  public BigDecimal activeShare() {
    return Figures.ratio(
        hours(Statement.Accelerator::active),
        hours(a -> a.active() == null ? null : a.provisioned()));
  }

  private BigDecimal hours(Function<Statement.Accelerator, BigDecimal> column) {
    return statement.accelerators().stream()
        .map(column)
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  /** Value, in one line. */
  public String value() {
    long measured = statement.values().stream().filter(v -> v.roi() != null).count();
    long all = statement.values().stream().map(Statement.Value::model).distinct().count();
    if (statement.values().isEmpty()) {
      return "What an accelerator-hour cost; no value data for any model.";
    }
    return measured == 0
        ? "What an hour and a model cost; no value data for any of %d models.".formatted(all)
        : "%d of %d models have value data.".formatted(measured, all);
  }

  /** Shared cost, in one line. */
  public String pools() {
    int count = statement.pools().size();
    return "%s %s came by way of %d shared pool%s."
        .formatted(
            statement.head().currency(), figures.money(poolTotal()), count, count == 1 ? "" : "s");
  }

  /** What all pools together came to. */
  public BigDecimal poolTotal() {
    return statement.pools().stream()
        .map(Statement.Pool::share)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Trust, in one line. */
  public String quality() {
    boolean ties =
        statement.checks().stream()
            .map(Statement.Check::money)
            .filter(Objects::nonNull)
            .allMatch(m -> m.signum() == 0);
    return ties
        ? "Bills and statements agree to the last digit."
        : "Bills and statements differ: see below, and ask.";
  }

  private String signed(BigDecimal money) {
    return (money.signum() > 0 ? "+" : "") + figures.whole(money);
  }

  private static String name(String raw) {
    return raw == null ? "what has no name" : Names.shorten(Names.plain(raw), 40);
  }
}
