package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures say, in sentences that a reader can check on the page. */
final class Findings {
  /** A step between two months is told from this part of the larger on. */
  private static final BigDecimal STEP_TOLD = new BigDecimal("0.2");

  private final Statement statement;
  private final Figures figures;

  Findings(Statement statement, Figures figures) {
    this.statement = statement;
    this.figures = figures;
  }

  /** At most three sentences for the first page. */
  public List<String> summary() {
    return Stream.of(change(), idle(), project()).filter(Objects::nonNull).toList();
  }

  private String change() {
    Statement.Head head = statement.head();
    if (head.previous() == null) {
      return "This is the first month on record: nothing to compare with.";
    }
    BigDecimal difference = head.difference();
    if (difference.signum() == 0) {
      return "The same total as in the month before.";
    }
    return "%s %s against %s%s."
        .formatted(
            difference.signum() > 0 ? "Up" : "Down",
            figures.whole(difference.abs()),
            figures.month(head.month().minusMonths(1)),
            statement
                .cause()
                .map(l -> "; most of that in %s (%s)".formatted(word(l), figures.rise(l.rise())))
                .orElse(""));
  }

  /** What moved the total most, in one line. */
  public String changes() {
    BigDecimal difference = statement.head().difference();
    String effects =
        statement.changes("effect").stream()
            .sorted(Comparator.comparing((Statement.Change c) -> c.change().abs()).reversed())
            .limit(3)
            .map(
                c ->
                    Words.WORDS.kind(c.basis()).toLowerCase(Locale.ROOT)
                        + " "
                        + figures.rise(c.change()))
            .collect(Collectors.joining(", "));
    String first =
        difference.signum() == 0
            ? "The same total as in %s, though its parts moved"
            : "%s %s against %%s"
                .formatted(
                    difference.signum() > 0 ? "Up" : "Down", figures.whole(difference.abs()));
    return first.formatted(figures.month(statement.head().month().minusMonths(1)))
        + ": "
        + effects
        + (statement.changes("effect").size() > 3 ? ", and more below." : ".");
  }

  private static String word(Statement.Line line) {
    return "bridge".equals(line.breakdown())
        ? Words.WORDS.kind(line.name()).toLowerCase(Locale.ROOT)
        : name(line.name());
  }

  private String idle() {
    BigDecimal node = nodeIdle();
    BigDecimal held = statement.head().workloadIdle();
    boolean hasNode = node != null && node.signum() != 0;
    boolean hasHeld = held != null && held.signum() != 0;
    if (!hasNode && !hasHeld) {
      return null;
    }
    String first =
        hasNode
            ? "Node capacity that nobody asked for cost %s, %s of the total"
                .formatted(figures.whole(node), share(node))
            : "";
    String second =
        hasHeld
            ? (hasNode ? "; accelerators" : "Accelerators")
                + " held without use cost %s".formatted(figures.whole(held))
            : "";
    return first + second + ".";
  }

  /** Node idle that reached the team: cores and memory of nodes too; null without any. */
  public BigDecimal nodeIdle() {
    return statement.cost("idle");
  }

  private String project() {
    List<Statement.Line> projects = statement.lines("project");
    Optional<Statement.Line> largest = projects.stream().filter(l -> l.name() != null).findFirst();
    Optional<Statement.Line> unnamed =
        projects.stream().filter(Statement.Line::unnamed).findFirst();
    if (largest.isEmpty()) {
      return unnamed
          .map(l -> "Charges of %s name no project.".formatted(figures.whole(l.cost())))
          .orElse(null);
    }
    Statement.Line l = largest.get();
    return "The largest project is %s with %s, %s of the total%s."
        .formatted(
            name(l.name()),
            figures.whole(l.cost()),
            figures.percent(l.share()),
            unnamed
                .map(u -> "; charges of %s name no project".formatted(figures.whole(u.cost())))
                .orElse(""));
  }

  private String share(BigDecimal part) {
    return figures.percent(Figures.ratio(part, statement.head().total()));
  }

  /** Where the money went and when it moved most, in one line. */
  public String where() {
    List<Statement.Line> services = statement.named("service");
    String first =
        services.isEmpty()
            ? "No charge names a service."
            : "%s of the total is %s."
                .formatted(figures.percent(services.get(0).share()), name(services.get(0).name()));
    return first + step();
  }

  private String step() {
    TreeMap<LocalDate, BigDecimal> months = new TreeMap<>();
    statement.history().forEach(m -> months.merge(m.month(), m.cost(), BigDecimal::add));
    return months.keySet().stream()
        .filter(m -> months.containsKey(m.minusMonths(1)) && !beginsSplit(m))
        .max(Comparator.comparing(m -> rise(months, m).abs()))
        .filter(m -> isTold(months, m))
        .map(
            m ->
                " The largest step in %d months: %s in %s."
                    .formatted(months.size(), figures.rise(rise(months, m)), figures.month(m)))
        .orElse("");
  }

  /** Whether telemetry and not spending made this month differ from the one before. */
  private boolean beginsSplit(LocalDate month) {
    return history() != null && month.equals(statement.splitSince());
  }

  private static BigDecimal rise(Map<LocalDate, BigDecimal> months, LocalDate month) {
    return months.get(month).subtract(months.get(month.minusMonths(1)));
  }

  private static boolean isTold(Map<LocalDate, BigDecimal> months, LocalDate month) {
    BigDecimal larger = months.get(month).abs().max(months.get(month.minusMonths(1)).abs());
    return months.size() > 2 && rise(months, month).abs().compareTo(larger.multiply(STEP_TOLD)) > 0;
  }

