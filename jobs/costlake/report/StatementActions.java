package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the actions of a statement into words. {@code reporting.statement_actions} finds them. */
final class StatementActions {
  private static final int ACTIONS_MAX = 5;
  private static final int NAME_MAX = 40;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  StatementActions(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * A proposed action.
   *
   * @param owner who can do it
   * @param money what it would have saved in the month
   * @param line row that has this amount and is explained
   */
  record Action(String text, String owner, BigDecimal money, PrintedRow line) {}

  /** Returns at most five actions, the largest saving first. */
  public List<Action> proposed() {
    return statement.rows("actions").stream().limit(ACTIONS_MAX).map(this::action).toList();
  }

  private Action action(PrintedRow row) {
    String owner = row.textOrNull("owner_name");
    return new Action(
        text(row),
        shown(owner == null ? row.text("owner_id") : owner),
        row.decimal("saved_shown"),
        row);
  }

  private String text(PrintedRow row) {
    String name = shown(row.textOrNull("item_name"));
    return switch (row.text("action")) {
      case "lost_training" ->
          words.say(
              "Resume training from checkpoints: {0} of its cost was lost, the most by {1}.",
              saved(row), name);
      case "notebook_off_hours" ->
          words.say(
              "Stop {0} outside working hours: it ran for at least {1} hours then.",
              name, hours(row));
      case "spare_accelerators" ->
          words.say(
              "Give back accelerators of {0}: it held {1} hours of {2} more than its busiest hour"
                  + " needed.",
              name, hours(row), shown(row.textOrNull("compared_with")));
      case "dear_endpoint" ->
          words.say(
              "Serve {0} with {1}: a million tokens cost {2}, there {3}.",
              endpoint(row), shown(row.textOrNull("compared_with")), before(row), after(row));
      case "idle_nodes" -> nodes(row, name);
      case "unused_commitment" -> commitment(row, name);
      case "price_of_commitment" ->
          words.say(
              "Cover {0} by a commitment: an hour costs {1} on demand, {2} under {3}.",
              name, before(row), after(row), shown(row.textOrNull("compared_with")));
      default -> name;
    };
  }

  private String endpoint(PrintedRow row) {
    String id = row.textOrNull("item_name");
    return shown(
        statement.rows("endpoints").stream()
            .filter(endpoint -> Objects.equals(id, endpoint.textOrNull("endpoint_id")))
            .map(ServingFindings::nameOf)
            .findFirst()
            .orElse(id));
  }

  private String nodes(PrintedRow row, String name) {
    return row.number("members") == 1
        ? words.say(
            "Switch off {0} or give it work: it had free capacity on {1} days.",
            name, figures.count(row.decimalOrNull("quantity")))
        : words.say(
            "Switch off nodes or give them work: {0} had free capacity, {1} the most.",
            row.number("members"), name);
  }

  private String commitment(PrintedRow row, String name) {
    BigDecimal previous = row.decimalOrNull("previous_shown");
    String sentence =
        words.say(
            "Use more of {0}, or buy less at renewal: {1} of it was unused on every day.",
            name, saved(row));
    return previous == null
        ? sentence
        : sentence
            + " "
            + words.say(
                "In {0}, that part cost {1}.",
                figures.month(statement.head().month().minusMonths(1)), figures.money(previous));
  }

  private String saved(PrintedRow row) {
    return figures.percent(row.decimalOrNull("saved_ratio"));
  }

  private String hours(PrintedRow row) {
    return figures.units(row.decimalOrNull("quantity"));
  }

  private String before(PrintedRow row) {
    return figures.money(row.decimalOrNull("unit_cost"));
  }

  private String after(PrintedRow row) {
    return figures.money(row.decimalOrNull("unit_cost_after"));
  }

  private static String shown(@Nullable String name) {
    return name == null ? FigureFormat.UNKNOWN : SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }
}
