package costlake.deliver;

import costlake.report.FigureFormat;
import costlake.report.PrintedRow;
import costlake.report.SafeNames;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the actions that the mail proposes to the team, the largest amounts first. */
final class Actions {
  private static final int MOST = 3;
  private static final BigDecimal IDLE_MIN = new BigDecimal("0.5");
  private static final BigDecimal RISE_MIN = new BigDecimal("0.1");

  /** A proposed action and the amount of money that it is about. */
  private record Action(BigDecimal money, String text) {}

  private final Statement statement;
  private final FigureFormat figures;
  private final MailTexts words;

  Actions(Statement statement, FigureFormat figures, MailTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * Returns at most three sentences. The sentence about missing reports of value is the last,
   * because it has no amount of money.
   */
  List<String> texts() {
    List<Action> actions = new ArrayList<>();
    workload(actions);
    node(actions);
    unnamed(actions);
    rise(actions);
    actions.sort(Comparator.comparing(Action::money).reversed());
    List<String> texts = new ArrayList<>(actions.stream().map(Action::text).toList());
    value(texts);
    return texts.stream().limit(MOST).toList();
  }

  private void workload(List<Action> actions) {
    statement.rows("workloads").stream()
        .filter(workload -> workload.textOrNull("workload_id") != null)
        .filter(workload -> isPositive(workload.decimalOrNull("idle_cost_shown")))
        .filter(Actions::isMostlyIdle)
        .max(Comparator.comparing(workload -> workload.decimal("idle_cost_shown")))
        .ifPresent(workload -> actions.add(unused(workload)));
  }

  /** Whether it can give back what it holds: not if it used it most of the time. */
  private static boolean isMostlyIdle(PrintedRow workload) {
    BigDecimal ratio =
        FigureFormat.ratio(
            workload.decimalOrNull("idle_hours"), workload.decimalOrNull("held_hours"));
    return ratio == null || ratio.compareTo(IDLE_MIN) >= 0;
  }

  private Action unused(PrintedRow workload) {
    BigDecimal cost = workload.decimal("idle_cost_shown");
    return new Action(
        cost,
        words.say(
            "action.workload",
            name(workload.textOrNull("workload_id")),
            name(workload.textOrNull("accelerator_model")),
            figures.units(workload.decimalOrNull("idle_hours")),
            whole(cost)));
  }

  /** Proposes to use nodes better, to the owner of the nodes only. */
  private void node(List<Action> actions) {
    add(actions, "action.node", statement.measured("own_idle_nodes"));
  }

  /** Proposes to tag what can carry a tag: not tax, pools and commitments. */
  private void unnamed(List<Action> actions) {
    add(actions, "action.unnamed", statement.measured("resources_without_project"));
  }

  private void add(List<Action> actions, String text, @Nullable BigDecimal cost) {
    if (cost != null && cost.signum() > 0) {
      String share = figures.percent(FigureFormat.ratio(cost, statement.head().total()));
      actions.add(new Action(cost, words.say(text, whole(cost), share)));
    }
  }

  private void rise(List<Action> actions) {
    statement.lines("project").stream()
        .filter(line -> line.textOrNull("name") != null)
        .filter(line -> isPositive(line.decimalOrNull("previous_shown")))
        .filter(Actions::isLarge)
        .max(Comparator.comparing(Statement::rise))
        .ifPresent(line -> actions.add(risen(line)));
  }

  private Action risen(PrintedRow line) {
    BigDecimal rise = Statement.rise(line);
    String cost = whole(line.decimal("cost_shown"));
    String name = name(line.textOrNull("name"));
    return new Action(rise, words.say("action.rise", name, whole(rise), cost));
  }

  private void value(List<String> texts) {
    List<PrintedRow> values = statement.rows("value");
    long all = models(values.stream());
    long reporting = models(values.stream().filter(v -> v.decimalOrNull("benefit_shown") != null));
    if (reporting < all) {
      texts.add(words.say("action.value", Long.toString(all - reporting), Long.toString(all)));
    }
  }

  private static long models(Stream<PrintedRow> values) {
    return values
        .map(value -> Optional.ofNullable(value.textOrNull("model_id")))
        .distinct()
        .count();
  }

  private String whole(@Nullable BigDecimal money) {
    return statement.head().currency() + "\u00a0" + figures.whole(money);
  }

  private static boolean isPositive(@Nullable BigDecimal cost) {
    return cost != null && cost.signum() > 0;
  }

  private static boolean isLarge(PrintedRow line) {
    BigDecimal ratio =
        FigureFormat.ratio(Statement.rise(line), line.decimalOrNull("previous_shown"));
    return ratio != null && ratio.compareTo(RISE_MIN) > 0;
  }

  private static String name(@Nullable String raw) {
    return raw == null ? FigureFormat.UNKNOWN : SafeNames.shorten(SafeNames.plain(raw), 60);
  }
}
