package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The teams of a statement of several teams, and what each of them used its money for. */
public final class TeamTable {
  private static final int NAME_MAX = 30;
  private static final int STEPS = 5;

  /** Totals from this one on are printed without cents, so that a column is not too wide. */
  private static final BigDecimal WHOLE_FROM = BigDecimal.valueOf(100_000);

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  TeamTable(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Explains why changes of some lines are not shown; null if all lines compare. */
  public @Nullable String uncompared() {
    return statement.rows("lines").stream().allMatch(Statement::isComparable)
        ? null
        : words.say(
            "Telemetry began in {0}: the cost of cluster nodes moved from their owners to those who"
                + " use them. What it moved cost into or out of does not compare with the month"
                + " before.",
            figures.month(statement.head().month()));
  }

  /**
   * A line of the table: a team, or several teams.
   *
   * @param href address of the statement of the team on a site; null for several teams
   * @param previousPerDay cost of a day in the month before; null if there was none
   */
  public record TeamRow(
      PrintedRow line,
      String name,
      @Nullable String href,
      BigDecimal perDay,
      @Nullable BigDecimal previousPerDay,
      List<Cell> cells) {
    /** Returns the increase of the cost of a day; null without a month before. */
    public @Nullable BigDecimal rise() {
      return previousPerDay == null ? null : perDay.subtract(previousPerDay);
    }
  }

  /**
   * What a team used for one use.
   *
   * @param step shade from 1, light, to 5, dark; 0 for none
   */
  public record Cell(PrintedRow row, int step) {
    /** Whether the team used money for this. */
    public boolean isUsed() {
      return row.decimal("effective_cost").signum() != 0;
    }
  }

  /** A shade of the cells, and the largest amount that has it. */
  public record Shade(int step, String upTo) {}

  /** Returns the lines in the order in which they are printed. */
  public List<TeamRow> rows() {
    return statement.named("team").stream().map(this::row).toList();
  }

  private TeamRow row(PrintedRow line) {
    String id = line.textOrNull("name");
    BigDecimal previous = line.decimalOrNull("previous_shown");
    LocalDate month = statement.head().month();
    return new TeamRow(
        line,
        name(line),
        id == null ? null : "../" + SafeNames.folder(id) + "/index.html",
        Statement.Head.perDay(line.decimal("cost_shown"), statement.days()),
        previous == null
            ? null
            : Statement.Head.perDay(previous, month.minusMonths(1).lengthOfMonth()),
        cells(line));
  }

  /** Returns the name of a line: of the team if it has one, else its id. */
  String name(PrintedRow line) {
    if (line.number("members") > 1) {
      return words.say("Everything else ({0})", line.number("members"));
    }
    String id = line.textOrNull("name");
    return id == null
        ? words.say("(no team)")
        : Glyphs.fit(SafeNames.plain(configured(line).orElse(id)), NAME_MAX);
  }

  private Optional<String> configured(PrintedRow line) {
    return uses(line).stream()
        .map(use -> use.textOrNull("team_name"))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private List<PrintedRow> uses(PrintedRow line) {
    return statement.rows("team_uses").stream()
        .filter(use -> use.number("position") == line.number("position"))
        .toList();
  }

  private List<Cell> cells(PrintedRow line) {
    return uses(line).stream().map(use -> new Cell(use, step(shown(use)))).toList();
  }

  private static BigDecimal shown(PrintedRow use) {
    return use.decimal("cost_shown");
  }

  private BigDecimal largest() {
    return statement.rows("team_uses").stream()
        .map(TeamTable::shown)
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private int step(BigDecimal cost) {
    return cost.signum() <= 0
        ? 0
        : cost.multiply(BigDecimal.valueOf(STEPS))
            .divide(largest(), 0, RoundingMode.CEILING)
            .intValueExact();
  }

  /** Returns the shades from light to dark; none if no team paid anything. */
  public List<Shade> shades() {
    BigDecimal largest = largest();
    return largest.signum() == 0 ? List.of() : shades(largest);
  }

  private List<Shade> shades(BigDecimal largest) {
    return IntStream.rangeClosed(1, STEPS)
        .mapToObj(step -> new Shade(step, figures.whole(upTo(largest, step))))
        .toList();
  }

  private static BigDecimal upTo(BigDecimal largest, int step) {
    return largest
        .multiply(BigDecimal.valueOf(step))
        .divide(BigDecimal.valueOf(STEPS), 2, RoundingMode.HALF_UP);
  }

  /** Whether the cells are printed without cents. */
  public boolean isWhole() {
    return statement.head().total().abs().compareTo(WHOLE_FROM) >= 0;
  }

  /**
   * Returns the cost that no owner rule matched: for the company also if it is zero, else null
   * without such cost.
   */
  public @Nullable BigDecimal nobodys() {
    boolean always =
        "company".equals(statement.head().receiver().kind()) && !statement.lines("owner").isEmpty();
    return nobody().map(line -> line.decimal("cost_shown")).orElse(always ? BigDecimal.ZERO : null);
  }

  /** Returns the line of this cost; null if there is none. */
  public @Nullable PrintedRow nobodysLine() {
    return nobody().orElse(null);
  }

  private Optional<PrintedRow> nobody() {
    return statement.lines("owner").stream()
        .filter(line -> "last_resort".equals(line.textOrNull("name")))
        .findFirst();
  }

  /** Names the largest team, and the largest rise and fall of the cost of a day, in one line. */
  public String finding() {
    List<String> sentences = new ArrayList<>();
    TeamRow largest = rows().get(0);
    sentences.add(
        words.say(
            "{0} costs most: {1} of the total.",
            largest.name(), figures.percent(largest.line().decimalOrNull("share_ratio"))));
    Comparator<TeamRow> byRise = Comparator.comparing(row -> Objects.requireNonNull(row.rise()));
    compared().stream()
        .max(byRise)
        .filter(row -> sign(row) > 0)
        .ifPresent(row -> sentences.add(moved("The cost of a day rose most at {0}: {1}.", row)));
    compared().stream()
        .min(byRise)
        .filter(row -> sign(row) < 0)
        .ifPresent(row -> sentences.add(moved("The cost of a day fell most at {0}: {1}.", row)));
    return String.join(" ", sentences);
  }

  private List<TeamRow> compared() {
    return rows().stream().filter(row -> row.href() != null && row.rise() != null).toList();
  }

  private static int sign(TeamRow row) {
    return Objects.requireNonNull(row.rise()).signum();
  }

  private String moved(String sentence, TeamRow row) {
    return words.say(sentence, row.name(), figures.rise(row.rise()));
  }
}
