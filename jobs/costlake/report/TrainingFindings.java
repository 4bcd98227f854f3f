package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences and totals of the page of training. Totals are sums of printed figures. */
final class TrainingFindings {
  private static final String RUNS = "runs";
  private static final String COST = "cost_shown";
  private static final String SPOT = "spot";
  private static final String NET = "saving_net_shown";

  /** Runs that cost less than this are one row on paper, if there are several. */
  private static final BigDecimal SMALL = BigDecimal.TEN;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  TrainingFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Returns the lines of runs, without money that no run has. */
  public List<PrintedRow> runs() {
    return lines("run").toList();
  }

  /** Returns the runs that paper lists one by one. */
  public List<PrintedRow> largeRuns() {
    List<PrintedRow> small = smallRuns();
    return lines("run").filter(run -> !small.contains(run)).toList();
  }

  /** Returns the runs of a few dollars, which paper sums; none if there is only one. */
  public List<PrintedRow> smallRuns() {
    List<PrintedRow> small = lines("run").filter(TrainingFindings::isSmall).toList();
    return small.size() > 1 ? small : List.of();
  }

  private static boolean isSmall(PrintedRow run) {
    BigDecimal cost = run.decimalOrNull(COST);
    return run.textOrNull("run_id") != null && cost != null && cost.abs().compareTo(SMALL) < 0;
  }

  /** Returns the cost below which a run is small, in the currency of the statement. */
  public BigDecimal small() {
    return SMALL;
  }

  /** Sums a column over the small runs; null if it is unknown for all of them. */
  public @Nullable BigDecimal ofSmallRuns(String column) {
    return sum(smallRuns().stream(), column);
  }

  /** Returns the lines of money that no run has. */
  public List<PrintedRow> unjoined() {
    return statement.rows(RUNS).stream().filter(line -> !"run".equals(line.text("part"))).toList();
  }

  private Stream<PrintedRow> lines(String part) {
    return statement.rows(RUNS).stream().filter(line -> part.equals(line.text("part")));
  }

  /** Sums a column over the runs; null if it is unknown for all of them. */
  public @Nullable BigDecimal ofRuns(String column) {
    return sum(lines("run"), column);
  }

  /** Returns the number of attempts of all runs. */
  public int attempts() {
    return count("attempts");
  }

  private int count(String column) {
    return runs().stream()
        .filter(line -> line.get(column) != null)
        .mapToInt(line -> line.number(column))
        .sum();
  }

  /** Returns the cost of all lines: of runs, and of what no run has. */
  public @Nullable BigDecimal total() {
    return sum(statement.rows(RUNS).stream(), COST);
  }

  /** Sums a column over the experiments; null if it is unknown for all of them. */
  public @Nullable BigDecimal ofExperiments(String column) {
    return sum(statement.rows("experiments").stream(), column);
  }

  /** Sums a column over the runs on spot capacity whose saving is known, so that the sums agree. */
  public @Nullable BigDecimal ofSpot(String column) {
    return sum(statement.rows(SPOT).stream().filter(TrainingFindings::hasSaving), column);
  }

  /** Whether the saving of all runs on spot capacity is known. */
  public boolean isWhole() {
    return statement.rows(SPOT).stream().allMatch(TrainingFindings::hasSaving);
  }

  private static boolean hasSaving(PrintedRow run) {
    return run.decimalOrNull(NET) != null;
  }

  private static @Nullable BigDecimal sum(Stream<PrintedRow> rows, String column) {
    return rows.map(row -> row.decimalOrNull(column))
        .filter(Objects::nonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  /** Says in one line what the runs cost, and how much of it was wasted. */
  public String lede() {
    BigDecimal cost = ofRuns(COST);
    if (cost == null) {
      return words.say("No cost is joined to a run.");
    }
    int count = count("members");
    String first =
        count == 1
            ? words.say("One run cost {0} {1}", statement.head().currency(), figures.whole(cost))
            : words.say(
                "{0} runs cost {1} {2}",
                figures.count(count), statement.head().currency(), figures.whole(cost));
    return first + waste(cost);
  }

  private String waste(BigDecimal cost) {
    BigDecimal waste = ofRuns("waste_shown");
    if (waste == null) {
      return words.say("; how much of it was wasted is not known.");
    }
    if (waste.signum() == 0) {
      return words.say("; no work is known to have been lost.");
    }
    return words.say(
        "; {0} of it, {1}, went into work that was lost.",
        figures.whole(waste), figures.percent(FigureFormat.ratio(waste, cost)));
  }

  /** Says how much a spot price saved, net of repeated work; null if it is not known. */
  public @Nullable String spot() {
    BigDecimal gross = ofSpot("saving_gross_shown");
    BigDecimal net = ofSpot(NET);
    if (gross == null || net == null) {
      return null;
    }
    if (gross.signum() == 0) {
      return words.say(
          "Spot capacity saved nothing against the price on demand; repeated work cost {0}",
          figures.whole(net.negate()));
    }
    return words.say(
        net.signum() < 0
            ? "The price saved {0}, but repeated work cost more: {1} net"
            : "The price saved {0}; {1} of it remain after repeated work",
        figures.whole(gross),
        figures.whole(net));
  }

  /** Warns of attempts whose cost is unknown; null if there are none. */
  public @Nullable String attemptsWithoutCost() {
    int without = count("attempts_without_cost");
    if (without == 0) {
      return null;
    }
    return without == 1
        ? words.say("One attempt has no cost joined to it; its run is too cheap here.")
        : words.say(
            "{0} attempts have no cost joined to them; their runs are too cheap here.",
            figures.count(without));
  }
}
