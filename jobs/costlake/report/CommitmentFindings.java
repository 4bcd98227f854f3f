package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences of the page about commitments, and the totals of its tables. */
final class CommitmentFindings {
  private static final int BAR_WIDTH = 70;
  private static final int BEARERS_MAX = 3;
  private static final int NAME_MAX = 60;

  private final LocalDate month;
  private final List<PrintedRow> rows;
  private final List<PrintedRow> teams;
  private final FigureFormat figures;
  private final StatementTexts words;

  CommitmentFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.month = statement.head().month();
    this.rows = statement.rows("commitments");
    this.teams = statement.rows("team_uses");
    this.figures = figures;
    this.words = words;
  }

  /** Returns the lines of a breakdown: {@code commitment}, {@code user} or {@code service}. */
  public List<PrintedRow> lines(String breakdown) {
    return rows.stream().filter(row -> breakdown.equals(row.text("breakdown"))).toList();
  }

  /** Returns the sum of a column over the lines of a breakdown. */
  public BigDecimal total(String breakdown, String column) {
    return lines(breakdown).stream()
        .map(row -> row.decimalOrNull(column))
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal total(String column) {
    return total("commitment", column);
  }

  /** Sums up the page in one line. */
  public String lede() {
    return lines("commitment").isEmpty()
        ? words.say("No commitment covered any of this usage.")
        : Stream.of(cost(), before(), saved(), covered())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
  }

  private String cost() {
    BigDecimal unused = total("unused_shown");
    return words.say(
        unused.signum() == 0
            ? "Commitments cost {0}, and all of it was used."
            : "Commitments cost {0}, of which {1} ({2}) went unused.",
        figures.whole(total("cost_shown")),
        figures.whole(unused),
        figures.percent(FigureFormat.ratio(unused, total("cost_shown"))));
  }

  /** Says how much of the same commitments went unused in the month before; null if unknown. */
  private @Nullable String before() {
    return lines("commitment").stream().allMatch(row -> row.get("unused_before_shown") == null)
        ? null
        : words.say(
            "In {0}, {1} of them went unused.",
            figures.month(month.minusMonths(1)), figures.whole(total("unused_before_shown")));
  }

  private String saved() {
    BigDecimal saved = total("saved_shown");
    String sentence =
        saved.signum() < 0
            ? "All in all they cost {0} more than list prices."
            : "All in all they saved {0} against list prices.";
    return words.say(sentence, figures.whole(saved.abs()));
  }

  private @Nullable String covered() {
    BigDecimal coverage = coverage();
    return coverage == null
        ? null
        : words.say(
            "They covered {0} of the usage that they could have covered.",
            figures.percent(coverage));
  }

  /**
   * Returns the covered share of the usage that commitments could have covered, at list prices;
   * null if there is no such usage.
   */
  public @Nullable BigDecimal coverage() {
    BigDecimal covered = total("service", "list_shown");
    return FigureFormat.ratio(covered, covered.add(total("service", "not_covered_list_shown")));
  }

  /** Returns the used share of all commitments; null if they cost nothing. */
  public @Nullable BigDecimal utilisation() {
    return FigureFormat.ratio(total("used_shown"), total("cost_shown"));
  }

  /** Names the teams that bear most of what went unused; null if nothing did. */
  public @Nullable String bearers() {
    Map<String, BigDecimal> unused = new TreeMap<>();
    lines("user").stream()
        .filter(row -> row.textOrNull("user_id") != null)
        .filter(row -> row.decimal("unused_shown").signum() > 0)
        .forEach(
            row -> unused.merge(row.text("user_id"), row.decimal("unused_shown"), BigDecimal::add));
    return unused.isEmpty()
        ? null
        : words.say(
            "What went unused is borne by: {0}.",
            unused.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(BEARERS_MAX)
                .map(team -> team(team.getKey()) + " " + figures.money(team.getValue()))
                .collect(Collectors.joining(", ")));
  }

  /** Says what negotiated prices alone would have saved; null if they are the list prices. */
  public @Nullable String negotiated() {
    BigDecimal discount = total("list_shown").subtract(total("contracted_shown"));
    return discount.signum() == 0
        ? null
        : words.say("Negotiated prices alone would have saved {0} of it.", figures.money(discount));
  }

  /** Returns the name of the commitment of a line. */
  public String name(PrintedRow row) {
    return row.number("members") > 1
        ? words.say("Everything else ({0})", row.number("members"))
        : plain(Objects.requireNonNullElse(row.textOrNull("commitment_name"), id(row)));
  }

  /** Returns the name of a team; its id if the statement has no name for it. */
  public String team(String id) {
    return plain(
        teams.stream()
            .filter(team -> id.equals(team.textOrNull("name")))
            .map(team -> team.textOrNull("team_name"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(id));
  }

  /** Returns the last part of the id of a commitment; empty if the line is not one commitment. */
  public String id(PrintedRow row) {
    String id = row.textOrNull("commitment_id");
    return id == null
        ? ""
        : plain(id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1));
  }

  private static String plain(String name) {
    return SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }

  /** Returns the width of the bar of a commitment. */
  public int barWidth() {
    return BAR_WIDTH;
  }

  /** Returns the length of the used part in the bar of a commitment; null if it cost nothing. */
  public @Nullable Integer used(PrintedRow row) {
    BigDecimal ratio = row.decimalOrNull("utilisation_ratio");
    return ratio == null
        ? null
        : ratio
            .max(BigDecimal.ZERO)
            .min(BigDecimal.ONE)
            .multiply(BigDecimal.valueOf(BAR_WIDTH))
            .setScale(0, RoundingMode.HALF_UP)
            .intValue();
  }
}
