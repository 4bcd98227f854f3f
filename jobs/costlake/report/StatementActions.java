package costlake.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what to do about the largest amounts of a statement. The owner of an action is the
 * receiver, or the team that a line names; explain leads from the line to the teams below a group.
 */
final class StatementActions {
  private static final int ACTIONS_MAX = 3;
  private static final int NAME_MAX = 40;
  private static final BigDecimal IDLE_MIN = new BigDecimal("0.5");
  private static final BigDecimal RISE_MIN = new BigDecimal("0.1");

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;
  private final EventTexts events;
  private final TeamTable teams;

  StatementActions(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
    this.events = new EventTexts(statement, figures, words);
    this.teams = new TeamTable(statement, figures, words);
  }

  /**
   * A proposed action.
   *
   * @param owner who can do it
   * @param money amount that it is about
   * @param line printed line that has this amount
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

  private boolean hasTeams() {
    return statement.head().receiver().isSumOfTeams();
  }

  private String self() {
    return shown(words.receiver(statement.head().receiver()));
  }

  private Stream<Action> happened() {
    return statement.rows("events").stream().map(this::happened).flatMap(Optional::stream);
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
        .filter(StatementActions::isIdle)
        .max(Comparator.comparing(workload -> workload.decimal("idle_cost_shown")))
        .map(this::release)
        .stream();
  }

  /**
   * Whether it can give back what it holds: not if it used it most of the time, or if nobody knows.
   * The sum of all other workloads is nobody's.
   */
  private static boolean isIdle(PrintedRow workload) {
    BigDecimal ratio =
        FigureFormat.ratio(
            workload.decimalOrNull("idle_hours"), workload.decimalOrNull("held_hours"));
    return workload.textOrNull("workload_id") != null
        && workload.decimalOrNull("idle_cost_shown") != null
        && ratio != null
        && ratio.compareTo(IDLE_MIN) >= 0;
  }

  private Action release(PrintedRow workload) {
    String text =
        words.say(
            "Release accelerators of {0}, or request fewer: {1} hours held without use.",
            shown(workload.textOrNull("workload_id")),
            figures.units(workload.decimalOrNull("idle_hours")));
    return new Action(text, self(), workload.decimal("idle_cost_shown"), workload);
  }

  /**
   * Proposes to use nodes better, to the owner of the nodes only. Leaves out what the days without
   * work that events name cost in the month.
   */
  private Stream<Action> nodes() {
    return about(
        idleNodes(),
        words.say("Run fewer nodes, or fill them: nobody requested this capacity."),
        kind("idle"));
  }

  private @Nullable BigDecimal idleNodes() {
    BigDecimal idle = statement.measured("own_idle_nodes");
    return idle == null
        ? null
        : statement.rows("events").stream()
            .filter(event -> "without_work".equals(event.text("event")))
            .map(event -> event.decimalOrNull("cost"))
            .filter(Objects::nonNull)
            .reduce(idle, BigDecimal::subtract);
  }

  /** Proposes to tag what can carry a tag: not tax, pools and commitments. */
  private Stream<Action> nameless() {
    return about(
        statement.measured("resources_without_project"),
        words.say("Tag the resources that name no project."),
        withoutProject().or(() -> kind("direct")));
  }

  private Stream<Action> about(@Nullable BigDecimal money, String text, Optional<PrintedRow> line) {
    return money == null
        ? Stream.of()
        : line.map(row -> new Action(text, self(), money, row)).stream();
  }

  private Optional<PrintedRow> withoutProject() {
    return statement.named("project").stream().filter(Statement::isUnnamed).findFirst();
  }

  private Optional<PrintedRow> kind(String name) {
    return statement.lines("bridge").stream()
        .filter(line -> name.equals(line.textOrNull("name")))
        .findFirst();
  }

  /** Proposes to check the largest rise: of a project, or of a team in the statement of several. */
  private Stream<Action> risen() {
    return statement.named(hasTeams() ? "team" : "project").stream()
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
    String name = hasTeams() ? teams.name(line) : shown(line.textOrNull("name"));
    String rise =
        figures.change(
            line.decimal("cost_shown"), line.decimalOrNull("previous_shown"), words::from);
    return new Action(
        words.say("{0} rose ({1}): check that this was planned.", name, rise),
        hasTeams() ? name : self(),
        Statement.rise(line),
        line);
  }

  private static String shown(@Nullable String name) {
    return name == null ? FigureFormat.UNKNOWN : SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }
}
