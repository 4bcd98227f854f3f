package costlake.cli;

import static org.apache.spark.sql.functions.expr;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.deliver.BudgetMail;
import costlake.deliver.MailDecision;
import costlake.deliver.Threshold;
import costlake.lake.Lake;
import costlake.lake.TableName;
import costlake.outbox.MessageChange;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake budgets}: prints where budgets stand, the most urgent first. */
@Command(
    name = "budgets",
    description = {
      "Show what is left of each budget, the most urgent first.",
      "breach_at_burn is the day on which the amount is reached if each day costs what the last"
          + " seven billed days cost. forecast is an estimate of the whole period; four of five periods"
          + " end between forecast_low and forecast_high."
    },
    footer = {"", "Example: costlake budgets --conf demo/conf --gate"})
final class BudgetsCommand implements Runnable {
  private static final TableName STATUS = TableName.parse("governance.budget_status");

  private static final String NONE =
      "No budget is set. Write one in budgets.yml; docs/budgets.md says how.";

  private static final String NONE_THEN =
      "No budget is in force then. Amounts begin with the day of their version.";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;
  @Mixin AtOption at;

  @Option(names = "--gate", description = "Exit with 2 if a budget is over its amount.")
  boolean gate;

  @Option(
      names = "--send",
      description =
          "Record the thresholds that budgets reached, and mail each to the owner of its budget, once"
              + " in a period.")
  boolean send;

  @Option(
      names = "--resolve",
      arity = "2",
      paramLabel = "ID sent|not-sent",
      hideParamSyntax = true,
      description = "Record the outcome of a mail in doubt: its id, then sent or not-sent.")
  @Nullable List<String> resolve;

  @Override
  public void run() {
    Config config = common.config();
    if (config.budgets().isEmpty() && !Lake.exists(config.lake())) {
      common.console().say(NONE);
      return;
    }
    try (LakeSession session = LakeSession.ofLake(config)) {
      if (resolve != null) {
        common.out().println(line(resolved(session.lake(), resolve)));
      } else if (send) {
        report(BudgetMail.send(config, session.lake(), common.console().progress()));
      } else {
        show(session.lake());
      }
    }
  }

  private static MessageChange<Threshold> resolved(Lake lake, List<String> outcome) {
    MailDecision decision = SendCommand.decision(outcome.get(1));
    return BudgetMail.resolve(lake, outcome.get(0), decision, CommonOptions.actor(), null);
  }

  private void report(List<MessageChange<Threshold>> thresholds) {
    thresholds.forEach(threshold -> common.out().println(line(threshold)));
    if (thresholds.isEmpty()) {
      common.console().say("No budget reached a threshold.");
    }
    List<String> doubtful =
        thresholds.stream()
            .filter(threshold -> SendCommand.NEEDS_PERSON.contains(threshold.state()))
            .map(MessageChange::id)
            .toList();
    if (!doubtful.isEmpty()) {
      throw Failure.operator(
          """
          It is unknown whether the mail about %s arrived, or the server refused it. Find out, then
          run 'costlake budgets --resolve ID sent' or 'costlake budgets --resolve ID not-sent'
          """,
          String.join(", ", doubtful));
    }
  }

  private static String line(MessageChange<Threshold> threshold) {
    return "%s  %s  %s%s"
        .formatted(
            threshold.id(),
            threshold.state().waits() ? "waits" : SendCommand.word(threshold.state()),
            threshold.message().teamId(),
            threshold.detail() == null ? "" : "  " + threshold.detail());
  }

  /** Prints the budgets of a lake. */
  void show(Lake lake) {
    Dataset<Row> status = lake.read(STATUS).where(at.condition());
    List<Row> rows = lines(status).collectAsList();
    new ResultPrinter(common.data())
        .print(format.chosen, List.of(lines(status).columns()), rows.iterator());
    if (rows.isEmpty()) {
      common.console().say(lake.read(STATUS).isEmpty() ? NONE : NONE_THEN);
    }
    String unknown = names(status.where("actual is null"));
    if (!unknown.isEmpty()) {
      common
          .console()
          .say("Unknown, because no bill has the currency or nothing was measured: " + unknown);
    }
    if (gate) {
      refuse(status);
    }
  }

  private static Dataset<Row> lines(Dataset<Row> status) {
    return status
        .orderBy(
            expr("actual > amount").desc_nulls_last(),
            status.col("breach_at_burn").asc_nulls_last(),
            status.col("share_used").desc_nulls_last(),
            status.col("budget_id").asc())
        .selectExpr(
            "budget_id as budget",
            "period_start",
            "period_end",
            "coalesce(billing_currency, measure) as unit",
            "amount",
            "round(actual, 2) as actual",
            "round(share_used * 100, 1) as percent",
            "round(remaining, 2) as remaining",
            "round(burn_7_days, 2) as burn_per_day",
            "breach_at_burn",
            "forecast",
            "forecast_low",
            "forecast_high",
            "nullif(array_join(transform(filter(thresholds, t -> t.reached_on is not null),"
                + " t -> concat("
                + Threshold.percent("t")
                + ", if(t.threshold_basis = 'forecast', '% forecast ', '% '), t.reached_on)), ', '), '') as reached");
  }

  private static void refuse(Dataset<Row> status) {
    String over = names(status.where("actual > amount"));
    if (!over.isEmpty()) {
      throw Failure.operator("Over budget: %s", over);
    }
  }

  private static String names(Dataset<Row> budgets) {
    return budgets.orderBy("budget_id").collectAsList().stream()
        .map(row -> row.<String>getAs("budget_id") + " (" + row.getAs("budget_name") + ")")
        .collect(Collectors.joining(", "));
  }
}
