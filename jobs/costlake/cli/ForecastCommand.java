package costlake.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.TableName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake forecast}: what a scope will have cost, and how right forecasts were. */
@Command(
    name = "forecast",
    description = {
      "Show what this month and the next twelve will cost.",
      "Four of five forecasts come true between low and high. off_by is the mean error of such"
          + " forecasts so far (WAPE), too_high their mean error with its sign, inside how many of"
          + " them came true within their interval; all in percent."
    },
    footer = {"", "Example: costlake forecast --conf demo/conf --team search"})
final class ForecastCommand implements Runnable {
  private static final TableName FORECASTS = TableName.parse("governance.forecasts");
  private static final TableName RECORD = TableName.parse("governance.forecast_record");

  private static final List<String> LINES =
      List.of(
          "if(period_kind = 'year', 'next 12 months', date_format(period_start, 'yyyy-MM')) as period",
          "unit",
          "round(known, 2) as known",
          "expected",
          "low",
          "high",
          "method",
          "round(wape * 100, 1) as off_by",
          "round(bias * 100, 1) as too_high",
          "round(coverage * 100) as inside",
          "coalesce(forecasts, 0) as of_forecasts");

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @ArgGroup @Nullable Scope scope;

  /** What is forecast. */
  static final class Scope {
    @Option(names = "--team", paramLabel = "TEAM", description = "Forecast of a team.")
    @Nullable String team;

    @Option(names = "--project", paramLabel = "PROJECT", description = "Forecast of a project.")
    @Nullable String project;

    @Option(names = "--model", paramLabel = "MODEL", description = "Forecast of a model.")
    @Nullable String model;

    @Option(
        names = "--budget",
        paramLabel = "BUDGET",
        description = "Forecast of what a budget counts.")
    @Nullable String budget;

    private String kind() {
      return team != null
          ? "team"
          : project != null ? "project" : model != null ? "model" : "budget";
    }

    private String value() {
      return Stream.of(team, project, model, budget)
          .filter(Objects::nonNull)
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public void run() {
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      show(session.lake());
    }
  }

  /** Prints the forecast of the last night. */
  void show(Lake lake) {
    Dataset<Row> all = lake.read(FORECASTS);
    Dataset<Row> last = all.join(all.agg(max("as_of").as("as_of")), "as_of");
    Dataset<Row> its = last.where(isMeant());
    Row any = its.takeAsList(1).stream().findFirst().orElseThrow(() -> unknown(last));
    Dataset<Row> lines = lines(its, lake.read(RECORD).where(isMeant()));
    new ResultPrinter(common.data())
        .print(format.chosen, List.of(lines.columns()), lines.collectAsList().iterator());
    common
        .console()
        .say(
            "Estimates, from days up to %s; bills of later days may not be complete."
                .formatted(any.<Object>getAs("settled_until")));
    its.where("reason is not null").select("unit", "reason").distinct().collectAsList().stream()
        .map(row -> "No forecast in %s: %s.".formatted(row.getString(0), row.getString(1)))
        .sorted()
        .forEach(common.console()::say);
  }

  private static Dataset<Row> lines(Dataset<Row> forecasts, Dataset<Row> record) {
    return forecasts
        .where("period_kind <> 'days'")
        .join(
            record.drop("scope_kind", "scope_value"),
            scala.jdk.javaapi.CollectionConverters.asScala(List.of("unit", "period_kind", "ahead"))
                .toSeq(),
            "left")
        .orderBy("unit", "period_kind", "ahead")
        .selectExpr(LINES.toArray(String[]::new));
  }

  private Column isMeant() {
    return scope == null
        ? col("scope_kind").equalTo("company")
        : col("scope_kind")
            .equalTo(scope.kind())
            .and(col("scope_value").equalTo(lit(scope.value())));
  }

  private Failure unknown(Dataset<Row> last) {
    if (scope == null) {
      return Failure.operator("There is no forecast: no night had a bill with use");
    }
    String known =
        last
            .where(col("scope_kind").equalTo(scope.kind()))
            .select("scope_value")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .collect(Collectors.joining(", "));
    return Failure.operator(
        "There is no forecast of %s '%s': it has no cost. Known: %s",
        scope.kind(), scope.value(), known);
  }
}
