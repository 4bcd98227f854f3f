package costlake.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Progress;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.model.Layer;
import costlake.night.NightReport;
import costlake.night.NightRun;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake night} and prints its warnings and result. */
@Command(
    name = "night",
    description = {
      "Land, build, audit and publish what is new.",
      "When an audit fails, the published tables stay as they are."
    },
    footer = {"", "Example: costlake night --conf demo/conf --period 2026-09"})
final class NightCommand implements Runnable, Stoppable {
  static final String JSON_HELP =
      "Print the result as one line of JSON: publication (null if none), tables, changes, message.";

  @Mixin CommonOptions common;
  @Mixin MonthsOption periods;

  @Option(
      names = "--remove-source",
      paramLabel = "ID",
      split = ",",
      description =
          "Remove from the lake everything that this source delivered. Delete the source from "
              + "sources.yml first.")
  Set<String> removing = new TreeSet<>();

  @ArgGroup ExtentOptions extent = new ExtentOptions();

  @Option(names = "--json", description = JSON_HELP)
  boolean json;

  /** Options that say how far the night goes; only one of them can be given. */
  static final class ExtentOptions {
    @Option(
        names = "--plan",
        description =
            "Say which money new deliveries and changed rules would move, by month and team, and "
                + "why. Publishes nothing and runs no audits.")
    boolean plan;

    @Option(
        names = "--until",
        paramLabel = "LAYER",
        description =
            "Stop after this layer: focus (with telemetry), allocation or economics. The tables of "
                + "later layers stay as they are; the next night without this option builds them."
                + " Until then, no statement can be printed and no month closed.")
    Layer until = Layer.REPORTING;
  }

  @Override
  public String whatStands() {
    return PUBLISHING;
  }

  @Override
  public void run() {
    if (extent.plan) {
      Nights.plan(common, periods.months(), removing, json);
    } else {
      Nights.run(common, "night", periods.months(), removing, extent.until, json);
    }
  }

  /** Runs a night and prints its outcome. */
  static final class Nights {
    private Nights() {}

    static void run(CommonOptions common, String verb, Set<BillingPeriod> periods, boolean json) {
      run(common, verb, periods, Set.of(), Layer.REPORTING, json);
    }

    static void run(
        CommonOptions common,
        String verb,
        Set<BillingPeriod> periods,
        Set<String> removing,
        Layer until,
        boolean json) {
      print(
          common,
          json,
          (session, progress) -> {
            Config config = common.config();
            NightReport report =
                NightRun.run(session.spark(), config, verb, periods, removing, until, progress);
            if (config.approvals().decisionFile() != null && until == Layer.REPORTING) {
              ApprovalSession.in(session, config).approvals().publish();
            }
            return report;
          });
    }

    static void plan(
        CommonOptions common, Set<BillingPeriod> periods, Set<String> removing, boolean json) {
      print(
          common,
          json,
          (session, progress) ->
              NightRun.plan(session.spark(), common.config(), periods, removing, progress));
    }

    private static void print(
        CommonOptions common, boolean json, BiFunction<LakeSession, Progress, NightReport> run) {
      Console console = common.console();
      try (LakeSession session = LakeSession.open(common.config())) {
        NightReport report = run.apply(session, console.progress());
        report.outcomes().stream()
            .filter(o -> o.status() == Outcome.Status.WARNED)
            .forEach(o -> console.say("Warning: " + o.subject() + ": " + o.detail()));
        if (json) {
          common.out().println(json(report));
        } else {
          common.out().println(report.message());
          MoneyChangeLines.of(report.changes()).forEach(common.out()::println);
        }
      }
    }

    private static ObjectNode json(NightReport report) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("publication", report.publication().map(Publication::sequence).orElse(null));
      report
          .publication()
          .ifPresent(
              published ->
                  published.targets().keySet().stream()
                      .sorted()
                      .forEach(line.withArray("tables")::add));
      report.changes().stream().map(MoneyChangeLines::json).forEach(line.withArray("changes")::add);
      return line.put("message", report.message());
    }
  }
}
