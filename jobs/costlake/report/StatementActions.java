package costlake.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Proposes what to do about the largest amounts of a statement. */
final class StatementActions {
  private static final int ACTIONS_MAX = 3;
  private static final int NAME_MAX = 40;
  private static final BigDecimal RISE_MIN = new BigDecimal("0.1");

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;
  private final EventTexts events;

  StatementActions(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
    this.events = new EventTexts(statement.head().month(), figures, words);
  }

  /**
   * A proposed action.
   *
   * @param owner who can do it
   * @param money amount that it is about
   * @param line printed line with this amount
   */
  record Action(String text, String owner, BigDecimal money, PrintedRow line) {}

  /** Returns at most three actions, the largest amount first. */
  public List<Action> proposed() {
    return Stream.of(happened(), workload(), nodes(), nameless(), risen())
        .flatMap(each -> each)
        .filter(action -> action.money().signum() > 0)
        .sorted(Comparator.comparing(Action::money).reversed())
        .limit(ACTIONS_MAX)
        .toList();
  }

  private boolean isTeam() {
    return !statement.head().receiver().isGroup();
  }

  private String self() {
    return shown(statement.head().receiver().title());
  }

  private Stream<Action> happened() {
    return isTeam()
        ? statement.rows("events").stream().map(this::happened).flatMap(Optional::stream)
        : Stream.of();
  }

  private Optional<Action> happened(PrintedRow event) {
    String name = events.name(event);
    String text =
        switch (event.text("event")) {
          case "without_work" -> words.say("Switch off {0} while it has no work.", name);
          case "unused_commitment" -> words.say("Use {0}, or reduce it at renewal.", name);
          case "hand_over" -> words.say("Agree who pays for {0} while nobody uses it.", name);
          default -> null;
        };
    return Optional.ofNullable(text)
        .map(t -> new Action(t, self(), EventTexts.change(event), event));
  }

  private Stream<Action> workload() {
    return statement.rows("workloads").stream()
        .filter(workload -> isTeam() && workload.decimalOrNull("idle_cost_shown") != null)
        .max(Comparator.comparing(workload -> workload.decimal("idle_cost_shown")))
        .map(this::release)
        .stream();
  }

  private Action release(PrintedRow workload) {
    String text =
        words.say(
            "Release accelerators of {0}, or request fewer: {1} hours held without use.",
            shown(workload.textOrNull("workload_id")),
            figures.units(workload.decimalOrNull("idle_hours")));
    return new Action(text, self(), workload.decimal("idle_cost_shown"), workload);
  }

  /** Advice about nodes is only for a team that has some. */
  private Stream<Action> nodes() {
    return statement.lines("bridge").stream()
        .filter(line -> isTeam() && ownsNodes() && "idle".equals(line.textOrNull("name")))
        .map(
            line ->
                new Action(
                    words.say("Run fewer nodes, or fill them: nobody requested this capacity."),
                    self(),
                    line.decimal("cost_shown"),
                    line));
  }

  private boolean ownsNodes() {
    return statement.rows("accelerators").stream()
        .map(row -> row.decimalOrNull("node_idle_hours"))
        .anyMatch(hours -> hours != null && hours.signum() > 0);
  }

  private Stream<Action> nameless() {
    return statement.named("project").stream()
        .filter(line -> isTeam() && Statement.isUnnamed(line))
        .map(
            line ->
                new Action(
                    words.say("Tag the charges that name no project."),
                    self(),
                    line.decimal("cost_shown"),
                    line));
  }

  /** Proposes to check the largest rise: of a project, or of a team in the statement of several. */
  private Stream<Action> risen() {
    return statement.named(isTeam() ? "project" : "team").stream()
        .filter(line -> line.textOrNull("name") != null && isLarge(line))
        .max(Comparator.comparing(Statement::rise))
        .map(this::check)
        .stream();
  }

  private static boolean isLarge(PrintedRow line) {
    BigDecimal before = line.decimalOrNull("previous_shown");
    BigDecimal ratio = FigureFormat.ratioOfChange(line.decimal("cost_shown"), before);
    return ratio != null && ratio.compareTo(RISE_MIN) > 0;
  }

  private Action check(PrintedRow line) {
    String name = shown(line.textOrNull("name"));
    String rise = figures.change(line.decimal("cost_shown"), line.decimalOrNull("previous_shown"));
    return new Action(
        words.say("{0} rose ({1}): check that this was planned.", name, rise),
        isTeam() ? self() : name,
        Statement.rise(line),
        line);
  }

  private static String shown(@Nullable String name) {
    return name == null ? FigureFormat.UNKNOWN : SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }
}
