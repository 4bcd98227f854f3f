package costlake.cli;

import static org.apache.spark.sql.functions.expr;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake quotas}: prints where quotas stand, the most urgent first. */
@Command(
    name = "quotas",
    description = {
      "Show what is left of each quota, the most urgent first.",
      "used is the most accelerators held at one time, as the mean of the hour most_at; or the"
          + " accelerator-hours or the effective cost of the period."
    },
    footer = {"", "Example: costlake quotas --conf demo/conf --gate"})
final class QuotasCommand implements Runnable {
  static final TableName STATUS = TableName.parse("governance.quota_status");

  static final String NONE = "No quota is set. Write one in quotas.yml; docs/quotas.md says how.";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;
  @Mixin AtOption at;

  @Option(names = "--gate", description = "Exit with 2 if more was used than a quota allows.")
  boolean gate;

  @Override
  public void run() {
    Config config = common.config();
    if (config.quotas().isEmpty()) {
      common.console().say(NONE);
      return;
    }
    try (LakeSession session = LakeSession.ofLake(config)) {
      show(session.lake());
    }
  }

  /** Prints the quotas of a lake. */
  void show(Lake lake) {
    Dataset<Row> status = lake.read(STATUS).where(at.condition());
    Dataset<Row> lines = lines(status);
    List<Row> rows = lines.collectAsList();
    new ResultPrinter(common.data())
        .print(format.chosen, List.of(lines.columns()), rows.iterator());
    if (rows.isEmpty()) {
      common.console().say("No quota is in force then, or nothing is measured yet.");
    }
    String unknown = names(status.where("used is null"));
    if (!unknown.isEmpty()) {
      common
          .console()
          .say("Unknown, because no bill has the currency or nothing was measured: " + unknown);
    }
    String over = names(status.where("is_over"));
    if (gate && !over.isEmpty()) {
      throw Failure.operator("Over quota: %s", over);
    }
  }

  private static Dataset<Row> lines(Dataset<Row> status) {
    return status
        .orderBy(
            expr("is_over").desc_nulls_last(),
            expr("share_used").desc_nulls_last(),
            expr("quota_id").asc(),
            expr("period_start").asc())
        .selectExpr(
            "quota_id as quota",
            "team_id as team",
            "accelerator_model",
            "period_start",
            "period_end",
            "coalesce(currency, measure) as unit",
            "limit_amount as limit",
            "round(used, 2) as used",
            "round(share_used * 100, 1) as percent",
            "round(remaining, 2) as remaining",
            "most_at",
            "is_over as over",
            "measured_until");
  }

  private static String names(Dataset<Row> quotas) {
    return quotas.select("quota_id").distinct().orderBy("quota_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.joining(", "));
  }
}
