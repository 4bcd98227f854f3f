package costlake.deliver;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the actions that the mail proposes to the team, the largest amounts first. */
final class Actions {
  private static final int MOST = 3;
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
    statement.workloads().stream()
        .filter(w -> w.cost() != null && w.cost().signum() > 0)
        .max(Comparator.comparing(Statement.Workload::cost))
        .ifPresent(
            w ->
                actions.add(
                    new Action(
                        Objects.requireNonNull(w.cost()),
                        words.say(
                            "action.workload",
                            name(w.workload()),
                            name(w.model()),
                            figures.units(w.idleHours()),
                            whole(w.cost())))));
  }

  private void node(List<Action> actions) {
    BigDecimal idle = statement.cost("idle");
    if (idle != null && idle.signum() > 0) {
      String share = figures.percent(FigureFormat.ratio(idle, statement.head().total()));
      actions.add(new Action(idle, words.say("action.node", whole(idle), share)));
    }
  }

  private void unnamed(List<Action> actions) {
    statement.lines("project").stream()
        .filter(l -> l.unnamed() && l.cost().signum() > 0)
        .findFirst()
        .ifPresent(
            l -> actions.add(new Action(l.cost(), words.say("action.unnamed", whole(l.cost())))));
  }

  private void rise(List<Action> actions) {
    statement.lines("project").stream()
        .filter(l -> l.name() != null && l.previous() != null && l.previous().signum() > 0)
        .filter(l -> isLarge(FigureFormat.ratio(l.rise(), l.previous())))
        .max(Comparator.comparing(Statement.Line::rise))
        .ifPresent(
            l ->
                actions.add(
                    new Action(
                        l.rise(),
                        words.say(
                            "action.rise", name(l.name()), whole(l.rise()), whole(l.cost())))));
  }

  private void value(List<String> texts) {
    long all = statement.values().stream().map(Statement.Value::model).distinct().count();
    long reporting =
        statement.values().stream()
            .filter(v -> v.benefit() != null)
            .map(Statement.Value::model)
            .distinct()
            .count();
    if (reporting < all) {
      texts.add(words.say("action.value", Long.toString(all - reporting), Long.toString(all)));
    }
  }

  private String whole(@Nullable BigDecimal money) {
    return statement.head().currency() + "\u00a0" + figures.whole(money);
  }

  private static boolean isLarge(@Nullable BigDecimal rise) {
    return rise != null && rise.compareTo(RISE_MIN) > 0;
  }

  private static String name(@Nullable String raw) {
    return raw == null ? FigureFormat.UNKNOWN : SafeNames.shorten(SafeNames.plain(raw), 60);
  }
}