  /** Why months of the history do not compare; null when they do. */
  public String history() {
    LocalDate since = statement.splitSince();
    return since == null || statement.accelerators().isEmpty()
        ? null
        : ("From %s on, telemetry splits the cost of cluster nodes by who used them. Before, it"
                + " stood whole with the owner of the account: months on either side of the dashed"
                + " line do not compare.")
            .formatted(figures.month(since));
  }

  /** Hours, in one line that adds up. */
  public String accelerators() {
    BigDecimal provisioned = hours(Statement.Accelerator::provisioned);
    BigDecimal active = hours(Statement.Accelerator::active);
    if (statement.held().isEmpty()) {
      return "Nobody held any of %s provisioned accelerator-hours."
          .formatted(figures.units(provisioned));
    }
    if (active == null) {
      return "%s of %s provisioned accelerator-hours were held; their activity was not measured."
          .formatted(
              figures.units(hours(Statement.Accelerator::allocated)), figures.units(provisioned));
    }
    BigDecimal unused = zero(hours(Statement.Accelerator::workloadIdle));
    BigDecimal free = zero(hours(Statement.Accelerator::nodeIdle));
    BigDecimal unmeasured =
        provisioned
            .subtract(active)
            .subtract(unused)
            .subtract(free)
            .setScale(1, RoundingMode.HALF_EVEN);
    return "%s of %s provisioned accelerator-hours were active, %s held without use, %s free%s."
        .formatted(
            figures.units(active),
            figures.units(provisioned),
            figures.units(unused),
            figures.units(free),
            unmeasured.signum() > 0
                ? ", %s not measured".formatted(figures.units(unmeasured))
                : "");
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

  private static BigDecimal zero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  /** Value, in one line; the cost of a model counts once however many benefits it has. */
  public String value() {
    Map<String, BigDecimal> costs = new TreeMap<>();
    BigDecimal benefit = BigDecimal.ZERO;
    for (Statement.Value v : statement.values()) {
      if (v.benefit() != null) {
        costs.put(v.model(), v.cost());
        benefit = benefit.add(v.benefit());
      }
    }
    long all = statement.values().stream().map(Statement.Value::model).distinct().count();
    if (costs.isEmpty()) {
      return "What hours and models cost; no value data for any model.";
    }
    BigDecimal cost = costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return "%d of %d models %s value: %s for a cost of %s."
        .formatted(
            costs.size(),
            all,
            costs.size() == 1 ? "reports" : "report",
            figures.whole(benefit),
            figures.whole(cost));
  }

  /** Shared cost, in one line; what of it the summary shows under another kind is said. */
  public String pools() {
    int count = statement.pools().size();
    BigDecimal shared = zero(statement.cost("shared"));
    BigDecimal other = poolTotal().subtract(shared);
    boolean apart =
        other.signum() != 0 && (statement.cost("tax") != null || statement.cost("credit") != null);
    return "%s %s came by way of %d shared pool%s%s."
        .formatted(
            statement.head().currency(),
            figures.money(poolTotal()),
            count,
            count == 1 ? "" : "s",
            apart
                ? ": %s as shared services, %s in tax and credits"
                    .formatted(figures.money(shared), figures.money(other))
                : "");
  }

  /** What all pools together came to. */
  public BigDecimal poolTotal() {
    return statement.pools().stream()
        .map(Statement.Pool::share)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What the figures do not say because nobody measured it, a sentence each. */
  public List<String> unmeasured() {
    return Stream.of(
            activityGap(),
            valueGap(),
            nameless("project"),
            nameless("environment"),
            "Budgets and forecasts, training runs, and requests and tokens of inference.")
        .filter(Objects::nonNull)
        .toList();
  }

  private String activityGap() {
    if (statement.accelerators().isEmpty()) {
      return "Accelerators: telemetry shows none of this team.";
    }
    BigDecimal held = zero(hours(Statement.Accelerator::allocated));
    BigDecimal measured =
        zero(hours(a -> a.coverage() == null ? null : a.coverage().multiply(a.allocated())));
    BigDecimal gap = held.subtract(measured).setScale(1, RoundingMode.HALF_EVEN);
    return gap.signum() <= 0
        ? null
        : "Activity of accelerators: %s of %s held hours."
            .formatted(figures.units(gap), figures.units(held));
  }

  private String valueGap() {
    List<String> all = statement.values().stream().map(Statement.Value::model).distinct().toList();
    long without =
        all.stream()
            .filter(
                model ->
                    statement.values().stream()
                        .noneMatch(v -> Objects.equals(v.model(), model) && v.benefit() != null))
            .count();
    return without == 0
        ? null
        : "Value of models: %d of %d report none.".formatted(without, all.size());
  }

  private String nameless(String breakdown) {
    return statement.lines(breakdown).stream()
        .filter(Statement.Line::unnamed)
        .findFirst()
        .map(
            l ->
                "The %s of charges of %s, %s of the total."
                    .formatted(breakdown, figures.money(l.cost()), share(l.cost())))
        .orElse(null);
  }

  /** Trust, in one line. */
  public String quality() {
    List<BigDecimal> differences =
        statement.checks().stream().map(Statement.Check::money).filter(Objects::nonNull).toList();
    if (differences.isEmpty()) {
      return "Whether bills and statements agree was not measured.";
    }
    return differences.stream().allMatch(m -> m.signum() == 0)
        ? "Bills and statements agree to the cent."
        : "Bills and statements differ: see below, and ask.";
  }

  private static String name(String raw) {
    return raw == null ? "what has no name" : Names.shorten(Names.plain(raw), 40);
  }
}
