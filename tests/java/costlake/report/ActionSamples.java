package costlake.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Actions written by hand: one of each kind. */
final class ActionSamples {
  private ActionSamples() {}

  /** Returns one action of each kind, the largest saving first. */
  static PrintedRow[] all(Statement.Head head) {
    return new PrintedRow[] {
      price(head),
      training(head),
      nodes(head, 1),
      commitment(head),
      endpoint(head),
      notebook(head),
      devices(head)
    };
  }

  static PrintedRow price(Statement.Head head) {
    return row(
        head,
        1,
        "price_of_commitment",
        "p5.48xlarge",
        "9200.55",
        "compared_with",
        "3 year Compute Savings Plan",
        "owner_id",
        "platform",
        "owner_name",
        "Platform Engineering",
        "quantity",
        decimal("514.8"),
        "unit_cost",
        decimal("49.335"),
        "unit_cost_after",
        decimal("31.464"));
  }

  static PrintedRow training(Statement.Head head) {
    return row(
        head,
        2,
        "lost_training",
        "ranker-w38",
        "2679.94",
        "members",
        5,
        "saved_ratio",
        decimal("0.2427265"));
  }

  static PrintedRow nodes(Statement.Head head, int members) {
    return row(
        head,
        3,
        "idle_nodes",
        "p5.48xlarge i-0abc",
        "2235.06",
        "members",
        members,
        "quantity",
        decimal("2"));
  }

  static PrintedRow commitment(Statement.Head head) {
    return row(
        head,
        4,
        "unused_commitment",
        "3 year Compute Savings Plan",
        "1349.91",
        "saved_ratio",
        decimal("0.05208"),
        "previous_shown",
        decimal("1394.91"));
  }

  static PrintedRow endpoint(Statement.Head head) {
    return row(
        head,
        5,
        "dear_endpoint",
        "dialogue-api",
        "637.34",
        "compared_with",
        "gpt-4o",
        "unit_cost",
        decimal("4.8841"),
        "unit_cost_after",
        decimal("2.4460"));
  }

  static PrintedRow notebook(Statement.Head head) {
    return row(head, 6, "notebook_off_hours", "rank-lab", "520.10", "quantity", decimal("522"));
  }

  static PrintedRow devices(Statement.Head head) {
    return row(
        head,
        7,
        "spare_accelerators",
        "ns/batch",
        "95.00",
        "quantity",
        decimal("412.5"),
        "compared_with",
        "L4");
  }

  private static PrintedRow row(
      Statement.Head head, int position, String action, String name, String saved, Object... more) {
    List<Object> pairs =
        new ArrayList<>(
            Arrays.asList(
                "position",
                position,
                "line_id",
                head.number() + "/do-0" + position,
                "action",
                action,
                "owner_id",
                "search",
                "members",
                1,
                "item_name",
                name,
                "saved_shown",
                decimal(saved)));
    PrintedRow row = Rows.row("actions", pairs.toArray());
    return more.length == 0 ? row : EventSamples.with(row, more);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
