package costlake.cli;

import static org.apache.spark.sql.functions.col;

import costlake.close.CloseJournal;
import costlake.close.Gate;
import costlake.close.MonthChange;
import costlake.close.MonthClose;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.explain.Explain;
import costlake.explain.LineAudit;
import costlake.explain.LineAudit.Difference;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake close}: previews, closes or re-opens a month. */
@Command(
    name = "close",
    description = {
      "Close a month and number its statements, or re-open it.",
      "It checks the conditions under 'close' in the configuration, then freezes the tables that"
          + " the statements print."
    },
    footer = {
      "",
      "Example: costlake close --conf demo/conf --period 2026-09 --preview",
      "         costlake close --conf demo/conf --period 2026-09 --reopen --reason 'wrong pool"
          + " shares'"
    })
final class CloseCommand implements Runnable, Stoppable {
  private static final int MOST_LINES = 3;

  @Mixin CommonOptions common;
  @Mixin MonthOption period;

  @Option(
      names = "--preview",
      description =
          "List the gates with their figures and change nothing; exit code 3 when one fails.")
  boolean preview;

  @Option(
      names = "--if-open",
      description = "Do nothing when the month is closed, so that the command may be run again.")
  boolean ifOpen;

  @Option(
      names = "--reopen",
      description = "Re-open the month; its statements stay valid, and new ones get new numbers.")
  boolean reopen;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is re-opened.")
  @Nullable String reason;

  @Override
  public String whatStands() {
    return "The month is closed with all its statements, or open as it was. Run the same command again"
        + " with --if-open.";
  }

  @Override
  public void run() {
    if (reopen == (reason == null) || (reopen && preview)) {
      throw Failure.operator(
          """
          Cannot combine these options: --reopen and --reason TEXT belong together, and neither can
          be combined with --preview
          """);
    }
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      run(config, session);
    }
  }

  void run(Config config, LakeSession session) {
    BillingPeriod month = period.month();
    List<String> settings = common.settings().lines();
    if (ifOpen && CloseJournal.of(session.lake().decided()).inForce().containsKey(month)) {
      common.out().println(month + " is closed.");
      return;
    }
    MonthClose close =
        MonthClose.of(config, session.lake(), month, Instant.now())
            .ofInputs(session.inputs())
            .requiring(() -> lines(session, month));
    Optional<String> excluded = close.excludedMonths();
    if (reason != null) {
      reopened(close.reopen(reason, settings, CommonOptions.actor()).content());
    } else if (preview) {
      excluded.ifPresent(this::note);
      gates(month, close.preview());
    } else {
      closed(close.close(settings, CommonOptions.actor()).content());
      excluded.ifPresent(this::note);
    }
  }

  /** Checks that each printed line is the sum of the rows that explain it. */
  private static Gate lines(LakeSession session, BillingPeriod month) {
    session.withTables(Explain.reads()).preparedFor(month);
    List<String> wrong =
        LineAudit.differences(
                session.spark(), col("billing_month").equalTo(Date.valueOf(month.firstDay())))
            .stream()
            .map(Difference::shown)
            .distinct()
            .toList();
    return new Gate(
        "lines",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? "each printed line is the sum of what explains it"
            : "%d not the sum of what explains it: %s"
                .formatted(wrong.size(), String.join("; ", shown(wrong))));
  }

  private static List<String> shown(List<String> wrong) {
    return wrong.subList(0, Math.min(MOST_LINES, wrong.size()));
  }

  private void note(String text) {
    common.out().printf("Note: %s%n", text);
  }

  private void gates(BillingPeriod month, List<Gate> gates) {
    gates.forEach(
        gate ->
            common
                .out()
                .printf(
                    "%s  %-10s  %s%n",
                    gate.passed() ? "pass" : "FAIL", gate.name(), gate.figures()));
    long failed = gates.stream().filter(gate -> !gate.passed()).count();
    if (failed > 0) {
      throw Failure.data(
          "%d of %d gates fail; closing %s would be refused", failed, gates.size(), month);
    }
    common
        .out()
        .println("All gates pass. Close " + month + " with: costlake close --period " + month);
  }

  private void reopened(MonthChange reopened) {
    common
        .out()
        .printf(
            "Re-opened %s; its statements of close %d stay valid. Run 'costlake night' before"
                + " you close it again.%n",
            reopened.period(), reopened.closeNumber());
  }

  private void closed(MonthChange closed) {
    for (IssuedStatement statement : closed.statements()) {
      common
          .out()
          .printf(
              "%s  %s %s%n",
              statement.id(),
              statement.currency(),
              statement.total().setScale(2, RoundingMode.HALF_UP).toPlainString());
    }
    common
        .out()
        .printf(
            "Closed %s from publication %d: %d statements. To print them: costlake report --period"
                + " %s%n",
            closed.period(), closed.publication(), closed.statements().size(), closed.period());
  }
}
